import { useState } from 'react';
import type { AnomalyDetail, ProposalRequest } from '../../../src/face/border.js';
import { Button } from '../ui/button.js';
import { Choices } from '../ui/fields.js';
import { Section } from '../ui/page.js';
import { Nothing, Trouble } from '../ui/states.js';
import { correctionText, type Colleagues } from './border-words.js';
import { DecideProposal } from './decide-proposal.js';
import { ProposalCard } from './proposal-card.js';
import { isReason, ReasonField } from './reason-field.js';
import { useAct } from './use-act.js';

interface OfAnomaly {
  readonly anomaly: AnomalyDetail;
  readonly colleagues: Colleagues;
}

/** Four eyes: what was proposed and what became of it; at most one waits, and another than its author decides. */
export function Proposals({ anomaly, colleagues }: OfAnomaly) {
  const { proposals, closedAt } = anomaly;
  const waiting = proposals.find(({ state }) => state === 'proposed');
  return (
    <Section title="Propositions">
      {proposals.length === 0 ? <Nothing>Rien n’a encore été proposé.</Nothing> : null}
      {proposals.map((proposal) => (
        <ProposalCard key={proposal.id} proposal={proposal} colleagues={colleagues}>
          <strong>{correctionText(proposal.correction, anomaly.payments)}</strong>
        </ProposalCard>
      ))}
      {closedAt !== null ? null : waiting === undefined ? (
        <Propose key={proposals.length} anomaly={anomaly} />
      ) : (
        <DecideProposal path={`anomalies/${anomaly.id}/proposals/${waiting.id}`} isMine={waiting.proposedBy === colleagues.me} />
      )}
    </Section>
  );
}

function Propose({ anomaly: { id, correction, payments } }: { readonly anomaly: AnomalyDetail }) {
  const [chosen, setChosen] = useState<ProposalRequest['correction']>(correction === null ? 'none' : 'as-the-rule-says');
  const [reason, setReason] = useState('');
  const [isAsked, setAsked] = useState(false);
  // Of this form: sent twice, it is one proposal.
  const [key] = useState(() => crypto.randomUUID());
  const proposing = useAct<ProposalRequest>((body) => ({ method: 'POST', path: `anomalies/${id}/proposals`, body }));
  return (
    <form
      className="fields"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(true);
        if (isReason(reason)) proposing.mutate({ correction: chosen, reason: reason.trim(), key });
      }}
    >
      <Choices
        label="Ce qui la réglerait"
        value={chosen}
        choose={(value) => setChosen(value as ProposalRequest['correction'])}
        choices={[
          ...(correction === null
            ? []
            : [{ value: 'as-the-rule-says', text: correctionText(correction, payments), help: 'Ce que la règle propose pour ce cas.' }]),
          {
            value: 'none',
            text: correctionText({ kind: 'none' }),
            help: 'Le motif dit pourquoi il n’y a pas de différence, ou qui la répare.',
          },
        ]}
      />
      <ReasonField value={reason} change={setReason} isAsked={isAsked} about="l’anomalie" />
      <div className="row">
        <Button type="submit" kind="main" isDisabled={proposing.isPending}>
          Proposer
        </Button>
      </div>
      {proposing.isError ? <Trouble error={proposing.error} /> : null}
    </form>
  );
}
