import { Link } from 'react-router';
import { isDay } from '@isu/values';
import type { ComparisonRun, CopyDifference, ReconciliationPage as Reconciliation } from '../../../src/face/border.js';
import { usePage } from '../asking/queries.js';
import { authorName, factName } from '../desk/fact-words.js';
import { Terms } from '../ui/terms.js';
import { DayText, InstantText, printedAccount } from '../ui/figures.js';
import { Badge, Notice } from '../ui/notice.js';
import { Page, Section } from '../ui/page.js';
import { Asked, Nothing, PartOf } from '../ui/states.js';
import { Table } from '../ui/table.js';
import { partnerName, stretchOfFacts } from './border-words.js';

/** What the comparisons found: between our three copies, and with the partner's books. */
export function ReconciliationPage() {
  const asked = usePage<Reconciliation>('desk', 'reconciliation');
  return (
    <Page
      title="Rapprochements"
      lead="Chaque nuit, les trois copies de chaque compte sont comparées entre elles, puis avec les livres de l’Urssaf. Ce que la comparaison trouve devient une anomalie."
    >
      <Asked query={asked}>
        {({ parts }) => (
          <>
            <PartOf part={parts.comparisons}>
              {({ inside, outside, snapshot }) => (
                <div className="desk-pair">
                  <Section title="Entre nos copies">
                    <Run run={inside} />
                  </Section>
                  <Section title="Avec les livres du partenaire">
                    <Run run={outside} />
                    {snapshot === null ? (
                      <Nothing>Aucun état des soldes n’a encore été reçu.</Nothing>
                    ) : (
                      <p>
                        Livres de {withArticle(partnerName(snapshot.partner))} au <DayText of={snapshot.asOf} />, lot n° {snapshot.number}.
                      </p>
                    )}
                  </Section>
                </div>
              )}
            </PartOf>
            <Section title="Copies qui diffèrent">
              <PartOf part={parts.divergences}>
                {({ items }) => (
                  <Differences items={items} isCompared={parts.comparisons.state === 'ok' && parts.comparisons.data.inside !== null} />
                )}
              </PartOf>
            </Section>
            <p>
              <Link to="/bureau/anomalies">Voir les anomalies de la région</Link>
            </p>
          </>
        )}
      </Asked>
    </Page>
  );
}

function Run({ run }: { readonly run: ComparisonRun | null }) {
  if (run === null) return <Nothing>Aucune comparaison n’a encore eu lieu.</Nothing>;
  return (
    <Terms
      of={[
        ['Pour la journée du', <DayText key="date" of={run.date} />],
        ['Commencée le', <InstantText key="started" of={run.startedAt} />],
        ['Achevée', run.endedAt === null ? 'pas encore' : <InstantText key="ended" of={run.endedAt} />],
        ...Object.entries(run.figures ?? {}).map(([name, value]) => [capital(name), figure(value)] as const),
      ]}
    />
  );
}

const withArticle = (name: string): string => (name === 'Urssaf' ? 'l’Urssaf' : name);
const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

const figure = (value: string | number) => {
  if (typeof value === 'number') return value.toLocaleString('fr-FR');
  return isDay(value) ? <DayText of={value} /> : value;
};

function Differences({ items, isCompared }: { readonly items: readonly CopyDifference[]; readonly isCompared: boolean }) {
  if (items.length === 0 && !isCompared) return <Nothing>Rien ne peut en être dit avant la première comparaison.</Nothing>;
  if (items.length === 0) return <Notice tone="good" title="Toutes les copies comparées sont les mêmes" />;
  return (
    <Table
      caption="Comptes dont les copies diffèrent"
      hideCaption
      rows={items}
      keyOf={({ account }) => account}
      columns={[
        {
          name: 'Compte',
          cell: ({ account }) => (
            <Link className="nowrap" to={`/bureau/comptes/${account}`}>
              {printedAccount(account)}
            </Link>
          ),
        },
        {
          name: 'Différence',
          cell: ({ kind }) => (kind === 'diverged' ? <Badge tone="bad">Contradiction</Badge> : <Badge tone="wait">En chemin</Badge>),
        },
        { name: 'Ce qui manque ou diffère', cell: (difference) => whatDiffers(difference) },
        { name: 'Depuis le', cell: ({ since }) => <InstantText of={since} /> },
      ]}
    />
  );
}

function whatDiffers({ missing, altered }: CopyDifference): string {
  const lacks = missing.map(
    ({ service, author, ...facts }) => `${authorName(service)} n’a pas ${stretchOfFacts(facts)} de ${authorName(author)}`,
  );
  const other =
    altered === null
      ? []
      : [
          `${authorName(altered.service)} tient un autre fait n° ${String(altered.seq)} de ${authorName(altered.author)} : ${factName(altered.type)}`,
        ];
  return [...lacks, ...other].join(' ; ');
}
