import { useMutation } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import type { DeskRefundsPage, ListedRefund, ListedRefunds } from '../../../src/face/refunds.js';
import { Done } from '../acts/act-form.js';
import { tell } from '../asking/portal.js';
import { refresh, usePage } from '../asking/queries.js';
import { WhyAmount } from '../derivation/why.js';
import { Button } from '../ui/button.js';
import { DayText, printed, printedAccount } from '../ui/figures.js';
import { Page, Section } from '../ui/page.js';
import { Asked, Nothing, PartOf, Trouble } from '../ui/states.js';
import { Table } from '../ui/table.js';
import { listedStates, whyListed } from '../words/refunds.js';

const purposes = { signing: 'Validation d’un remboursement', looking: 'Examen d’un remboursement en retard' };

const open = (account: string, purpose: string) => tell('POST', 'desk/openings', { account, purpose });

/** F56: refunds that two agents must sign, and those that should have left within the month and have not. */
export function RefundsPage() {
  const asked = usePage<DeskRefundsPage>('desk', 'refunds');
  return (
    <Page
      title="Remboursements"
      lead="Au-delà de 5 000 €, deux agents signent l’un après l’autre, et le virement part. Aucun contrôle ne retarde un remboursement : il vient après."
    >
      <Asked query={asked}>
        {({ parts }) => (
          <>
            <Section title="À valider">
              <PartOf part={parts.toApprove}>{({ refunds }) => <ToApprove refunds={refunds} />}</PartOf>
            </Section>
            <Section title="En retard">
              <PartOf part={parts.overdue}>{({ refunds }) => <Overdue refunds={refunds} />}</PartOf>
            </Section>
          </>
        )}
      </Asked>
    </Page>
  );
}

function ToApprove({ refunds }: { readonly refunds: ListedRefunds['refunds'] }) {
  const signing = useMutation({
    mutationFn: async ({ account, refund }: ListedRefund) => {
      await open(account, purposes.signing);
      await tell('POST', `desk/accounts/${account}/acts/refund-approval`, { refund }, { key: crypto.randomUUID() });
    },
    onSettled: () => refresh('desk'),
  });
  const signed = signing.isSuccess ? <Done title={signedText(signing.variables)} /> : null;
  if (refunds.length === 0) {
    return (
      <>
        {signed}
        <Nothing>Aucun remboursement n’attend de signature.</Nothing>
      </>
    );
  }
  return (
    <>
      {signing.isError ? <Trouble error={signing.error} /> : null}
      {signed}
      <Table
        caption="Remboursements à valider"
        hideCaption
        rows={refunds}
        keyOf={({ account }) => account}
        columns={[
          { name: 'Compte', cell: ({ account }) => printedAccount(account) },
          { name: 'À ordonner avant le', cell: ({ dueBy }) => <DayText of={dueBy} /> },
          { name: 'Signatures', cell: ({ signatures, signedByMe }) => `${String(signatures)} sur 2${signedByMe ? ', dont la vôtre' : ''}` },
          { name: 'Montant', isNumber: true, cell: (refund) => <WhyAmount why={whyListed(refund)} /> },
          {
            name: 'Valider',
            cell: (refund) =>
              refund.signedByMe ? (
                'Une autre personne valide'
              ) : (
                <Button isDisabled={signing.isPending} onPress={() => signing.mutate(refund)}>
                  Signer<span className="only-read"> pour le {printedAccount(refund.account)}</span>
                </Button>
              ),
          },
        ]}
      />
    </>
  );
}

/** The second signature orders it. */
const signedText = ({ account, amount, signatures }: ListedRefund): string =>
  `Vous avez signé pour le ${printedAccount(account)}, ${printed(amount)} : ${signatures === 0 ? 'une autre personne doit encore signer' : 'le virement est ordonné'}.`;

function Overdue({ refunds }: { readonly refunds: ListedRefunds['refunds'] }) {
  const navigate = useNavigate();
  const opening = useMutation({
    mutationFn: (account: string) => open(account, purposes.looking),
    onSuccess: (_, account) => navigate(`/bureau/comptes/${account}`),
  });
  if (refunds.length === 0) return <Nothing>Tout ce qui devait partir est parti.</Nothing>;
  return (
    <>
      {opening.isError ? <Trouble error={opening.error} /> : null}
      <Table
        caption="Remboursements en retard"
        hideCaption
        rows={refunds}
        keyOf={({ account, refund }) => `${account} ${refund ?? ''}`}
        columns={[
          { name: 'Compte', cell: ({ account }) => printedAccount(account) },
          { name: 'Crédit du', cell: ({ creditSince }) => <DayText of={creditSince} /> },
          { name: 'Retard', isNumber: true, cell: ({ daysLate }) => `${String(daysLate)} ${daysLate === 1 ? 'jour' : 'jours'}` },
          { name: 'État', cell: ({ state }) => listedStates[state] },
          { name: 'Montant', isNumber: true, cell: (refund) => <WhyAmount why={whyListed(refund)} /> },
          {
            name: 'Ouvrir',
            cell: ({ account }) => (
              <Button isDisabled={opening.isPending} onPress={() => opening.mutate(account)}>
                Ouvrir le {printedAccount(account)}
              </Button>
            ),
          },
        ]}
      />
    </>
  );
}
