import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { FlowsPage as Flows, FlowStanding } from '../../../src/face/border.js';
import { usePage } from '../asking/queries.js';
import { Terms } from '../ui/terms.js';
import { Button } from '../ui/button.js';
import { Field } from '../ui/fields.js';
import { DayText } from '../ui/figures.js';
import { Badge, Notice } from '../ui/notice.js';
import { Page, Section } from '../ui/page.js';
import { Asked, Nothing, PartOf } from '../ui/states.js';
import { ageText } from '../words/payments.js';
import { calendarName, flowName, stretchName } from './border-words.js';
import { gravestFirst, gravityOf, troubleOf } from './flow-troubles.js';
import { Incidents } from './flow-incidents.js';

/** What crosses the border in both directions, until when nothing is missing, what is late and since when. */
export function FlowsPage() {
  const asked = usePage<Flows>('desk', 'flows');
  return (
    <Page
      title="Flux des partenaires"
      lead="Ce que chaque partenaire s’est engagé à envoyer, ce que nous lui envoyons, et jusqu’où rien ne manque. Tant qu’un flux est en retard, aucune absence de paiement n’est opposée à personne."
    >
      <Asked query={asked}>
        {({ today, parts: { flows } }) => (
          <PartOf part={flows}>
            {({ items }) =>
              items.length === 0 ? (
                <Nothing>Aucun flux n’est encore convenu avec un partenaire.</Nothing>
              ) : (
                <>
                  <Summary items={items} today={today} />
                  {gravestFirst(items).map((flow) => (
                    <FlowCard key={`${flow.partner}/${flow.flow}`} flow={flow} today={today} />
                  ))}
                </>
              )
            }
          </PartOf>
        )}
      </Asked>
    </Page>
  );
}

