import type { EstimateEffect, EstimatesPage } from '../../../src/face/file.js';
import { ActForm, Done } from '../acts/act-form.js';
import type { ActFieldShape } from '../acts/act-field.js';
import { usePage } from '../asking/queries.js';
import { WhyAmount } from '../derivation/why.js';
import { DayText } from '../ui/figures.js';
import { Page, Section } from '../ui/page.js';
import { Asked, Nothing, PartOf } from '../ui/states.js';
import { Table } from '../ui/table.js';
import { EstimateWhys, whyEstimated } from './why-estimate.js';
import { useState } from 'react';

/** F19–F21: an income of this year is expected; what it changes is seen before it is said, due date by due date. */
export function EstimateIncome() {
  const page = usePage<EstimatesPage>('my', 'estimates');
  return (
    <Page
      title="Estimer mon revenu"
      lead="Votre revenu de l’année sera plus haut ou plus bas que prévu ? Dites-le : vos prochaines échéances suivent aussitôt."
    >
      <Asked query={page}>
        {({ today, parts }) => (
          <>
            <EstimateForms area="my" year={Number(today.slice(0, 4))} />
            <Section title="Vos estimations">
              <PartOf part={parts.estimates}>
                {({ estimates }) =>
                  estimates.length === 0 ? (
                    <Nothing>Vous n’avez encore rien estimé.</Nothing>
                  ) : (
                    <Table
                      caption="Estimations"
                      hideCaption
                      rows={estimates}
                      keyOf={({ year, declaredOn, amount }) => `${String(year)} ${declaredOn} ${amount}`}
                      columns={[
                        { name: 'Année', cell: ({ year }) => String(year) },
                        { name: 'Estimée le', cell: ({ declaredOn }) => <DayText of={declaredOn} /> },
                        { name: 'Revenu', isNumber: true, cell: (estimate) => <WhyAmount why={whyEstimated(estimate)} /> },
                      ]}
                    />
                  )
                }
              </PartOf>
            </Section>
          </>
        )}
      </Asked>
    </Page>
  );
}

/** First what it would change, then the same figure said. The refusals say what to do instead (F21). */
export function EstimateForms({ area, year }: { readonly area: string; readonly year: number }) {
  const [asked, setAsked] = useState<EstimateEffect | null>(null);
  const fields: readonly ActFieldShape[] = [
    {
      name: 'amount',
      kind: 'amount',
      label: `Revenu professionnel attendu en ${String(year)}`,
      help: 'Ce que vous pensez gagner sur toute l’année, charges déduites. Une perte se met avec le signe moins.',
    },
  ];
  return (
    <Section title="Ce que cela changerait">
      <ActForm<EstimateEffect>
        to={`${area}/acts/estimate-preview`}
        also={{ year }}
        keeps
        button="Voir le changement"
        fields={fields}
        then={setAsked}
        done={() => null}
      />
      {asked === null ? null : (
        <>
          <Effect effect={asked} area={area} />
          <ActForm<EstimateEffect>
            key={asked.amount}
            to={`${area}/acts/estimate`}
            also={{ year, amount: asked.amount }}
            button="Confirmer cette estimation"
            fields={[]}
            done={() => (
              <Done title="Votre estimation est enregistrée.">
                <p>Un accusé de réception part par courriel ; l’avis corrigé porte les montants ci-dessus.</p>
              </Done>
            )}
          />
        </>
      )}
    </Section>
  );
}

function Effect({ effect, area }: { readonly effect: EstimateEffect; readonly area: string }) {
  const { year, total, instalments, surplusKept } = effect;
  const whys = new EstimateWhys(effect, area);
  return (
    <>
      <p>
        Pour un revenu de <WhyAmount why={whys.expected} />, vos cotisations de {year} passeraient
        {total.before === null ? '' : ' de '}
        {total.before === null ? null : <WhyAmount why={whys.totalBefore(total.before)} />} à <WhyAmount why={whys.totalAfter} />.
      </p>
      {surplusKept === '0' ? null : (
        <p>
          <WhyAmount why={whys.surplus} /> déjà payés au-delà sont gardés jusqu’à ce que votre revenu réel soit connu.
        </p>
      )}
      <Table
        caption="Échéance par échéance, avant et après"
        rows={instalments}
        keyOf={({ id }) => id}
        columns={[
          { name: 'Date', cell: ({ dueOn }) => <DayText of={dueOn} /> },
          { name: 'Avant', isNumber: true, cell: (instalment) => <WhyAmount why={whys.before(instalment)} /> },
          { name: 'Après', isNumber: true, cell: (instalment) => <WhyAmount why={whys.after(instalment)} /> },
          { name: 'Déjà payé', isNumber: true, cell: (instalment) => <WhyAmount why={whys.paid(instalment)} /> },
        ]}
      />
    </>
  );
}
