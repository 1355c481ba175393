import type { IncomesPage, Incomes as KnownIncomes } from '../../../src/face/my-account.js';
import type { Proven } from '../../../src/face/parts.js';
import { useSearchParams } from 'react-router';
import { AccountProof } from './account-proof.js';
import { usePage } from '../asking/queries.js';
import { WhyAmount } from '../derivation/why.js';
import type { Why } from '../derivation/why-subject.js';
import { DayText, printedDay } from '../ui/figures.js';
import { Badge } from '../ui/notice.js';
import { Page, Section } from '../ui/page.js';
import { Asked, Nothing, PartOf } from '../ui/states.js';
import { Table } from '../ui/table.js';
import { incomeKindName, sourceName } from '../words/people.js';
import { YearChoice } from './year-choice.js';

type Income = KnownIncomes['incomes'][number];

/** F18: the incomes of a chosen year, with their dates and their source. */
export function Incomes() {
  const page = usePage<IncomesPage>('my', 'incomes');
  return (
    <Page
      title="Revenus"
      lead="Les revenus professionnels que nous connaissons, et d’où nous les tenons. Vos cotisations se calculent dessus."
    >
      <Asked query={page}>{({ parts }) => <PartOf part={parts.incomes}>{(incomes) => <OfYear incomes={incomes} />}</PartOf>}</Asked>
    </Page>
  );
}

function OfYear({ incomes: { view, figures } }: { readonly incomes: Proven<KnownIncomes> }) {
  const [search, setSearch] = useSearchParams();
  const [latest] = figures.years;
  if (latest === undefined) return <Nothing>Aucun revenu ne nous a encore été déclaré.</Nothing>;
  const asked = Number(search.get('annee'));
  const year = Number.isInteger(asked) && asked > 1900 ? asked : latest;
  const ofYear = figures.incomes.filter((income) => income.year === year);
  return (
    <>
      <YearChoice
        label="Année des revenus"
        years={figures.years}
        year={year}
        choose={(chosen) => setSearch({ annee: String(chosen) }, { replace: true })}
      />
      <Section title={`Revenus de ${String(year)}`}>
        {ofYear.length === 0 ? (
          <Nothing>Aucun revenu connu pour {String(year)}.</Nothing>
        ) : (
          <Table
            caption={`Revenus de ${String(year)}`}
            hideCaption
            rows={ofYear}
            keyOf={({ fact }) => fact}
            columns={[
              { name: 'Nature', cell: ({ kind }) => incomeKindName(kind) },
              { name: 'Montant', isNumber: true, cell: (income) => <WhyAmount why={whyIncome(income)} /> },
              { name: 'Origine', cell: ({ source }) => sourceName(source) },
              { name: 'Déclaré le', cell: ({ declaredOn }) => <DayText of={declaredOn} /> },
              {
                name: 'État',
                cell: ({ state }) =>
                  state === 'in-force' ? <Badge tone="good">Retenu</Badge> : <Badge>Remplacé par une correction</Badge>,
              },
            ]}
          />
        )}
        <AccountProof view={view} />
      </Section>
    </>
  );
}

const whyIncome = ({ kind, amount, source, declaredOn, fact, year, corrects }: Income): Why => ({
  kind: 'said',
  title: `Revenu ${String(year)}, ${incomeKindName(kind).toLowerCase()}`,
  amount,
  says: 'Ce montant n’est pas calculé : c’est celui qui nous a été dit. Si ce n’est pas le bon, corrigez votre déclaration ; l’historique garde les deux.',
  traces: [
    { name: 'Origine', text: sourceName(source) },
    { name: 'Déclaré le', text: printedDay(declaredOn) },
    { name: 'Enregistré par', text: 'le service commun du recouvrement' },
    { name: 'Fait n°', text: fact },
    ...(corrects === null ? [] : [{ name: 'Corrige le fait n°', text: corrects }]),
  ],
});
