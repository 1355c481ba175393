import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { AccountNumber, InvalidValue } from '@isu/values';
import type {
  Candidate,
  MatchingFile,
  MatchingPage as Matching,
  MatchingProposal,
  MatchingRequest,
} from '../../../src/face/to-be-matched.js';
import { ActForm, Foldable } from '../acts/act-form.js';
import { usePage } from '../asking/queries.js';
import { WhyAmount } from '../derivation/why.js';
import { Button } from '../ui/button.js';
import { Choices, Field } from '../ui/fields.js';
import { DayText, printedAccount } from '../ui/figures.js';
import { Badge, Notice, type Tone } from '../ui/notice.js';
import { Page, Section } from '../ui/page.js';
import { Asked, Nothing, PartOf, Trouble } from '../ui/states.js';
import { Terms } from '../ui/terms.js';
import { instalmentName, meansName } from '../words/payments.js';
import { ageOf } from './anomalies-page.js';
import { partnerName, type Colleagues } from './border-words.js';
import { DecideProposal } from './decide-proposal.js';
import { ProposalCard } from './proposal-card.js';
import { isReason, ReasonField } from './reason-field.js';
import { useAct } from './use-act.js';
import { whyWaiting } from './why-waiting.js';

/** One sum without an owner: what is known of it, whom it may be for and why, and what becomes of it under four eyes. */
export function MatchingPage() {
  const { id = '' } = useParams();
  const asked = usePage<Matching>('desk', `to-be-matched/${id}`);
  return (
    <Page title="Encaissement à identifier" lead="Une personne de la cellule dit à qui il est, ou le renvoie ; une autre l’approuve.">
      <p>
        <Link to="/bureau/encaissements">Tous les encaissements à identifier</Link>
      </p>
      <Asked query={asked}>
        {({ me, names, parts }) => (
          <PartOf part={parts.money}>
            {(money) => (
              <>
                <What money={money} />
                {isOver(money) ? null : <Candidates money={money} />}
                <Proposals money={money} colleagues={{ me, names }} />
              </>
            )}
          </PartOf>
        )}
      </Asked>
    </Page>
  );
}

/** It has an owner, goes back or was taken back: nobody is looked for any more. */
const isOver = ({ proposals, isReturned }: MatchingFile): boolean => isReturned || proposals.some(({ state }) => state === 'approved');

function What({ money }: { readonly money: MatchingFile }) {
  const { valueOn, means, partner, reference, account, paymentReference } = money;
  return (
    <Section title="Ce que nous en savons">
      <Terms
        of={[
          ['Montant', <WhyAmount key="amount" why={whyWaiting(money)} />],
          ['Reçu le', <DayText key="day" of={valueOn} />],
          ['Âge', ageOf(money)],
          ...(means === null ? [] : [['Moyen', meansName(means)] as const]),
          ['Annoncé par', `${partnerName(partner)}, ${reference}`],
          ...(account === null ? [] : [[isOver(money) ? 'Compte' : 'Compte écrit', account] as const]),
          ...(paymentReference === null ? [] : [['Référence du payeur', paymentReference] as const]),
        ]}
      />
    </Section>
  );
}

const likelihoods: Readonly<Record<Candidate['likelihood'], { readonly text: string; readonly tone: Tone }>> = {
  'almost-sure': { text: 'Presque sûr', tone: 'good' },
  likely: { text: 'Probable', tone: 'good' },
  possible: { text: 'Possible', tone: 'wait' },
  weak: { text: 'Faible', tone: 'plain' },
};

function Candidates({ money }: { readonly money: MatchingFile }) {
  const { candidates, elsewhere, isComplete } = money;
  const others = Object.entries(elsewhere);
  return (
    <Section title="À qui il peut être">
      {candidates.length === 0 ? <Nothing>Ni sa référence ni son montant ne désignent un compte de votre région.</Nothing> : null}
      <CandidateList candidates={candidates} />
      {others.length === 0 ? null : (
        <p className="soft">
          D’autres caisses ont des comptes possibles : {others.map(([fund, count]) => `caisse ${fund} (${String(count)})`).join(', ')}.
        </p>
      )}
      {isComplete ? null : (
        <Notice tone="wait">
          <p>Le recouvrement ne répond pas : les montants n’ont pas été comparés. Rouvrez cette page dans un instant.</p>
        </Notice>
      )}
      <Foldable title="Chercher par le nom du payeur">
        <ActForm<Matching>
          to={`desk/to-be-matched/${money.id}/searches`}
          button="Chercher"
          keeps
          fields={[
            { name: 'familyName', kind: 'text', label: 'Nom', max: 80 },
            { name: 'givenNames', kind: 'text', label: 'Prénom', isOptional: true, max: 120 },
          ]}
          done={({ parts }) => (
            <PartOf part={parts.money}>
              {({ candidates: found }) => (
                <CandidateList candidates={found.filter(({ reasons }) => reasons.includes(sameName))} isSearched />
              )}
            </PartOf>
          )}
        />
      </Foldable>
    </Section>
  );
}

