import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReturnedDebit, ReturnedDebitsPage as Returned } from '../../../../src/face/desk-file.js';
import { ActForm, Done, Foldable } from '../../acts/act-form.js';
import { tell } from '../../asking/portal.js';
import { usePage } from '../../asking/queries.js';
import { WhyAmount } from '../../derivation/why.js';
import { Button } from '../../ui/button.js';
import { DayText, printedAccount, printedDay } from '../../ui/figures.js';
import { Page, Section } from '../../ui/page.js';
import { Asked, Nothing, PartOf, Trouble } from '../../ui/states.js';
import { Table, type Column } from '../../ui/table.js';
import { examinedActions, outcomeText } from '../../words/debits.js';
import { instalmentName } from '../../words/payments.js';
import { reason } from './fields.js';

/** F32: debits of the region that came back, with what their reason led to; of some, an agent says it. */
export function ReturnedDebitsPage() {
  const page = usePage<Returned>('desk', 'returned-debits');
  return (
    <Page
      title="Prélèvements impayés"
      lead="Ce que les banques ont rejeté ou repris, et ce qui en a été fait. Ce qui est à examiner attend quelqu’un."
    >
      <Asked query={page}>
        {({ parts }) => (
          <>
            <Section title="À examiner, les plus anciens d’abord">
              <PartOf part={parts.toExamine}>{({ debits }) => <ToExamine debits={debits} />}</PartOf>
            </Section>
            <Section title="De votre région depuis deux mois, les derniers d’abord">
              <PartOf part={parts.returned}>
                {({ debits }) =>
                  debits.length === 0 ? (
                    <Nothing>Aucun prélèvement n’est revenu impayé.</Nothing>
                  ) : (
                    <Table
                      caption="Prélèvements revenus impayés"
                      hideCaption
                      rows={debits}
                      keyOf={keyOf}
                      columns={[...whatCameBack, { name: 'Suite donnée', cell: followed }]}
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

const keyOf = ({ endToEnd }: ReturnedDebit): string => endToEnd;

/** What an agent does about it: the account is opened first, with its purpose. */
function ToExamine({ debits }: { readonly debits: readonly ReturnedDebit[] }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const [done, setDone] = useState<ReturnedDebit | null>(null);
  const opening = useMutation({
    mutationFn: ({ account }: ReturnedDebit) => tell('POST', 'desk/openings', { account, purpose: 'Examen d’un prélèvement impayé' }),
    onSuccess: (_, { endToEnd }) => setChosen(endToEnd),
  });
  const examined = debits.find((debit) => debit.endToEnd === chosen);
  return (
    <>
      {done === null ? null : (
        <Done
          title={`Le prélèvement du ${printedAccount(done.account)} est examiné : ${outcomeText(done.outcome ?? '')}${againText(done)}.`}
        />
      )}
      {opening.isError ? <Trouble error={opening.error} /> : null}
      {debits.length === 0 ? (
        <Nothing>Aucun prélèvement n’attend d’examen.</Nothing>
      ) : (
        <Table
          caption="Prélèvements à examiner"
          hideCaption
          rows={debits}
          keyOf={keyOf}
          columns={[
            ...whatCameBack,
            {
              name: 'Examiner',
              cell: (debit) => (
                <Button isDisabled={opening.isPending} onPress={() => opening.mutate(debit)}>
                  Examiner<span className="only-read"> le {printedAccount(debit.account)}</span>
                </Button>
              ),
            },
          ]}
        />
      )}
      {examined === undefined ? null : (
        <Examine
          key={examined.endToEnd}
          debit={examined}
          then={(answer) => {
            setChosen(null);
            setDone(answer);
          }}
        />
      )}
    </>
  );
}

/** A mandate that a bank denies stays revoked: what was found of its proof is all that is asked. */
function Examine({ debit, then }: { readonly debit: ReturnedDebit; readonly then: (answer: ReturnedDebit) => void }) {
  const { account, endToEnd, dueOn, outcome } = debit;
  const choices = outcome === 'mandate-revoked' ? examinedActions.filter(({ value }) => value === 'revoke-mandate') : examinedActions;
  const [only] = choices;
  return (
    <Foldable title={`Prélèvement du ${printedDay(dueOn)} du compte ${printedAccount(account)}`} isOpen>
      <ActForm<ReturnedDebit>
        to={`desk/accounts/${account}/acts/debit-examination`}
        button="Enregistrer l’examen"
        also={{ debit: endToEnd }}
        fields={[
          {
            name: 'action',
            kind: 'choice',
            label: 'Ce que vous avez trouvé',
            choices,
            ...(choices.length === 1 && only ? { start: only.value } : {}),
          },
          {
            ...reason,
            label: 'Ce qui vous le fait dire',
            help: 'La banque, la preuve du mandat, l’appel à la personne : lu par les agents seuls.',
          },
        ]}
        done={() => null}
        then={then}
      />
    </Foldable>
  );
}

const againText = ({ againOn }: ReturnedDebit): string => (againOn === null ? '' : `, le ${printedDay(againOn)}`);

const whatCameBack: readonly Column<ReturnedDebit>[] = [
  { name: 'Revenu le', cell: ({ returnedOn }) => (returnedOn === null ? '' : <DayText of={returnedOn} />) },
  { name: 'Compte', cell: ({ account }) => printedAccount(account) },
  { name: 'Échéances', cell: ({ instalments }) => instalments.map(({ instalment }) => instalmentName(instalment)).join(', ') },
  {
    name: 'Montant',
    isNumber: true,
    cell: ({ amount, dueOn, instalments }) => (
      <WhyAmount
        why={{
          ...{ kind: 'sum', title: `Prélèvement du ${printedDay(dueOn)}`, amount },
          terms: instalments.map((part) => ({ text: `Échéance de ${instalmentName(part.instalment)}`, amount: part.amount })),
        }}
      />
    ),
  },
  {
    name: 'Motif',
    cell: ({ reason: code, reasonText, state }) => `${code ?? ''} ${reasonText ?? ''}${state === 'rejected' ? ', avant règlement' : ''}`,
  },
];

function followed(debit: ReturnedDebit) {
  const { outcome, isToExamine, examination } = debit;
  return (
    <>
      {isToExamine && outcome === 'mandate-revoked' ? 'mandat révoqué, preuve à vérifier' : outcomeText(outcome ?? '')}
      {againText(debit)}
      {examination === null ? null : (
        <p className="small soft">
          Examiné le {printedDay(examination.examinedOn)} : {examination.reason}
        </p>
      )}
    </>
  );
}
