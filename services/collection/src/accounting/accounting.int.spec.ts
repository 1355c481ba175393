import { foldAccount } from '@isu/account';
import { endOfDayInParis } from '@isu/chassis';
import { isFact } from '@isu/contracts';
import { balances, journal } from '@isu/ledger';
import { FakeClock } from '@isu/testing';
import { Day, Money } from '@isu/values';
import { Collection } from '../collection.spec-kit.js';
import { asked, paid } from '../schedules/schedule.js';
import { instalmentsInForce } from '../schedules/schedule.table.js';
import { moneyToMatch } from '../unmatched-money/unmatched-money.table.js';
import { journalRows } from '../statements/journal.js';
import { periodsOf } from '../statements/period.js';
import { readStatement } from '../statements/statement.table.js';
import { knownOn } from '../statements/statement.js';
import { closedDays, openDays, shownDay } from './accounting-day.table.js';

let collection: Collection;
beforeEach(async () => {
  collection = await Collection.start();
});
afterEach(() => collection?.close());

const correlation = '01890000-0000-7000-8000-00000000000c';
const starter = (): Promise<string> => collection.on('2016-01-04').register(undefined, { startedOn: '2016-01-01' });
const closing = (day: string) => collection.does.days.close(Day.of(day), { correlation, askedBy: 'operator:1' });
const paidOn = async (account: string, id: string): Promise<string> => {
  const instalment = (await instalmentsInForce(collection.fresh.db, [account])).get(account)?.find((each) => each.id === id);
  return instalment ? `${paid(instalment).toString()} / ${asked(instalment).toString()}` : 'none';
};
const dayFacts = async () =>
  (await collection.facts.factsOf(collection.fresh.db, 'flow/isu/accounting')).map(({ type, data }) => [
    type,
    (data as { day: string }).day,
  ]);

describe('F17 — the daily close', () => {
  it('places credit on what has fallen due, as an act of its own, then freezes the day and says so once', async () => {
    const account = await starter();
    const payment = await collection.on('2016-04-05').pay(account, '400');
    await collection.on('2016-05-04').closeDaysThrough('2016-05-04');
    expect(await paidOn(account, '2016-05')).toBe('0 / 359');

    await collection.on('2016-05-05').closeDaysThrough('2016-05-05');
    expect(await paidOn(account, '2016-05')).toBe('41 / 359');
    const [placed] = await collection.saidOfType(account, 'collection.credit-allocated.v1');
    // 41 € go to the first lines of the legal order: 65,16 € of CSG-CRDS are due in May.
    expect(placed?.data).toEqual({
      ...{ paymentId: payment.id, accountingDay: '2016-05-05' },
      allocations: [{ instalment: '2016-05', year: 2016, code: 'csg-crds', amount: '41' }],
    });
    const closed = await dayFacts();
    expect(closed.at(-1)).toEqual(['collection.day-closed.v1', '2016-05-05']);
    expect(closed).toHaveLength(new Set(closed.map(([, day]) => day)).size);
  });

  it('R11 gives the same answer when asked again, also at the same moment', async () => {
    await starter();
    const [first, second] = await Promise.all([closing('2016-01-04'), closing('2016-01-04')]);
    expect(second).toEqual(first);
    expect(await closing('2016-01-04')).toEqual(first);
    expect(await dayFacts()).toHaveLength(1);
  });

  it('closes before a day, in their order, those that nobody has closed, each told', async () => {
    await starter();
    await collection.on('2016-01-07');
    await closing('2016-01-07');
    expect((await dayFacts()).map(([, day]) => day)).toEqual(['2016-01-04', '2016-01-05', '2016-01-06', '2016-01-07']);
  });

  it('I8 is refused for a day to come, and for one before the first that was closed; it then places no credit', async () => {
    const account = await starter();
    await collection.on('2016-04-05').pay(account, '400');
    await closing('2016-04-05');
    collection.on('2016-05-05');
    await expect(closing('2016-05-06')).rejects.toMatchObject({ code: 'day-not-come' });
    await expect(closing('2016-01-03')).rejects.toMatchObject({ code: 'day-out-of-order' });
    expect(await paidOn(account, '2016-05')).toBe('0 / 359');
  });

  it('books on the next open day what comes for a day that is closed', async () => {
    const account = await starter();
    await collection.on('2016-04-05').closeDaysThrough('2016-04-05');
    await collection.pay(account, '359');
    const [posted] = await collection.saidOfType(account, 'collection.payment-posted.v1');
    expect([posted?.data.valueOn, posted?.data.accountingDay]).toEqual(['2016-04-05', '2016-04-06']);
  });

  it('takes back with a payment the credit of it that was placed later', async () => {
    const account = await starter();
    const payment = await collection.on('2016-04-05').pay(account, '400');
    await collection.on('2016-05-05').closeDaysThrough('2016-05-05');
    await collection.on('2016-05-20').takeBack(payment);
    expect([await paidOn(account, '2016-04'), await paidOn(account, '2016-05')]).toEqual(['0 / 359', '0 / 359']);
    expect(foldAccount(await collection.saidOf(account)).book.balance).toMatchObject({ called: '3234', paid: '0', credit: '0' });
  });
});