/** Which flows want a look, before ten cards of those that do not. */
function Summary({ items, today }: { readonly items: readonly FlowStanding[]; readonly today: string }) {
  const troubled = gravestFirst(items).filter((flow) => gravityOf(flow) > 0);
  if (troubled.length === 0) return <Notice tone="good" title="Tous les flux sont à jour" />;
  return (
    <Notice
      tone={troubled.some(({ gaps }) => gaps.length > 0) ? 'bad' : 'wait'}
      title={troubled.length === 1 ? 'Un flux n’est pas à jour' : `${String(troubled.length)} flux ne sont pas à jour`}
    >
      <ul>
        {troubled.map((flow) => (
          <li key={`${flow.partner}/${flow.flow}`}>
            {flowName(flow)} : {troubleOf(flow, today)}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function FlowCard({ flow, today }: { readonly flow: FlowStanding; readonly today: string }) {
  const { direction, calendar, lastNumber, completedThrough, awaitedThrough, lateSince, gaps, resendRequests } = flow;
  const isOurs = direction === 'out';
  return (
    <Section title={flowName(flow)} beside={<FlowState flow={flow} />}>
      <Lateness flow={flow} today={today} />
      <Terms
        of={[
          ['Sens', isOurs ? 'nous l’envoyons, le partenaire en accuse réception' : 'le partenaire nous l’envoie'],
          ['Calendrier', calendarName(calendar)],
          [isOurs ? 'Dernier lot envoyé' : 'Dernier lot reçu', lastNumber === null ? 'aucun' : `n° ${String(lastNumber)}`],
          [
            isOurs
              ? 'Accusé jusqu’au'
              : neverCame(flow).length + gaps.length === 0
                ? 'Rien ne manque jusqu’au'
                : 'Rien d’autre ne manque jusqu’au',
            completedThrough === null ? '—' : <DayText key="through" of={completedThrough} />,
          ],
          ['Attendu au moins jusqu’au', awaitedThrough === null ? '—' : <DayText key="awaited" of={awaitedThrough} />],
          ...(lateSince === null ? [] : ([['En retard depuis le', <DayText key="since" of={lateSince} />]] as const)),
        ]}
      />
      {gaps.length === 0 ? null : (
        <Notice tone="bad" title="Des lots manquent">
          <ul>
            {gaps.map((gap) => {
              const asked = resendRequests.find((request) => request.from === gap.from && request.to === gap.to);
              return (
                <li key={gap.from}>
                  Il manque {stretchName(gap)}
                  {asked === undefined ? '.' : <Resend askedOn={asked.askedOn} today={today} />}
                </li>
              );
            })}
          </ul>
          <p>
            <Link to={missingAddress(flow)}>Le partenaire les a perdus aussi : {flowName(flow)}</Link>
          </p>
        </Notice>
      )}
      <GivenUpNotice flow={flow} />
      <Unacknowledged flow={flow} today={today} />
      <Incidents incidents={flow.incidents} />
      {lastNumber === null || isOurs ? null : <Batches flow={flow} last={lastNumber} />}
      {lastNumber === null || !isOurs ? null : (
        <p>
          <Link to={`/bureau/flux/${flow.partner}/${flow.flow}/envois`}>Ouvrir les lots envoyés : {flowName(flow)}</Link>
        </p>
      )}
    </Section>
  );
}

const missingAddress = ({ partner, flow }: FlowStanding): string => `/bureau/flux/${partner}/${flow}/manquants`;

const neverCame = ({ givenUp }: FlowStanding) => givenUp.filter(({ arrivedAt }) => arrivedAt === null);

/** Complete, but for what never came: it stays said. */
function GivenUpNotice({ flow }: { readonly flow: FlowStanding }) {
  const never = neverCame(flow);
  if (never.length === 0) return null;
  const named = never.map(({ number, attestation }) => `n° ${String(number)} (${attestation})`).join(', ');
  return (
    <Notice title="Des lots ont été abandonnés">
      <p>
        Le partenaire les a perdus, et le flux continue sans eux : {named}.{' '}
        <Link to={missingAddress(flow)}>Qui l’a décidé : {flowName(flow)}</Link>
      </p>
    </Notice>
  );
}

/** Batches of ours that wait for their receipt: they are sent again until it comes. */
function Unacknowledged({ flow: { unacknowledged, isLate }, today }: { readonly flow: FlowStanding; readonly today: string }) {
  if (unacknowledged.length === 0) return null;
  return (
    <Notice tone={isLate ? 'bad' : 'wait'} title="Des lots attendent leur reçu">
      <ul>
        {unacknowledged.map((stretch) => (
          <li key={stretch.from}>
            {stretchName(stretch)}, depuis la journée du <DayText of={stretch.businessDate} />, {ageText(stretch.businessDate, today)}.
          </li>
        ))}
      </ul>
    </Notice>
  );
}

const Resend = ({ askedOn, today }: { readonly askedOn: string; readonly today: string }) => (
  <>
    {' '}
    : le renvoi est demandé {ageText(askedOn, today)}, le <DayText of={askedOn} />.
  </>
);

function FlowState({ flow: { isLate, gaps } }: { readonly flow: FlowStanding }) {
  if (gaps.length > 0) return <Badge tone="bad">Incomplet</Badge>;
  return isLate ? <Badge tone="wait">En retard</Badge> : <Badge tone="good">À jour</Badge>;
}

function Lateness({ flow: { isLate, direction, completedThrough }, today }: { readonly flow: FlowStanding; readonly today: string }) {
  if (!isLate) return null;
  return (
    <Notice tone="wait" title="Ce flux est en retard">
      <p>
        {completedThrough === null ? (
          direction === 'in' ? (
            'Rien n’est encore arrivé.'
          ) : (
            'Rien n’est encore accusé.'
          )
        ) : (
          <>
            Rien d’assuré après le <DayText of={completedThrough} />, {ageText(completedThrough, today)}.
          </>
        )}
      </p>
    </Notice>
  );
}

const shownBatches = 8;
const numberPattern = /^[1-9]\d{0,8}$/;

/** The last batches, and any other by its number. */
function Batches({ flow: standing, last }: { readonly flow: FlowStanding; readonly last: number }) {
  const { partner, flow, gaps } = standing;
  const never = new Set(neverCame(standing).map(({ number: given }) => given));
  const navigate = useNavigate();
  const [number, setNumber] = useState('');
  const [isAsked, setAsked] = useState(false);
  const addressOf = (batch: number | string) => `/bureau/flux/${partner}/${flow}/lots/${String(batch)}`;
  const isMissing = (batch: number) => never.has(batch) || gaps.some(({ from, to }) => batch >= from && batch <= to);
  const latest = Array.from({ length: Math.min(shownBatches, last) }, (_, rank) => last - rank).filter((batch) => !isMissing(batch));
  const isNumber = numberPattern.test(number.trim());
  return (
    <>
      <p>
        Derniers lots :{' '}
        {latest.map((batch, rank) => (
          <span key={batch}>
            {rank > 0 ? ', ' : ''}
            <Link to={addressOf(batch)}>n° {batch}</Link>
          </span>
        ))}
      </p>
      <form
        className="row row-end"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(true);
          if (isNumber) void navigate(addressOf(number.trim()));
        }}
      >
        <Field
          label="Ouvrir un autre lot, par son numéro"
          value={number}
          onChange={setNumber}
          inputMode="numeric"
          autoComplete="off"
          error={isAsked && !isNumber ? 'Un nombre entier, à partir de 1.' : null}
        />
        <Button type="submit">Ouvrir</Button>
      </form>
    </>
  );
}
