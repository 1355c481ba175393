import type { DocumentsPage, Message, NoticeNumber } from '../../../src/face/file.js';
import { usePage } from '../asking/queries.js';
import { DayText } from '../ui/figures.js';
import { Badge } from '../ui/notice.js';
import { Page, Section } from '../ui/page.js';
import { Asked, Nothing, PartOf } from '../ui/states.js';
import { Table } from '../ui/table.js';

/** Notices as they are printed, and every letter and e-mail that was written (S14). */
export function Documents() {
  return (
    <Page
      title="Avis et courriers"
      lead="Tout ce que nous vous avons écrit. Les avis que d’autres ont remplacés restent ici, marqués comme tels."
    >
      <Written area="my" path="" />
    </Page>
  );
}

/** The same, for an agent. */
export function DeskDocuments({ account }: { readonly account: string }) {
  return (
    <Page title="Avis et courriers" lead="Tout ce qui a été écrit à la personne, tel qu’elle l’a reçu.">
      <Written area="desk" path={`accounts/${account}/`} />
    </Page>
  );
}

function Written({ area, path }: { readonly area: string; readonly path: string }) {
  const page = usePage<DocumentsPage>(area, `${path}documents`);
  return (
    <Asked query={page}>
      {({ parts: { notices, aboutContributions, aboutAffiliation } }) => (
        <>
          <Section title="Avis d’appel">
            <PartOf part={notices}>{({ notices: known }) => <Notices notices={known} under={`${area}/${path}`} />}</PartOf>
          </Section>
          <Section title="Courriers">
            <PartOf part={aboutAffiliation}>{({ messages }) => <Letters messages={messages} about="l’affiliation" />}</PartOf>
            <PartOf part={aboutContributions}>{({ messages }) => <Letters messages={messages} about="les cotisations" />}</PartOf>
          </Section>
        </>
      )}
    </Asked>
  );
}

function Notices({ notices, under }: { readonly notices: readonly NoticeNumber[]; readonly under: string }) {
  if (notices.length === 0) return <Nothing>Aucun avis n’a encore été émis.</Nothing>;
  return (
    <Table
      caption="Avis d’appel, du plus récent au plus ancien"
      hideCaption
      rows={[...notices].sort((a, b) => b.year - a.year || b.version - a.version)}
      keyOf={({ year, version }) => `${String(year)}-${String(version)}`}
      columns={[
        { name: 'Avis', cell: ({ year, version }) => `${String(year)}, n° ${String(version)}` },
        { name: 'Émis le', cell: ({ issuedOn }) => <DayText of={issuedOn} /> },
        {
          name: 'État',
          cell: ({ state, replacedBy }) =>
            state === 'in-force' ? <Badge tone="good">En vigueur</Badge> : <Badge>{`Remplacé par le n° ${String(replacedBy)}`}</Badge>,
        },
        {
          name: 'Document',
          cell: ({ year, version }) => (
            <a href={`/api/portal/v1/${under}notices/${String(year)}/${String(version)}/pdf`} download>
              Télécharger (PDF)<span className="only-read">{` l’avis ${String(year)}, n° ${String(version)}`}</span>
            </a>
          ),
        },
      ]}
    />
  );
}

function Letters({ messages, about }: { readonly messages: readonly Message[]; readonly about: string }) {
  if (messages.length === 0) return <Nothing>{`Aucun courrier sur ${about}.`}</Nothing>;
  return messages.map(({ id, subject, text, writtenOn, channel }) => (
    <details key={id}>
      <summary>
        {subject}
        <span className="soft small">
          {' '}
          — <DayText of={writtenOn} />, {channel === 'email' ? 'par courriel' : 'par la poste'}
        </span>
      </summary>
      {text.split('\n').map((paragraph, rank) => (
        // A letter's lines never move.
        <p key={rank} className="measure">
          {paragraph}
        </p>
      ))}
    </details>
  ));
}