describe('F17 — the accounting days as they are looked at', () => {
  const run = '01890000-0000-7000-8000-0000000000aa';
  /** A run of the job that closes days, as the chassis writes it down. */
  const asJob = (date: string, askedBy: string | null) =>
    collection.fresh.db.query(
      `WITH known AS (INSERT INTO job (name, settled_through) VALUES ('accounting-close', '2016-01-03') RETURNING name)
       INSERT INTO job_run (id, job, on_date, origin, asked_by, asked_at) SELECT $1, name, $2, 'calendar', $3, now() FROM known`,
      [run, date, askedBy],
    );
  const inWords = (listed: Awaited<ReturnType<typeof closedDays>>) =>
    listed.map(({ day, transactions, total, closedBy: by }) => [day, transactions, total.toString(), by.askedBy ?? by.runDate]);

  it('says which were closed, by the job of which date or by whom, and what each of them booked; the others are open', async () => {
    const account = await starter();
    await collection.on('2016-01-05');
    await closing('2016-01-04');
    await asJob('2016-01-06', null);
    await collection.on('2016-01-07').does.days.close(Day.of('2016-01-06'), { correlation: run, askedBy: null });
    await collection.pay(account, '100');

    const { manager } = collection.fresh.db;
    // Asked for by hand on the 5th; the run of the 6th closed the 5th as well, which nobody had.
    expect(inWords(await closedDays(manager, { before: undefined, limit: 10 }))).toEqual([
      ['2016-01-06', 0, '0', '2016-01-06'],
      ['2016-01-05', 0, '0', '2016-01-06'],
      ['2016-01-04', 1, '3234', 'operator:1'],
    ]);
    expect(inWords(await closedDays(manager, { before: Day.of('2016-01-06'), limit: 1 }))).toEqual([['2016-01-05', 0, '0', '2016-01-06']]);
    const open = await openDays(manager, Day.of('2016-01-09'), 2);
    expect(open.days.map(({ day, transactions, total }) => [day, transactions, total.toString()])).toEqual([
      ['2016-01-07', 1, '100'],
      ['2016-01-08', 0, '0'],
    ]);
    expect(open.count).toBe(3);
  });

  it('R1 shows its control totals: debits are credits on every day, and the balances of all books make zero: 3 234 − 3 234 + 100 − 100', async () => {
    const account = await starter();
    await collection.on('2016-01-05');
    await closing('2016-01-04');
    await collection.pay(account, '100');
    const shown = async (day: string) => {
      const found = await shownDay(collection.fresh.db.manager, Day.of(day), Day.of('2016-01-05'));
      if (!found) return null;
      const { state, kinds, acts, balances: held, digest } = found;
      return {
        state,
        kinds: kinds.map(({ kind, debit, credit }) => `${kind} ${debit.toString()} ${credit.toString()}`),
        acts: acts.map(({ reason, transactions, total }) => `${reason} ${String(transactions)} ${total.toString()}`),
        balances: held.map(({ kind, balance }) => `${kind} ${balance.toString()}`),
        isFrozen: digest !== null,
      };
    };
    expect(await shown('2016-01-04')).toEqual({
      ...{ state: 'closed', kinds: ['contributions 0 3234', 'receivable 3234 0'], acts: ['assessment 1 3234'], isFrozen: true },
      balances: ['contributions -3234', 'receivable 3234'],
    });
    expect(await shown('2016-01-05')).toEqual({
      ...{ state: 'open', kinds: ['bank 100 0', 'credit 0 100'], acts: ['payment 1 100'], isFrozen: false },
      balances: ['bank 100', 'contributions -3234', 'credit -100', 'receivable 3234'],
    });
    expect([await shown('2016-01-03'), await shown('2016-01-06')]).toEqual([null, null]);
  });

  it('F81 says how much money waits for an owner, and since when', async () => {
    const { manager } = collection.fresh.db;
    expect(await moneyToMatch(manager)).toEqual({ count: 0, total: Money.zero, oldestOn: null });
    const money = (last: string, amount: string, valueOn: string) => ({ money: `01890000-0000-7000-8000-00000000000${last}`, amount, valueOn, means: 'cheque' as const, candidates: [] }); // prettier-ignore
    await collection.hear('urssaf-sync.money-unmatched.v1', [
      { account: 'flow/urssaf/payments', data: money('1', '359', '2016-04-20') },
      { account: 'flow/urssaf/payments', data: money('2', '41.50', '2016-04-05') },
    ]);
    expect(await moneyToMatch(manager)).toEqual({ count: 2, total: Money.of('400.50'), oldestOn: Day.of('2016-04-05') });
  });
});

