import { useState } from 'react';
import { Link } from 'react-router';
import type { AccountingDays, AccountingPage as Answer } from '../../../src/face/accounting.js';
import type { AgentNames } from '../../../src/face/desk-file.js';
import { usePage } from '../asking/queries.js';
import { WhyAmount } from '../derivation/why.js';
import { Button } from '../ui/button.js';
import { DayText, InstantText } from '../ui/figures.js';
import { Badge, Notice } from '../ui/notice.js';
import { Page, Section } from '../ui/page.js';
import { Asked, Nothing, PartOf } from '../ui/states.js';
import { Table } from '../ui/table.js';
import { Terms } from '../ui/terms.js';
import { closerText, daysCaughtUp, jobState, openState, runStateText } from '../words/accounting.js';
import { ageText } from '../words/payments.js';
import { Balances } from './accounting-balances.js';
import { whyMoved, whyWaiting } from './accounting-whys.js';

/** F17: the accounting days, open and closed, what each of them moved, who closed them; what waits for an owner; the balance of all books. */
export function AccountingPage() {
  const [before, setBefore] = useState<string | null>(null);
  const asked = usePage<Answer>('desk', before === null ? 'accounting-days' : `accounting-days?before=${before}`);
  return (
    <Page
      title="Journées comptables"
      lead="Chaque journée se ferme une fois finie, dans l’ordre ; ses totaux ne changent plus. Ce qui arrive après se compte sur la première journée ouverte."
    >
      <Asked query={asked}>
        {({ parts, names }) => (
          <PartOf part={parts.days}>
            {(days) => (
              <>
                <Close days={days} names={names} />
                <Open days={days} />
                <ToMatch days={days} />
                <Section title="Balance de tous les comptes, en ce moment">
                  <Balances of={days.balances} caption="Solde de chaque nature de compte, tous comptes réunis" />
                </Section>
                <Closed days={days} names={names} before={before} goTo={setBefore} />
              </>
            )}
          </PartOf>
        )}
      </Asked>
    </Page>
  );
}

interface OfDays {
  readonly days: AccountingDays;
  readonly names: AgentNames;
}

const addressOf = (day: string) => `/bureau/journees/${day}`;

/** Where the job stands that closes the days. */
function Close({ days: { job }, names }: OfDays) {
  const { text, tone } = jobState(job);
  const { nextOn, last } = job;
  return (
    <Section title="L’arrêté de chaque jour" beside={<Badge tone={tone}>{text}</Badge>}>
      <Terms
        of={[
          ['Prochain passage', nextOn === null ? '—' : <NextRun key="next" day={nextOn} />],
          ['Dernier passage', last === null ? 'aucun' : <LastRun key="last" last={last} names={names} />],
        ]}
      />
      {last?.error ? (
        <Notice tone="bad" title="Le dernier passage n’a pas abouti">
          <p>{last.error}</p>
        </Notice>
      ) : null}
    </Section>
  );
}

interface LastRunProps {
  readonly last: NonNullable<AccountingDays['job']['last']>;
  readonly names: AgentNames;
}

function LastRun({ last: { date, state, attempts, endedAt, askedBy }, names }: LastRunProps) {
  return (
    <>
      journée du <DayText of={date} /> : {runStateText(state)}
      {attempts > 1 ? `, ${String(attempts)} essais` : ''}
      {askedBy === null ? '' : `, demandé par ${names[askedBy] ?? askedBy}`}
      {endedAt === null ? null : (
        <>
          , fini le <InstantText of={endedAt} />
        </>
      )}
    </>
  );
}

function Open({ days }: Pick<OfDays, 'days'>) {
  const { open, openCount } = days;
  const more = openCount - open.length;
  return (
    <Section title="Journées ouvertes">
      <Table
        caption="Journées sur lesquelles on peut encore écrire"
        hideCaption
        rows={open}
        keyOf={({ day }) => day}
        columns={[
          { name: 'Journée', cell: ({ day }) => <DayLink day={day} /> },
          { name: 'Écritures', isNumber: true, cell: ({ transactions }) => String(transactions) },
          { name: 'Débité et crédité', isNumber: true, cell: (figures) => <WhyAmount why={whyMoved(figures)} /> },
          {
            name: 'État',
            cell: ({ day }) => {
              const { text, tone } = openState(day, days);
              return <Badge tone={tone}>{text}</Badge>;
            },
          },
        ]}
      />
      {more > 0 ? <p className="soft">Et {more} autres journées, jusqu’à aujourd’hui.</p> : null}
    </Section>
  );
}

/** A run closes its day once it is over, and those that were left open before it. */
const NextRun = ({ day }: { readonly day: string }) => (
  <>
    pour la journée du <DayText of={day} /> et celles d’avant
  </>
);

const DayLink = ({ day }: { readonly day: string }) => (
  <Link to={addressOf(day)}>
    <DayText of={day} />
  </Link>
);

/** Money that is booked on nobody’s account: while it waits, nobody is surcharged for what it could pay. */
function ToMatch({ days: { toMatch, today } }: Pick<OfDays, 'days'>) {
  const { count, oldestOn } = toMatch;
  return (
    <Section title="Encaissements à identifier">
      {count === 0 || oldestOn === null ? (
        <Nothing>Tout ce qui a été reçu a trouvé son compte.</Nothing>
      ) : (
        <p>
          {count === 1 ? 'Un encaissement attend' : `${String(count)} encaissements attendent`} un compte,{' '}
          <WhyAmount why={whyWaiting(toMatch)} /> en tout ; le plus ancien attend {ageText(oldestOn, today)}, reçu le{' '}
          <DayText of={oldestOn} />. <Link to="/bureau/encaissements">Les rapprocher</Link>
        </p>
      )}
    </Section>
  );
}

interface ClosedProps extends OfDays {
  readonly before: string | null;
  readonly goTo: (before: string | null) => void;
}

function Closed({ days: { closed, next }, names, before, goTo }: ClosedProps) {
  return (
    <Section title="Journées closes">
      {closed.length === 0 ? (
        <Nothing>Aucune journée n’est encore close.</Nothing>
      ) : (
        <Table
          caption="Journées closes, la dernière d’abord"
          hideCaption
          rows={closed}
          keyOf={({ day }) => day}
          columns={[
            { name: 'Journée', cell: ({ day }) => <DayLink day={day} /> },
            { name: 'Écritures', isNumber: true, cell: ({ transactions }) => String(transactions) },
            { name: 'Débité et crédité', isNumber: true, cell: (figures) => <WhyAmount why={whyMoved(figures)} /> },
            {
              name: 'Close le',
              cell: ({ day, closedAt }) => (
                <span className="stack-tight">
                  <InstantText of={closedAt} />
                  <CaughtUp days={daysCaughtUp(day, closedAt)} />
                </span>
              ),
            },
            { name: 'Par', cell: ({ day, closedBy }) => closerText(day, closedBy, names) },
          ]}
        />
      )}
      <div className="row">
        {before === null ? null : <Button onPress={() => goTo(null)}>Revenir aux dernières</Button>}
        {next === null ? null : <Button onPress={() => goTo(next)}>Journées précédentes</Button>}
      </div>
    </Section>
  );
}

const CaughtUp = ({ days }: { readonly days: number }) =>
  days === 0 ? null : <Badge tone="wait">rattrapée, {days === 1 ? 'un jour' : `${String(days)} jours`} après</Badge>;
