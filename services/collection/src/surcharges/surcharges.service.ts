import type { JobTurn, KnownFlows, OutgoingMessage, OutgoingMessages } from '@isu/chassis';
import type { Ledger } from '@isu/ledger';
import type { FactStore } from '@isu/messaging';
import { clockOf, Day, Money, type BusinessClock } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { CreditsService } from '../accounting/credits.service.js';
import { lockAccounts } from '../accounts/account.table.js';
import type { ReleasesService } from '../payments/releases.service.js';
import { heldByMoneyToMatch } from './money-to-match.js';
import { knownSurcharges, type KnownSurcharges } from './known-surcharges.js';
import { reviewSurcharges, type Review } from './notification.js';
import { automaticRemission, surchargeCancellation, surchargeNotice } from './surcharge-letters.js';
import { actKey, bookingOf, factOf, type NumberedAct, type SurchargeAct } from './surcharge-postings.js';
import { changeWhatIsOwed, type OwedChange } from './surcharge.table.js';
import { accountsToLookAt, lookAgain, watchUnpaid } from './watch.table.js';

type Reading = Pick<EntityManager, 'query'>;

interface Parts {
  readonly facts: FactStore;
  readonly flows: Pick<KnownFlows, 'read'>;
  readonly ledger: Ledger;
  readonly clock: BusinessClock;
  readonly messages: OutgoingMessages;
  readonly releases: ReleasesService;
  readonly credits: Pick<CreditsService, 'place'>;
  readonly accountsAtATime?: number;
}

/** An act that was decided on an account as it stood. */
export interface Decided {
  readonly account: string;
  readonly known: KnownSurcharges;
  readonly acts: readonly SurchargeAct[];
  readonly correlation: string | undefined;
}

/**
 * Surcharges for lateness (CSS R. 243-18). They accrue by law, day after day, and are counted when somebody looks; what is written is
 * their notification, their cancellation and their remission. N6: in doubt they accrue, unsent.
 */
export class SurchargesService {
  constructor(private readonly parts: Parts) {}

  /** Looks at every account whose day has come, in small transactions; interrupted, it goes on with those that were not looked at. */
  async runFor({ date, correlation, step }: Pick<JobTurn, 'date' | 'correlation' | 'step'>): Promise<{ seen: number; charged: number }> {
    const { accountsAtATime = 200 } = this.parts;
    const counts = { seen: 0, charged: 0 };
    await step(async (tx) => {
      await watchUnpaid(tx, date);
      return { checkpoint: {} };
    });
    for (;;) {
      const { seen } = await step(async (tx) => {
        const accounts = await accountsToLookAt(tx, date, accountsAtATime);
        const reviews = await this.review(tx, accounts, date, correlation);
        counts.charged += reviews.filter(({ charge }) => charge.length > 0).length;
        counts.seen += accounts.length;
        return { checkpoint: accounts.length === 0 ? null : {}, done: counts.seen, seen: accounts.length };
      });
      if (seen === 0) return counts;
    }
  }

  /** Where the surcharges of accounts stand on a day. An account of which nothing was said is not there. */
  async known(tx: Reading, accounts: readonly string[], day: Day): Promise<Map<string, KnownSurcharges>> {
    const { facts, flows } = this.parts;
    const [ofAccounts, flowsNow, setAside] = [
      await facts.factsOfStreams(tx, accounts),
      await flows.read(tx),
      await accountsSetAside(tx, accounts),
    ];
    const known = new Map(
      [...ofAccounts].map(([account, said]) => [
        account,
        knownSurcharges(said, { flows: flowsNow, day, isSetAside: setAside.has(account) }),
      ]),
    );
    return heldByMoneyToMatch(tx, known);
  }

  async knownToday(tx: Reading, account: string): Promise<KnownSurcharges | undefined> {
    return (await this.known(tx, [account], clockOf(tx, this.parts.clock).today())).get(account);
  }

  /** Looks at accounts as they stand, and does what is to be done about their surcharges. */
  async review(tx: EntityManager, accounts: readonly string[], date: Day, correlation: string): Promise<Review[]> {
    if (accounts.length === 0) return [];
    await lockAccounts(tx, accounts);
    const known = await this.known(tx, accounts, date);
    const reviewed = [...known].map(([account, its]) => ({ account, known: its, review: reviewSurcharges(its) }));
    await this.carryOut(
      tx,
      reviewed.map(({ account, known: its, review }) => ({ account, known: its, acts: actsOf(review), correlation })),
    );
    await this.parts.messages.write(
      tx,
      reviewed.flatMap(({ account, review }) =>
        messagesOf(review, { account, writtenOn: clockOf(tx, this.parts.clock).today(), correlation }),
      ),
    );
    await lookAgain(
      tx,
      date,
      accounts.map((account) => ({ account, on: reviewed.find((each) => each.account === account)?.review.nextLookOn ?? null })),
    );
    return reviewed.map(({ review }) => review);
  }

