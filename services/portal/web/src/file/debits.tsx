import type { Debit, DebitedPart, DebitsOfAccount, DebitsPage } from '../../../src/face/debits.js';
import { usePage } from '../asking/queries.js';
import { WhyAmount } from '../derivation/why.js';
import type { Why } from '../derivation/why-subject.js';
import { DayText, printedDay } from '../ui/figures.js';
import { Badge, Notice } from '../ui/notice.js';
import { Page, Section } from '../ui/page.js';
import { Asked, Nothing, PartOf } from '../ui/states.js';
import { debitStates, obstacleText } from '../words/debits.js';
import { instalmentName } from '../words/payments.js';
import { Bank } from './my-file.js';
import { PeriodicitySection } from './periodicity.js';

/** F32, F80: what is debited next, what came back and what to do, the mandate, and how often one pays. */
export function Debits() {
  const page = usePage<DebitsPage>('my', 'debits');
  return (
    <Page title="Prélèvement" lead="Ce qui sera prélevé sur votre compte bancaire, quand, et ce qu’il est advenu des prélèvements passés.">
      <Asked query={page}>
        {({ parts }) => (
          <>
            <PartOf part={parts.debits}>
              {(debits) => (
                <>
                  <Section title="Prochain prélèvement">
                    <Next debits={debits} />
                    {debits.next?.obstacle === null && hasNoMandate(parts.mandates) ? <MandateFirst /> : null}
                  </Section>
                  {debits.periodicity === 'quarterly' && debits.monthlyFrom === null ? <MonthlyFirst /> : null}
                </>
              )}
            </PartOf>
            <Section title="Compte bancaire et mandat">
              <Bank parts={parts} />
            </Section>
            <PeriodicitySection />
            <PartOf part={parts.debits}>
              {({ debits }) => (
                <Section title="Prélèvements passés">
                  {debits.length === 0 ? <Nothing>Rien n’a encore été prélevé.</Nothing> : null}
                  {debits.map((debit) => (
                    <PastDebit key={debit.endToEnd} debit={debit} />
                  ))}
                </Section>
              )}
            </PartOf>
          </>
        )}
      </Asked>
    </Page>
  );
}

function Next({ debits: { next, notDebited, monthlyFrom } }: { readonly debits: DebitsOfAccount }) {
  const [last] = notDebited;
  return (
    <>
      {next === null ? (
        <Nothing>Aucun prélèvement n’est prévu.</Nothing>
      ) : (
        <p>
          <span className="figure-small">
            <WhyAmount why={whyDebit(`Prélèvement du ${printedDay(next.dueOn)}`, next)} />
          </span>{' '}
          le <DayText of={next.dueOn} />
        </p>
      )}
      {next?.obstacle ? (
        <Notice tone="bad" title="Cette échéance ne sera pas prélevée">
          <p>Motif : {obstacleText(next.obstacle)}. Payez-la par un autre moyen, et corrigez vos coordonnées ci-dessous.</p>
        </Notice>
      ) : null}
      {last === undefined ? null : (
        <Notice tone="wait" title={`L’échéance du ${printedDay(last.dueOn)} n’a pas pu être prélevée`}>
          <p>Motif : {obstacleText(last.obstacle)}. Si vous ne l’avez pas payée autrement, elle reste due.</p>
        </Notice>
      )}
      {monthlyFrom === null ? null : (
        <p className="soft small">Vous pourrez demander de payer de nouveau chaque mois à partir du {printedDay(monthlyFrom)}.</p>
      )}
    </>
  );
}

const hasNoMandate = (mandates: DebitsPage['parts']['mandates']): boolean =>
  mandates.state === 'ok' && mandates.data.every(({ revokedOn }) => revokedOn !== null);

/** The calendar says that it is debited; without a mandate nobody may. */
const MandateFirst = () => (
  <Notice tone="wait" title="Il manque votre mandat">
    <p>Sans mandat signé, votre banque n’a pas à payer : signez-le ci-dessous, ou payez cette échéance par un autre moyen.</p>
  </Notice>
);

/** F80: proposed first, with what it changes. */
function MonthlyFirst() {
  return (
    <Notice title="Le prélèvement mensuel, le plus régulier">
      <p>
        Douze prélèvements égaux, le 5 ou le 20, au lieu de quatre : chacun est trois fois plus petit, rien n’est à envoyer, et le total de
        l’année ne change pas d’un centime. Il commence au second mois qui suit votre demande ; ce qui a déjà été demandé à votre banque
        reste où il est.
      </p>
      <p>Choisissez votre jour dans « Rythme de paiement ».</p>
    </Notice>
  );
}

function PastDebit({ debit }: { readonly debit: Debit }) {
  const { collectOn, dueOn, state, reason, reasonText, advice, returnedOn } = debit;
  return (
    <div className="stack-tight">
      <div className="spread">
        <span>
          <WhyAmount why={whyDebit(`Prélèvement du ${printedDay(dueOn)}`, debit)} /> le <DayText of={collectOn} />
        </span>
        <Badge tone={debitStates[state].tone}>{debitStates[state].text}</Badge>
      </div>
      {reason === null || advice === null ? null : (
        <Notice tone="bad" title={`Impayé : ${reasonText ?? 'motif donné par la banque'} (${reason})`}>
          {returnedOn === null ? null : <p>Appris de votre banque le {printedDay(returnedOn)}.</p>}
          <p>{advice}</p>
        </Notice>
      )}
    </div>
  );
}

/** A debit is the sum of the due dates that it asks for. */
function whyDebit(title: string, { amount, instalments }: { readonly amount: string; readonly instalments: readonly DebitedPart[] }): Why {
  return {
    ...{ kind: 'sum', title, amount },
    remark: 'Ce qui reste à payer de chaque échéance demandée ce jour-là. Le détail de chacune est dans « Échéances ».',
    terms: instalments.map((part) => ({ text: `Échéance de ${instalmentName(part.instalment)}`, amount: part.amount })),
  };
}
