import type { HomePage } from '../../../src/face/my-account.js';
import type { Part } from '../../../src/face/parts.js';
import { Link } from 'react-router';
import { WhyAmount } from '../derivation/why.js';
import type { Why } from '../derivation/why-subject.js';
import { DayText, printedDay } from '../ui/figures.js';
import { Notice } from '../ui/notice.js';
import { Nothing } from '../ui/states.js';

type Standing = HomePage['parts']['standing'] extends Part<infer T> ? T : never;

export function NextDue({ standing: { nextDue, day } }: { readonly standing: Standing }) {
  if (nextDue === null) return <Nothing>Aucune échéance à venir pour l’instant.</Nothing>;
  const { dueOn, amount, instalment } = nextDue;
  return (
    <>
      <span className="figure">
        <WhyAmount
          why={{
            kind: 'said',
            title: `Échéance du ${printedDay(dueOn)}`,
            amount,
            says: 'C’est ce qui reste à payer sur cette échéance de votre échéancier. La page « Échéances » en donne chaque ligne, et chaque ligne son calcul.',
            traces: [
              { name: 'Échéance', text: instalment },
              { name: 'Date', text: printedDay(dueOn) },
            ],
          }}
        />
      </span>
      <p>
        {dueOn === day ? 'à payer aujourd’hui, ' : 'à payer le '}
        <DayText of={dueOn} />
      </p>
      <Link to="/mon-compte/echeances">Voir toutes les échéances</Link>
    </>
  );
}

/** Up to date, not, or not known yet, with the reasons; a payment that may be on its way is never held against anyone (I5). */
export function Situation({ standing: { upToDate, reasons, late, day } }: { readonly standing: Standing }) {
  if (upToDate === 'yes') {
    return (
      <Notice tone="good" title="Vous êtes à jour">
        <p>
          Au <DayText of={day} />, aucune échéance n’est en retard.
        </p>
      </Notice>
    );
  }
  const isKnown = upToDate === 'no';
  return (
    <Notice tone={isKnown ? 'bad' : 'wait'} title={isKnown ? 'Des échéances sont en retard' : 'Nous attendons une information'}>
      <p>
        {isKnown ? (
          <>
            Il manque <WhyAmount why={whyLate(late, reasons)} /> au <DayText of={day} />. Si vous ne pouvez pas payer, appelez votre caisse
            : un délai est possible.
          </>
        ) : (
          <>Un paiement est peut-être en route : tant que nous n’en sommes pas sûrs, vous n’êtes pas considéré en retard.</>
        )}
      </p>
      <ul>
        {reasons.map(({ text }) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </Notice>
  );
}

/** What is late, due date by due date. */
const whyLate = (late: string, reasons: Standing['reasons']): Why => ({
  kind: 'sum',
  title: 'En retard',
  amount: late,
  remark: 'Ce qui reste de chaque échéance dont la date est passée. La page « Échéances » en donne chaque ligne.',
  terms: reasons.flatMap((reason) =>
    reason.code === 'instalment-late' ? [{ text: `Échéance du ${printedDay(reason.dueOn)}`, amount: reason.amount }] : [],
  ),
});