  /** What had been paid of surcharges that are taken off is credit, and pays what else is due. */
  private async giveBackPaid(tx: EntityManager, acts: readonly NumberedAct[]): Promise<void> {
    const { releases, credits, clock } = this.parts;
    const takenOff = acts.filter(({ act }) => act.kind !== 'charged');
    const correlation = takenOff[0]?.correlation;
    const freed = await releases.followSurcharges(tx, [...new Set(takenOff.map(({ account }) => account))], { cause: null, correlation });
    await credits.place(tx, freed, clockOf(tx, clock).today());
  }

  /** Books, keeps and tells acts on accounts that the caller has locked. */
  async carryOut(tx: EntityManager, decided: readonly Decided[]): Promise<void> {
    const { ledger, facts } = this.parts;
    const acts = decided.flatMap(({ account, known, acts: ofAccount, correlation }) =>
      ofAccount.map((act, rank): NumberedAct => ({
        ...{ account, act, number: known.acts + rank + 1, day: known.day, restsOn: known.restsOn, correlation },
      })),
    );
    if (acts.length === 0) return;
    const booked = await ledger.post(tx, acts.map(bookingOf));
    const dayOf = new Map(booked.map(({ key, accountingDay }) => [key, accountingDay]));
    await changeWhatIsOwed(
      tx,
      decided.flatMap(({ account, known, acts: ofAccount }) => ofAccount.flatMap((act) => changesOf(account, act, known))),
    );
    await facts.publish(
      tx,
      acts.map((act) => factOf(act, dayOf.get(actKey(act)) ?? '')),
    );
    await this.giveBackPaid(tx, acts);
  }
}

/** What was never owed goes first, then what is charged, then what of it is given up at once. */
function actsOf({ cancel, charge, remit }: Review): SurchargeAct[] {
  return [
    ...(cancel.length > 0 ? [{ kind: 'cancelled' as const, lines: cancel, reason: 'Argent reçu avant, ou base rectifiée' }] : []),
    ...(charge.length > 0 ? [{ kind: 'charged' as const, lines: charge }] : []),
    ...(remit.length > 0 ? [{ kind: 'remitted' as const, lines: remit, ground: 'automatic' as const }] : []),
  ];
}

/** A letter for what is asked, a word for what is taken off; what is charged and given up at once is not asked. */
function messagesOf(
  { charge, cancel, remit }: Review,
  written: { account: string; writtenOn: Day; correlation: string },
): OutgoingMessage[] {
  const forgiven = new Set(remit.map(({ instalment, year }) => `${instalment} ${year}`));
  const asked = charge.filter(({ instalment, year }) => !forgiven.has(`${instalment} ${year}`));
  const anew = new Set(charge.map(({ instalment, year, code }) => `${instalment} ${year} ${code}`));
  const gone = cancel.filter(({ instalment, year, code }) => !anew.has(`${instalment} ${year} ${code}`));
  return [
    ...(asked.length > 0 ? [surchargeNotice(asked, written)] : []),
    ...(remit.length > 0 ? [automaticRemission(remit, written)] : []),
    ...(gone.length > 0 ? [surchargeCancellation(gone, written)] : []),
  ];
}

function changesOf(account: string, act: SurchargeAct, { debts }: KnownSurcharges): OwedChange[] {
  return act.lines.map(({ instalment, year, code, amount }) => {
    const dueOn = debts.find((debt) => debt.instalment === instalment && debt.year === year)?.dueOn ?? Day.at(year, 1, 1);
    const money = Money.of(amount);
    return { account, instalment, year, code, dueOn, amount: act.kind === 'charged' ? money : money.negated() };
  });
}

async function accountsSetAside(tx: Reading, accounts: readonly string[]): Promise<Set<string>> {
  const rows = (await tx.query(`SELECT DISTINCT stream FROM set_aside WHERE author = 'urssaf-sync' AND stream = ANY($1)`, [accounts])) as {
    stream: string;
  }[];
  return new Set(rows.map(({ stream }) => stream));
}