describe('F16 F17 — the detail by period', () => {
  it('adds up to one balance, at the last closed day and now: 3 234 − 359 = 2 875, then 2 875 − 400 with 41 of credit', async () => {
    const account = await starter();
    await collection.on('2016-04-05').pay(account, '359');
    await collection.closeDaysThrough('2016-04-05');
    await collection.on('2016-05-05').pay(account, '400');

    const atClose = periodsOf(await balances(collection.fresh.db.manager, account, { through: Day.of('2016-04-05') }));
    const now = periodsOf(await balances(collection.fresh.db.manager, account));
    const told = ({ periods, credit, balance }: typeof now) => [
      ...periods.map((each) => `${each.year} ${each.called} ${each.paid} ${each.remaining}`),
      `${credit}`,
      `${balance}`,
    ];
    expect(told(atClose)).toEqual(['2016 3234 359 2875', '0', '2875']);
    expect(told(now)).toEqual(['2016 3234 718 2516', '41', '2475']);
    const { balance } = foldAccount(await collection.saidOf(account)).book;
    expect(Money.of(balance.remaining).minus(Money.of(balance.credit)).toString()).toBe(now.balance.toString());
  });

  it('F72 F56 gives what was paid beyond what is owed back as credit: nothing remains of its year', async () => {
    const account = await starter();
    await collection.on('2016-12-05').pay(account, '3234');
    await collection.on('2017-05-20').declare(account, 2016, '-5000');
    const { periods, credit } = periodsOf(await balances(collection.fresh.db.manager, account));
    // Owed in the end 1 045 (case A1 of a loss of 5 000 €): 3 234 − 1 045 = 2 189, while nothing else has fallen due.
    const year = periods.find((period) => period.year === 2016);
    expect([year?.called, year?.paid, year?.remaining, credit].map(String)).toEqual(['1045', '1045', '0', '2189']);
  });
});