/** As the service says it. */
const sameName = 'Même nom que le payeur.';

function CandidateList({ candidates, isSearched = false }: { readonly candidates: readonly Candidate[]; readonly isSearched?: boolean }) {
  if (isSearched && candidates.length === 0) return <Nothing>Personne de ce nom dans votre région.</Nothing>;
  return candidates.map(({ account, likelihood, reasons, instalment }) => (
    <div key={account} className="stack-tight">
      <p>
        <Badge tone={likelihoods[likelihood].tone}>{likelihoods[likelihood].text}</Badge>{' '}
        <Link to={`/bureau/comptes/${account}`}>compte n° {printedAccount(account)}</Link>
        {instalment === null ? null : `, ${instalmentName(instalment)}`}
      </p>
      <ul>
        {reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
    </div>
  ));
}

interface OfMoney {
  readonly money: MatchingFile;
  readonly colleagues: Colleagues;
}

function Proposals({ money, colleagues }: OfMoney) {
  const { id, proposals } = money;
  const waiting = proposals.find(({ state }) => state === 'proposed');
  return (
    <Section title="Propositions">
      {proposals.length === 0 ? <Nothing>Rien n’a encore été proposé.</Nothing> : null}
      {proposals.map((proposal) => (
        <ProposalCard key={proposal.id} proposal={proposal} colleagues={colleagues}>
          <strong>{whatOf(proposal)}</strong>
        </ProposalCard>
      ))}
      {isOver(money) ? null : waiting === undefined ? (
        <Propose key={proposals.length} money={money} />
      ) : (
        <DecideProposal path={`to-be-matched/${id}/proposals/${waiting.id}`} isMine={waiting.proposedBy === colleagues.me} />
      )}
    </Section>
  );
}

const whatOf = ({ account }: MatchingProposal): string =>
  account === null ? 'Le renvoyer à son payeur.' : `L’attribuer au compte n° ${printedAccount(account)}.`;

const another = 'another';
const sendBack = 'send-back';

function Propose({ money: { id, candidates } }: { readonly money: MatchingFile }) {
  const [chosen, setChosen] = useState(candidates[0]?.account ?? another);
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const [isAsked, setAsked] = useState(false);
  // Of this form: sent twice, it is one proposal.
  const [key] = useState(() => crypto.randomUUID());
  const proposing = useAct<MatchingRequest>((body) => ({ method: 'POST', path: `to-be-matched/${id}/proposals`, body }));
  const account = chosen === another ? accountIn(typed) : chosen;
  const isReady = isReason(reason) && (chosen === sendBack || account !== null);
  return (
    <form
      className="fields"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(true);
        if (!isReady) return;
        const said = { reason: reason.trim(), key };
        proposing.mutate(
          chosen === sendBack || account === null ? { kind: 'send-back', ...said } : { kind: 'attribute', owner: account, ...said },
        );
      }}
    >
      <Choices
        label="Que faire de cet argent"
        value={chosen}
        choose={setChosen}
        choices={[
          ...candidates.map((one) => ({ value: one.account, text: `L’attribuer au compte n° ${printedAccount(one.account)}` })),
          { value: another, text: candidates.length === 0 ? 'L’attribuer à un compte' : 'L’attribuer à un autre compte' },
          { value: sendBack, text: 'Le renvoyer à son payeur', help: 'Quand personne ici ne peut en être le destinataire.' },
        ]}
      />
      {chosen === another ? (
        <Field
          label="Numéro du compte"
          value={typed}
          onChange={setTyped}
          inputMode="numeric"
          isRequired
          error={isAsked && account === null ? 'Treize chiffres, clé comprise.' : null}
        />
      ) : null}
      <ReasonField value={reason} change={setReason} isAsked={isAsked} about="cet encaissement" />
      <div className="row">
        <Button type="submit" kind="main" isDisabled={proposing.isPending}>
          Proposer
        </Button>
      </div>
      {proposing.isError ? <Trouble error={proposing.error} /> : null}
    </form>
  );
}

function accountIn(text: string): string | null {
  try {
    return AccountNumber.typed(text).toString();
  } catch (fault) {
    if (fault instanceof InvalidValue) return null;
    throw fault;
  }
}
