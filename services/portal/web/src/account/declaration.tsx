import { price, readSituation } from '@isu/calc';
import type { TurnoversOfYear, TurnoversPage } from '../../../src/face/file.js';
import { ActForm, Done, Foldable } from '../acts/act-form.js';
import { usePage } from '../asking/queries.js';
import { PeriodTable, TurnoverForm } from '../file/turnovers.js';
import { ButtonLink } from '../ui/button.js';
import { printedWhole } from '../ui/figures.js';
import { Page, Section } from '../ui/page.js';
import { Asked, Nothing, PartOf } from '../ui/states.js';
import { Table } from '../ui/table.js';
import { turnoverActivities } from '../words/file.js';

/** F82, F83, F85: the page of micro-entrepreneurs, who pay on what they have declared. */
export function Declaration() {
  const page = usePage<TurnoversPage>('my', 'turnovers');
  return (
    <Page
      title="Déclaration"
      lead="Micro-entrepreneur, vous cotisez sur le chiffre d’affaires que vous avez encaissé : rien encaissé, rien à payer."
    >
      <Asked query={page}>
        {({ today, parts }) => (
          <>
            <PartOf part={parts.turnovers}>{(year) => <OfYear turnovers={year} />}</PartOf>
            <Section title="Ce que vous paierez">
              <Rates year={Number(today.slice(0, 4))} />
              <div>
                <ButtonLink to="/simulateur">Calculer avec mon chiffre d’affaires</ButtonLink>
              </div>
            </Section>
          </>
        )}
      </Asked>
    </Page>
  );
}

function OfYear({ turnovers }: { readonly turnovers: TurnoversOfYear }) {
  const { year, periods, choice } = turnovers;
  return (
    <>
      <Section title="Déclarer">
        <TurnoverForm to="my/acts/turnover" periods={periods} />
      </Section>
      <Section title={`Vos déclarations de ${String(year)}`}>
        {periods.length === 0 ? <Nothing>Aucune période n’est à déclarer cette année.</Nothing> : <PeriodTable periods={periods} />}
        <p className="small soft">
          Même sans recette, déclarez « 0 » : l’oubli, lui, coûte une pénalité. Une nouvelle déclaration de la même période corrige la
          première.
        </p>
      </Section>
      <Section title="Votre rythme">
        <p>
          Vous déclarez {choice.rhythm === 'monthly' ? 'chaque mois' : 'chaque trimestre'},{' '}
          {choice.incomeTaxOption ? 'et l’impôt sur le revenu se paie avec vos cotisations.' : 'sans l’impôt sur le revenu.'}
        </p>
        <Foldable title="Changer de rythme">
          <ActForm<{ fromYear: number }>
            to="my/acts/turnover-choice"
            button="Enregistrer ce choix"
            fields={[
              {
                name: 'rhythm',
                kind: 'choice',
                label: 'Je déclare et je paie',
                start: choice.rhythm,
                choices: [
                  { value: 'monthly', text: 'Chaque mois' },
                  { value: 'quarterly', text: 'Chaque trimestre' },
                ],
              },
              {
                name: 'incomeTaxOption',
                kind: 'tick',
                label: 'Je paie l’impôt sur le revenu en même temps (versement libératoire).',
                start: choice.incomeTaxOption,
                isOptional: true,
              },
            ]}
            done={({ fromYear }) => <Done title={`Votre choix vaut à partir de ${String(fromYear)}.`} />}
          />
        </Foldable>
      </Section>
    </>
  );
}

/** For 10 000 € of turnover, as the law prices them. */
function Rates({ year }: { readonly year: number }) {
  const priced = turnoverActivities
    .map(({ value, text }) => ({ text, total: pricedOn(year, value) }))
    .filter(({ total }) => total !== null);
  return (
    <Table
      caption={`Pour 10 000 € encaissés en ${String(year)}, contribution à la formation comprise`}
      rows={priced}
      keyOf={({ text }) => text}
      columns={[
        { name: 'Activité', cell: ({ text }) => text },
        { name: 'À payer', isNumber: true, cell: ({ total }) => (total === null ? '' : printedWhole(total)) },
      ]}
    />
  );
}

/** Null where the rate changed within the year: there, one has to know the period. */
function pricedOn(year: number, activity: string): string | null {
  try {
    return price(readSituation({ year, status: 'micro-entrepreneur', activity, turnover: '10000' })).total.toString();
  } catch {
    return null;
  }
}
