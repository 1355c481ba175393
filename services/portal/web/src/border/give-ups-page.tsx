import { useState } from 'react';
import { Link, useParams } from 'react-router';
import type { FlowStanding, Stretch } from '../../../src/face/border.js';
import type { GiveUp, GiveUpRequest, GiveUpsPage as GiveUps } from '../../../src/face/give-ups.js';
import { usePage } from '../asking/queries.js';
import { Button } from '../ui/button.js';
import { Choices, Field } from '../ui/fields.js';
import { DayText, InstantText } from '../ui/figures.js';
import { Notice } from '../ui/notice.js';
import { Page, Section } from '../ui/page.js';
import { Asked, Nothing, PartOf, Trouble } from '../ui/states.js';
import { flowName, stretchName, type Colleagues } from './border-words.js';
import { DecideProposal } from './decide-proposal.js';
import { ProposalCard } from './proposal-card.js';
import { isReason, ReasonField } from './reason-field.js';
import { useAct } from './use-act.js';

/** Batches that their author has lost too: on its letter, one of the cell proposes to go on without them, another approves. */
export function GiveUpsPage() {
  const { partner = '', flow = '' } = useParams();
  const asked = usePage<GiveUps>('desk', `flows/${partner}/${flow}/give-ups`);
  return (
    <Page
      title="Lots manquants"
      lead="Un lot que le partenaire a perdu lui aussi ne viendra jamais. Sur son attestation écrite, une personne de la cellule propose de continuer sans lui ; une autre l’approuve."
    >
      <p>
        <Link to="/bureau/flux">Tous les flux</Link>
      </p>
      <Asked query={asked}>
        {({ me, names, parts }) => (
          <PartOf part={parts.flow}>
            {(standing) => (
              <>
                <Missing flow={standing} />
                <GivenUpSection flow={standing} />
                <PartOf part={parts.giveUps}>
                  {({ items }) => <Proposals flow={standing} giveUps={items} colleagues={{ me, names }} />}
                </PartOf>
              </>
            )}
          </PartOf>
        )}
      </Asked>
    </Page>
  );
}

function Missing({ flow }: { readonly flow: FlowStanding }) {
  const { gaps, resendRequests } = flow;
  return (
    <Section title={flowName(flow)}>
      {gaps.length === 0 ? (
        <Nothing>Aucun lot ne manque à ce flux.</Nothing>
      ) : (
        <ul>
          {gaps.map((gap) => {
            const asked = resendRequests.find((request) => request.from === gap.from);
            return (
              <li key={gap.from}>
                Il manque {stretchName(gap)}
                {asked === undefined ? '.' : <AskedOn day={asked.askedOn} />}
              </li>
            );
          })}
        </ul>
      )}
    </Section>
  );
}

const AskedOn = ({ day }: { readonly day: string }) => (
  <>
    , dont le renvoi est demandé depuis le <DayText of={day} />.
  </>
);

function GivenUpSection({ flow: { givenUp } }: { readonly flow: FlowStanding }) {
  if (givenUp.length === 0) return null;
  return (
    <Section title="Lots abandonnés">
      <ul>
        {givenUp.map(({ number, attestation, givenUpAt, arrivedAt }) => (
          <li key={number}>
            Le lot {number}, abandonné le <InstantText of={givenUpAt} /> sur l’attestation {attestation}
            {arrivedAt === null ? (
              '.'
            ) : (
              <>
                , puis retrouvé par le partenaire et reçu le <InstantText of={arrivedAt} />.
              </>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

interface ProposalsProps {
  readonly flow: FlowStanding;
  readonly giveUps: readonly GiveUp[];
  readonly colleagues: Colleagues;
}

function Proposals({ flow, giveUps, colleagues }: ProposalsProps) {
  const waiting = giveUps.find(({ state }) => state === 'proposed');
  return (
    <Section title="Propositions d’abandon">
      {giveUps.length === 0 ? <Nothing>Rien n’a encore été proposé.</Nothing> : null}
      {giveUps.map((one) => (
        <ProposalCard key={one.id} proposal={one} colleagues={colleagues}>
          <strong>Continuer sans {stretchName(one)}</strong> (attestation {one.attestation}).
        </ProposalCard>
      ))}
      {waiting !== undefined ? (
        <DecideProposal path={`${pathOf(flow)}/${waiting.id}`} isMine={waiting.proposedBy === colleagues.me} />
      ) : flow.gaps.length === 0 ? null : (
        <Propose key={giveUps.length} flow={flow} />
      )}
    </Section>
  );
}

function Propose({ flow }: { readonly flow: FlowStanding }) {
  const [chosen, setChosen] = useState(String(flow.gaps[0]?.from ?? ''));
  const [attestation, setAttestation] = useState('');
  const [reason, setReason] = useState('');
  const [isAsked, setAsked] = useState(false);
  // Of this form: sent twice, it is one proposal.
  const [key] = useState(() => crypto.randomUUID());
  const proposing = useAct<GiveUpRequest>((body) => ({ method: 'POST', path: pathOf(flow), body }));
  const gap = flow.gaps.find(({ from }) => String(from) === chosen);
  const isAttested = attestationPattern.test(attestation.trim());
  return (
    <form
      className="fields"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(true);
        if (gap && isAttested && isReason(reason))
          proposing.mutate({ ...firstOf(gap), attestation: attestation.trim(), reason: reason.trim(), key });
      }}
    >
      <Notice>
        <p>
          Tant qu’un lot manque, rien n’est opposé à personne. Une fois l’abandon approuvé, l’absence d’un paiement redevient opposable : le
          partenaire doit avoir redit dans d’autres lots ce que celui-ci disait.
        </p>
      </Notice>
      <Choices
        label="Continuer sans"
        value={chosen}
        choose={setChosen}
        choices={flow.gaps.map((one) => ({ value: String(one.from), text: stretchName(firstOf(one)) }))}
      />
      <Field
        label="Référence de l’attestation du partenaire"
        help="Celle de son courrier, sans nom de personne : ATT-2016/014."
        value={attestation}
        onChange={setAttestation}
        maxLength={35}
        autoComplete="off"
        isRequired
        error={isAsked && !isAttested ? 'De 3 à 35 majuscules, chiffres, points, barres ou tirets.' : null}
      />
      <ReasonField value={reason} change={setReason} isAsked={isAsked} about="l’abandon" />
      <div className="row">
        <Button type="submit" kind="main" isDisabled={proposing.isPending}>
          Proposer l’abandon
        </Button>
      </div>
      {proposing.isError ? <Trouble error={proposing.error} /> : null}
    </form>
  );
}

/** What urssaf-sync takes for a reference. */
const attestationPattern = /^[A-Z0-9][A-Z0-9./-]{2,34}$/;
/** As many as one proposal may name. */
const mostNumbers = 31;
const firstOf = ({ from, to }: Stretch): Stretch => ({ from, to: Math.min(to, from + mostNumbers - 1) });
const pathOf = ({ partner, flow }: FlowStanding): string => `flows/${partner}/${flow}/give-ups`;
