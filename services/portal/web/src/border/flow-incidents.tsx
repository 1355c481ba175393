import type { FlowIncident } from '../../../src/face/border.js';
import { InstantText, printedDay } from '../ui/figures.js';
import { Badge, type Tone } from '../ui/notice.js';
import { faultText } from './fault-words.js';

const kinds: Readonly<Record<FlowIncident['kind'], { readonly text: string; readonly tone: Tone }>> = {
  refused: { text: 'Refusé', tone: 'bad' },
  conflict: { text: 'En contradiction', tone: 'bad' },
  late: { text: 'En retard', tone: 'wait' },
};

/** What went amiss on a flow of late: what was refused or contradicts what stands, and why. Nothing of it moved any money. */
export function Incidents({ incidents }: { readonly incidents: readonly FlowIncident[] }) {
  const shown = incidents.filter((incident) => !isSaidByItsConflict(incident, incidents));
  if (shown.length === 0) return null;
  return (
    <details className="desk-details">
      <summary>{shown.length === 1 ? 'Un incident' : `${String(shown.length)} derniers incidents`}</summary>
      <p className="soft measure">
        Ce qui a été reçu d’abord est maintenu : rien de ce qui est refusé ou contredit n’a été pris en compte.
      </p>
      <ul>
        {shown.map((incident, rank) => (
          <li key={`${incident.at} ${String(rank)}`}>
            <Badge tone={kinds[incident.kind].tone}>{kinds[incident.kind].text}</Badge> {subjectText(incident)}
            {', le '}
            <InstantText of={incident.at} />
            {incident.reasons.length === 0 ? '.' : ` : ${incident.reasons.map(faultText).join(' ; ')}.`}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** A batch that contradicts another is refused too, for the same reason: it is said once. */
const isSaidByItsConflict = ({ kind, subject, at }: FlowIncident, incidents: readonly FlowIncident[]): boolean =>
  kind === 'refused' && incidents.some((other) => other.kind === 'conflict' && other.subject === subject && other.at === at);

function subjectText({ subject, kind }: FlowIncident): string {
  if (subject === null) return 'un fichier illisible';
  if (/^\d{4}-\d{2}-\d{2}$/.test(subject)) return `la journée du ${printedDay(subject)}`;
  if (/^\d{1,9}(?:-\d{1,9})?$/.test(subject)) return `le lot ${subject.replace('-', ' à ')}`;
  return kind === 'conflict' ? `la référence ${subject}` : subject;
}
