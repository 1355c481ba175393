import { pricedYears, simulate, type Situation } from '@isu/calc';
import { lazy, Suspense, useEffect, useRef, type Dispatch, type SetStateAction } from 'react';
import type { Explained } from '../../../src/face/explanation.js';
import { whyExplained, whyExplainedTotal } from '../derivation/explained-why.js';
import { WhyAmount } from '../derivation/why.js';
import { Button } from '../ui/button.js';
import { Amount, printed, printedRate } from '../ui/figures.js';
import { Select } from '../ui/fields.js';
import { Section } from '../ui/page.js';
import { Waiting } from '../ui/states.js';
import { Table } from '../ui/table.js';
import { contributionName, contributionPurpose } from '../words/contributions.js';
import { priced } from './priced.js';
import type { Answers } from './question.js';
import { Notice } from '../ui/notice.js';

const CashCalendarSection = lazy(async () => ({ default: (await import('./cash-calendar-section.js')).CashCalendarSection }));

/** The latest year that the law is known of. */
export const latestYear = pricedYears.at(-1);

interface ResultProps {
  readonly answers: Answers;
  readonly change: Dispatch<SetStateAction<Answers>>;
  readonly today: string;
  readonly restart: () => void;
}

export function Result({ answers, change, today, restart }: ResultProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const outcome = priced(answers);
  return (
    <>
      <section className="card stack">
        <h2 ref={heading} tabIndex={-1}>
          Votre résultat
        </h2>
        {outcome.kind === 'refused' ? (
          <Notice tone="bad" title="Ce calcul n’est pas possible">
            <p>{outcome.says}</p>
          </Notice>
        ) : (
          <Total explained={outcome.explained} situation={outcome.situation} />
        )}
        <div className="row row-end">
          <Select
            label="Année des taux"
            value={String(answers.year)}
            change={(year) => change({ ...answers, year: Number(year) })}
            options={[...pricedYears].reverse().map((year) => ({ value: String(year), text: String(year) }))}
          />
          <Button onPress={restart}>Modifier mes réponses</Button>
        </div>
      </section>
      {outcome.kind === 'refused' ? null : <Lines explained={outcome.explained} />}
      {outcome.kind === 'priced' && answers.basis === 'income' ? (
        <Suspense fallback={<Waiting />}>
          <CashCalendarSection answers={answers} today={today} />
        </Suspense>
      ) : null}
    </>
  );
}

function Total({ explained, situation }: { readonly explained: Explained; readonly situation: Situation }) {
  return (
    <>
      <div>
        <span className="figure">
          <WhyAmount why={whyExplainedTotal(explained)} />
        </span>
        <p>de cotisations et contributions pour {explained.year}</p>
      </div>
      <Net situation={situation} />
      <p className="soft small">
        Règles {explained.rules}, les mêmes que celles de votre compte. Une simulation n’engage pas : seul l’avis d’appel fait foi.
      </p>
    </>
  );
}

/** What is left; a flat base has no income to be left of. */
function Net({ situation }: { readonly situation: Situation }) {
  if (situation.status !== 'micro-entrepreneur' && situation.earnings.kind === 'flat') {
    return (
      <p className="measure">
        C’est un montant d’attente : dès que votre revenu sera connu, vos cotisations seront recalculées dessus, en plus ou en moins.
      </p>
    );
  }
  const { declared, net } = simulate(situation);
  const isTurnover = situation.status === 'micro-entrepreneur';
  const isNetOfContributions = !isTurnover && situation.earnings.kind === 'income';
  return (
    <>
      <p>
        Sur {isTurnover ? 'un chiffre d’affaires' : 'un revenu déclaré'} de {printed(declared.toString())}, il vous resterait{' '}
        <strong>{printed(net.toString())}</strong> une fois tout payé, avant impôt sur le revenu.
      </p>
      {isNetOfContributions && (
        <p className="soft small measure">
          Le revenu que l’on déclare est un bénéfice dont les cotisations sont déjà déduites : seule une part de la CSG et la CRDS en sont
          encore à payer.
        </p>
      )}
    </>
  );
}

function Lines({ explained }: { readonly explained: Explained }) {
  return (
    <Section title="Le détail, ligne par ligne">
      <p className="soft small">Touchez un montant pour voir la règle, le taux, le texte et l’opération.</p>
      <Table
        caption={`Cotisations ${String(explained.year)}`}
        hideCaption
        rows={explained.lines}
        keyOf={({ code }) => code}
        columns={[
          {
            name: 'Cotisation',
            cell: ({ code, reason }) => (
              <>
                {contributionName(code)}
                <span className="field-help line-purpose">{reason ?? contributionPurpose(code)}</span>
              </>
            ),
            total: 'Total',
          },
          { name: 'Assiette', isNumber: true, cell: ({ base }) => <Amount of={base} whole /> },
          { name: 'Taux', isNumber: true, cell: ({ rate }) => printedRate(rate) },
          {
            name: 'Montant',
            isNumber: true,
            cell: (line) => <WhyAmount whole why={whyExplained(line, explained)} />,
            total: <WhyAmount whole why={whyExplainedTotal(explained)} />,
          },
        ]}
      />
    </Section>
  );
}