describe('I7 F17 — the statement as it was known on a day', () => {
  const asked = (account: string, on?: string) => {
    const known = knownOn(on === undefined ? undefined : Day.of(on), collection.clock.today(), { openedOn: Day.of('2016-01-04') });
    return readStatement(collection.fresh.db, account, known);
  };
  const told = async (account: string, on?: string): Promise<string[]> => {
    const { closed, current } = await asked(account, on);
    const figures = ({ periods, credit, balance }: typeof current) =>
      `${String(periods[0]?.paid ?? '')} paid, ${String(periods[0]?.remaining ?? '')} left, ${String(credit)} kept: ${String(balance)}`;
    return [closed === null ? 'none closed' : `${closed.accountingDay.iso} ${figures(closed)}`, figures(current)];
  };

  it('is what the books held that evening, whatever was learned since: 3 234 − 359 = 2 875, 2 875 − 400 = 2 475, and 2 875 again', async () => {
    const account = await starter();
    await collection.on('2016-04-05').pay(account, '359');
    await collection.closeDaysThrough('2016-04-05');
    const payment = await collection.on('2016-05-05').pay(account, '400');
    await collection.on('2016-05-06').closeDaysThrough('2016-05-05');
    await collection.on('2016-05-20').takeBack(payment);

    const known = {
      '2016-01-04': ['none closed', '0 paid, 3234 left, 0 kept: 3234'],
      '2016-04-04': ['none closed', '0 paid, 3234 left, 0 kept: 3234'],
      '2016-04-05': ['2016-04-05 359 paid, 2875 left, 0 kept: 2875', '359 paid, 2875 left, 0 kept: 2875'],
      // Received on the 5th, whose day was closed on the 6th.
      '2016-05-05': ['2016-04-05 359 paid, 2875 left, 0 kept: 2875', '718 paid, 2516 left, 41 kept: 2475'],
      '2016-05-06': ['2016-05-05 718 paid, 2516 left, 41 kept: 2475', '718 paid, 2516 left, 41 kept: 2475'],
      '2016-05-20': ['2016-05-05 718 paid, 2516 left, 41 kept: 2475', '359 paid, 2875 left, 0 kept: 2875'],
    };
    const readAgain = async () =>
      Object.fromEntries(await Promise.all(Object.keys(known).map(async (on) => [on, await told(account, on)] as const)));
    expect(await readAgain()).toEqual(known);
    expect(await told(account)).toEqual(known['2016-05-20']);

    // Reproducible for ever: neither another payment nor another close changes what was known.
    await collection.on('2016-06-01').pay(account, '2875');
    await collection.closeDaysThrough('2016-06-01');
    expect(await readAgain()).toEqual(known);
  });

  it('F16 agrees with the journal and with the fold of the facts that were known then, to the cent', async () => {
    const account = await starter();
    await collection.on('2016-04-05').pay(account, '400');
    await collection.on('2016-05-05').closeDaysThrough('2016-05-05');
    await collection.on('2016-06-01').pay(account, '123.45');
    for (const on of ['2016-01-04', '2016-04-05', '2016-05-04', '2016-05-05', '2016-06-01']) {
      const { current } = await asked(account, on);
      const [at, { db }] = [endOfDayInParis(on), collection.fresh];
      expect([
        on,
        journalRows(await journal(db.manager, account, at))
          .at(-1)
          ?.balance.toString(),
      ]).toEqual([on, current.balance.toString()]);
      const { remaining, credit } = foldAccount(await collection.facts.factsOf(db, account, at)).book.balance;
      expect([on, Money.of(remaining).minus(Money.of(credit)).toString()]).toEqual([on, current.balance.toString()]);
    }
  });
});

/** Midnight falls at that question of the time, counted from now on. */
const midnightAt = (clock: FakeClock): ((question: number) => void) => {
  let left = 0;
  for (const question of ['today', 'now', 'recordedAt'] as const) {
    const ask = FakeClock.prototype[question].bind(clock);
    Object.assign(clock, {
      [question]: () => {
        left -= 1;
        if (left === 0) clock.setDay(FakeClock.prototype.today.call(clock).plusDays(1).iso);
        return ask();
      },
    });
  }
  return (question) => {
    left = question;
  };
};

describe('I7 — one act, one instant', () => {
  it('wherever midnight falls in an act, what it books and what it says are of one day and one instant', async () => {
    const account = await starter();
    const midnight = midnightAt(collection.on('2016-05-20').clock);
    for (let question = 1; question <= 12; question += 1) {
      midnight(question);
      const payment = await collection.pay(account, '359');
      midnight(question);
      await collection.takeBack(payment);
    }
    const booked: { day: string; at: string }[] = await collection.fresh.db.query(
      `SELECT accounting_day::text AS day, to_char(recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at
       FROM ledger_transaction WHERE reason IN ('payment', 'reversal') ORDER BY entry`,
    );
    const said = (await collection.saidOf(account)).flatMap((fact) =>
      isFact(fact, 'collection.payment-posted.v1') || isFact(fact, 'collection.payment-reversed.v1')
        ? [{ day: fact.data.accountingDay, at: fact.time }]
        : [],
    );
    expect(booked).toHaveLength(24);
    expect(booked.filter(({ day, at }) => !at.startsWith(day))).toEqual([]);
    expect(said).toEqual(booked);
  });
});
