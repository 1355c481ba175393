import type { AgentNames, Decision } from '../../../../src/face/desk-file.js';
import { ActForm, Done, Foldable } from '../../acts/act-form.js';
import { agentText } from '../../border/border-words.js';
import { DayText, InstantText, printedAccount } from '../../ui/figures.js';
import { Badge, type Tone } from '../../ui/notice.js';
import { reason } from './fields.js';

interface DecisionsProps {
  readonly proposals: readonly Decision[];
  readonly names: AgentNames;
  readonly to: (act: string) => string;
}

const states: Readonly<Record<string, { readonly text: string; readonly tone: Tone }>> = {
  proposed: { text: 'Attend un second agent', tone: 'wait' },
  accepted: { text: 'Acceptée', tone: 'good' },
  refused: { text: 'Refusée', tone: 'bad' },
};

/** What one agent proposes and another decides: who proposed may not, and the service holds it. */
export function Decisions({ proposals, names, to }: DecisionsProps) {
  return (
    <>
      {proposals.map((proposal) => (
        <ProposalCard key={proposal.id} proposal={proposal} names={names} to={to} />
      ))}
      <Foldable title="Proposer un transfert vers une autre caisse">
        <ActForm
          to={to('transfer')}
          button="Proposer le transfert"
          fields={[
            { name: 'department', kind: 'text', label: 'Département de la nouvelle résidence', max: 3 },
            { name: 'from', kind: 'day', label: 'À partir du' },
            reason,
          ]}
          done={() => <Done title="La proposition attend un second agent." />}
        />
      </Foldable>
      <Foldable title="Proposer de réunir ce compte à un autre">
        <ActForm
          to={to('merge')}
          button="Proposer la réunion"
          fields={[
            {
              name: 'into',
              kind: 'text',
              label: 'Compte qui demeure',
              help: 'Celui-ci sera retiré ; les deux numéros continueront de trouver la personne.',
              max: 20,
              input: { inputMode: 'numeric', autoComplete: 'off' },
            },
            reason,
          ]}
          done={() => <Done title="La proposition attend un second agent." />}
        />
      </Foldable>
    </>
  );
}

function ProposalCard({ proposal, names, to }: { readonly proposal: Decision } & Pick<DecisionsProps, 'names' | 'to'>) {
  const { id, kind, proposedAt, proposedBy, state, decidedBy, decidedAt, decisionReason, reason: why } = proposal;
  const known = { me: '', names };
  const { text, tone } = states[state] ?? { text: state, tone: 'plain' };
  return (
    <div className="stack-tight">
      <p>
        <Content proposal={proposal} /> <Badge tone={tone}>{text}</Badge>
      </p>
      <p className="small soft">
        Proposé par {agentText(proposedBy, known)} le <InstantText of={proposedAt} /> : {why}
      </p>
      {decidedAt === null ? null : (
        <p className="small soft">
          Décidé par {agentText(decidedBy, known)} le <InstantText of={decidedAt} /> : {decisionReason}
        </p>
      )}
      {state === 'proposed' ? (
        <Foldable title="Décider">
          <ActForm
            to={to(kind === 'merge' ? 'merge-decision' : 'transfer-decision')}
            also={{ proposal: id }}
            button="Décider"
            fields={[{ name: 'accepted', kind: 'yes-no', label: 'J’accepte cette proposition' }, reason]}
            done={() => <Done title="La décision est enregistrée." />}
          />
        </Foldable>
      ) : null}
    </div>
  );
}

function Content({ proposal: { kind, content } }: { readonly proposal: Decision }) {
  if (kind === 'merge') return <>Réunir ce compte au compte n° {printedAccount(content['into'] ?? '')}</>;
  return (
    <>
      Transfert vers le département {content['department']}, à partir du <DayText of={content['from'] ?? ''} />
    </>
  );
}
