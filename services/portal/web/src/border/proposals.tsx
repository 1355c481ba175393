import { useState } from 'react';
import type { AnomalyDetail, Proposal, ProposalRequest } from '../../../src/face/border.js';
import { Button } from '../ui/button.js';
import { Choices, Field } from '../ui/fields.js';
import { InstantText } from '../ui/figures.js';
import { Badge, Notice, type Tone } from '../ui/notice.js';
import { Section } from '../ui/page.js';
import { Nothing, Trouble } from '../ui/states.js';
import { agentText, correctionText, type Colleagues } from './border-words.js';
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
        <ProposalCard key={proposal.id} proposal={proposal} colleagues={colleagues} />
      ))}
      {closedAt !== null ? null : waiting === undefined ? (
        <Propose key={proposals.length} anomaly={anomaly} />
      ) : (
        <Decide anomaly={anomaly.id} proposal={waiting} colleagues={colleagues} />
      )}
    </Section>
  );
}

const states: Readonly<Record<Proposal['state'], { readonly text: string; readonly tone: Tone }>> = {
  proposed: { text: 'Attend une seconde personne', tone: 'wait' },
  approved: { text: 'Approuvée', tone: 'good' },
  refused: { text: 'Refusée', tone: 'bad' },
};

function ProposalCard({ proposal, colleagues }: { readonly proposal: Proposal; readonly colleagues: Colleagues }) {
  const { correction, reason, proposedBy, proposedAt, state, decidedBy, decidedAt, decisionReason } = proposal;
  return (
    <div className="stack-tight">
      <p>
        <Badge tone={states[state].tone}>{states[state].text}</Badge> <strong>{correctionText(correction)}</strong>
      </p>
      <p>
        Proposée par {agentText(proposedBy, colleagues)} le <InstantText of={proposedAt} /> : {reason}
      </p>
      {decidedAt === null ? null : (
        <p>
          Décidée par {agentText(decidedBy, colleagues)} le <InstantText of={decidedAt} />
          {decisionReason === null ? '.' : ` : ${decisionReason}`}
        </p>
      )}
    </div>
  );
}

const isReason = (text: string): boolean => text.trim().length >= 10;
const reasonMissing = 'Dites pourquoi, en dix caractères au moins.';

function ReasonField({
  value,
  change,
  isAsked,
}: {
  readonly value: string;
  readonly change: (text: string) => void;
  readonly isAsked: boolean;
}) {
  return (
    <Field
      label="Pourquoi"
      help="De 10 à 120 caractères. Ce motif reste attaché à l’anomalie."
      value={value}
      onChange={change}
      maxLength={120}
      isRequired
      error={isAsked && !isReason(value) ? reasonMissing : null}
    />
  );
}

function Propose({ anomaly: { id, correction } }: { readonly anomaly: AnomalyDetail }) {
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
            : [{ value: 'as-the-rule-says', text: correctionText(correction), help: 'Ce que la règle propose pour ce cas.' }]),
          {
            value: 'none',
            text: correctionText({ kind: 'none' }),
            help: 'Le motif dit pourquoi il n’y a pas de différence, ou qui la répare.',
          },
        ]}
      />
      <ReasonField value={reason} change={setReason} isAsked={isAsked} />
      <div className="row">
        <Button type="submit" kind="main" isDisabled={proposing.isPending}>
          Proposer
        </Button>
      </div>
      {proposing.isError ? <Trouble error={proposing.error} /> : null}
    </form>
  );
}

function Decide({
  anomaly,
  proposal: { id, proposedBy },
  colleagues,
}: {
  readonly anomaly: string;
  readonly proposal: Proposal;
  readonly colleagues: Colleagues;
}) {
  const [reason, setReason] = useState('');
  const [isAsked, setAsked] = useState(false);
  const path = `anomalies/${anomaly}/proposals/${id}`;
  const approving = useAct<undefined>(() => ({ method: 'POST', path: `${path}/approval`, body: {} }));
  const refusing = useAct<string>((because) => ({ method: 'POST', path: `${path}/refusal`, body: { reason: because } }));
  const isMine = proposedBy === colleagues.me;
  const isBusy = approving.isPending || refusing.isPending;
  return (
    <div className="fields">
      {isMine ? (
        <Notice>
          <p>Vous avez fait cette proposition : une autre personne de la cellule doit l’approuver. Vous pouvez la retirer.</p>
        </Notice>
      ) : (
        <div className="row">
          <Button kind="main" isDisabled={isBusy} onPress={() => approving.mutate(undefined)}>
            Approuver
          </Button>
        </div>
      )}
      <form
        className="fields"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(true);
          if (isReason(reason)) refusing.mutate(reason.trim());
        }}
      >
        <ReasonField value={reason} change={setReason} isAsked={isAsked} />
        <div className="row">
          <Button type="submit" isDisabled={isBusy}>
            {isMine ? 'Retirer' : 'Refuser'}
          </Button>
        </div>
      </form>
      {approving.isError ? <Trouble error={approving.error} /> : null}
      {refusing.isError ? <Trouble error={refusing.error} /> : null}
    </div>
  );
}
