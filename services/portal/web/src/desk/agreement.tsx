import type { AccountView } from '@isu/account';
import type { DeskAccountPage, FactsPage, HeldFact, Lack, Viewer } from '../../../src/face/desk.js';
import type { Part, Service } from '../../../src/face/parts.js';
import { usePage } from '../asking/queries.js';
import { DayText } from '../ui/figures.js';
import { Badge, Notice, type Tone } from '../ui/notice.js';
import { Section } from '../ui/page.js';
import { Table } from '../ui/table.js';
import type { OpenedAccount } from './account-desk.js';
import { authorName, factName } from './fact-words.js';

interface Copy {
  readonly viewer: Viewer;
  readonly part: Part<AccountView>;
}

const viewers: Readonly<Record<Viewer, string>> = {
  collection: 'Recouvrement (commun)',
  benefits: 'RSI (prestations)',
  'urssaf-sync': 'Urssaf',
};
const authors: readonly Service[] = ['affiliation', 'collection', 'benefits', 'urssaf-sync'];

const verdicts: Readonly<
  Record<DeskAccountPage['comparison']['verdict'], { readonly tone: Tone; readonly title: string; readonly says: string }>
> = {
  same: {
    tone: 'good',
    title: 'Le RSI et l’Urssaf voient le même compte',
    says: 'Mêmes informations, même empreinte : les chiffres sont les mêmes au centime près.',
  },
  behind: {
    tone: 'wait',
    title: 'Une information n’est pas encore arrivée partout',
    says: 'Les chiffres peuvent différer le temps qu’elle arrive. Voici qui attend quoi.',
  },
  broken: {
    tone: 'bad',
    title: 'Deux copies du compte se contredisent',
    says: 'Mêmes informations, empreintes différentes : ne décidez rien sur ce compte et prévenez l’exploitation.',
  },
  unknown: {
    tone: 'wait',
    title: 'La comparaison est incomplète',
    says: 'Un service au moins ne répond pas : nous ne pouvons pas dire si tous voient le même compte.',
  },
};

/** N1: each organisation's own copy, its state and its fingerprint, and by name what one of them lacks. */
export function Agreement({ account, page: { comparison, parts } }: OpenedAccount) {
  const { tone, title, says } = verdicts[comparison.verdict];
  const copies = (Object.keys(viewers) as Viewer[]).map((viewer) => ({ viewer, part: parts.views[viewer] }));
  return (
    <Section title="Un compte, une empreinte">
      <Notice tone={tone} title={title}>
        <p>{says}</p>
        {comparison.lacks.length === 0 ? null : <Lacks account={account} lacks={comparison.lacks} />}
      </Notice>
      <Table
        caption="Le compte tel que chacun le tient : dernier fait connu de chaque auteur, et empreinte"
        rows={copies}
        keyOf={({ viewer }) => viewer}
        columns={[
          { name: 'Copie', cell: ({ viewer }) => viewers[viewer] },
          ...authors.map((author) => ({
            name: authorName(author),
            isNumber: true,
            cell: ({ viewer, part }: Copy) => (
              <Known part={part} author={author} isBehind={isBehind(comparison.lacks, { viewer, author })} />
            ),
          })),
          { name: 'Empreinte', cell: ({ part }: Copy) => <FingerprintOf part={part} /> },
        ]}
      />
    </Section>
  );
}

const isBehind = (lacks: readonly Lack[], { viewer, author }: { viewer: Viewer; author: Service }): boolean =>
  lacks.some((lack) => lack.who === viewer && lack.author === author);

function Known({
  part,
  author,
  isBehind: behind,
}: {
  readonly part: Part<AccountView>;
  readonly author: Service;
  readonly isBehind: boolean;
}) {
  if (part.state !== 'ok') return <>—</>;
  const seq = part.data.vector[author] ?? 0;
  return behind ? <Badge tone="wait">{seq} (en retard)</Badge> : <>{seq}</>;
}

function FingerprintOf({ part }: { readonly part: Part<AccountView> }) {
  if (part.state !== 'ok') return <span className="small">{part.says}</span>;
  return (
    <code className="desk-fingerprint" title={part.data.fingerprint}>
      {part.data.fingerprint}
    </code>
  );
}

/** The missing facts by their names, as whoever holds them tells. */
function Lacks({ account, lacks }: { readonly account: string; readonly lacks: readonly Lack[] }) {
  const facts = usePage<FactsPage>('desk', `accounts/${account}/facts`).data?.facts ?? [];
  return (
    <ul>
      {lacks.map((lack) => (
        <li key={`${lack.who} ${lack.author}`}>
          {viewers[lack.who]} n’a pas encore {missing(lack)} :{' '}
          {facts
            .filter((fact) => isIn(lack, fact))
            .sort((a, b) => a.seq - b.seq)
            .map((fact, rank) => (
              <span key={fact.id}>
                {rank > 0 ? ', ' : ''}
                {factName(fact.type)} (n° {fact.seq}, <DayText of={fact.effectiveOn} />)
              </span>
            ))}
        </li>
      ))}
    </ul>
  );
}

const isIn = (lack: Lack, { author, seq }: HeldFact): boolean => author === lack.author && seq >= lack.from && seq <= lack.to;

const missing = ({ author, from, to }: Lack): string =>
  from === to
    ? `le fait n° ${String(from)} de ${authorName(author)}`
    : `les faits n° ${String(from)} à ${String(to)} de ${authorName(author)}`;
