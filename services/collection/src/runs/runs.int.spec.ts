import { asLeader } from '@isu/chassis';
import { violations } from '@isu/ledger';
import { Day } from '@isu/values';
import { assessmentsInForce } from '../assessments/assessment.table.js';
import { Collection } from '../collection.spec-kit.js';
import { asked } from '../schedules/schedule.js';
import { instalmentsInForce } from '../schedules/schedule.table.js';
import type { SchedulesService } from '../schedules/schedules.service.js';
import { accountWorks } from './account-work.js';
import { RunsService } from './runs.service.js';
import { findRun } from './run.table.js';

let collection: Collection;
beforeEach(async () => {
  collection = await Collection.start();
});
afterEach(() => collection?.close());

const correlation = '01890000-0000-7000-8000-00000000000d';
const run = (year: number) => collection.does.runs.run('provisional', year, correlation);
const stages = async (account: string, year: number) =>
  (await collection.saidOfType(account, 'collection.assessed.v1')).filter(({ data }) => data.year === year).map(({ data }) => data.stage);

describe('the yearly provisional calls', () => {
  it('F54 F69 call each on what is known of them: the last income, the one before, flat for starters, nothing where nothing is known', async () => {
    collection.on('2015-05-20');
    const [onN2, unknown, secondYear] = [
      await collection.register(undefined, { startedOn: '2010-01-01' }),
      await collection.register(undefined, { startedOn: '2010-01-01' }),
      await collection.register(undefined, { startedOn: '2015-03-01' }),
    ];
    const thirdYear = await collection.register(undefined, { startedOn: '2014-01-01' });
    const micro = await collection.register(undefined, { startedOn: '2010-01-01', regime: 'micro-social' });
    await collection.declare(onN2, 2014, '20000');
    await collection.declare(thirdYear, 2014, '20000');

    expect(await collection.on('2016-01-02').does.runs.run('provisional', 2016, correlation)).toMatchObject({
      year: 2016,
      seen: 5,
      called: 3,
    });
    expect(await Promise.all([onN2, unknown, secondYear, thirdYear, micro].map((account) => stages(account, 2016)))).toEqual([
      ['provisional'],
      [],
      ['flat-second-year'],
      ['provisional'],
      [],
    ]);
  });

  it('R11 call nobody twice, and pick up who was opened since', async () => {
    const account = await collection.on('2015-12-20').register(undefined, { startedOn: '2016-02-01' });
    expect(await run(2016)).toMatchObject({ seen: 1, called: 1 });
    expect(await run(2016)).toMatchObject({ seen: 1, called: 0 });
    await collection.register(undefined, { startedOn: '2016-02-01' });
    expect(await run(2016)).toMatchObject({ seen: 2, called: 1 });
    expect(await collection.saidOfType(account, 'collection.schedule-issued.v1')).toHaveLength(1);
  });

  it('R13 reminders that find nobody take no lead: while somebody else has it they are over, and one person later they wait for it', async () => {
    const remind = () => collection.does.runs.run('turnover-reminders', 2016, correlation);
    // The first quarter is due on 30 April, and reminded of from 15 April on.
    expect(await collection.on('2016-04-20').does.runs.run('turnover-reminders', 2016, correlation)).toMatchObject({ seen: 0, called: 0 });
    await asLeader(collection.fresh.db, 'collection:turnover-reminders-run', async () => {
      expect(await remind()).toMatchObject({ seen: 0, called: 0 });
      await collection.register(undefined, { startedOn: '2015-06-01', regime: 'micro-social' });
      await expect(remind()).rejects.toMatchObject({ code: 'run-under-way' });
    });
    expect(await remind()).toMatchObject({ seen: 1, called: 1 });
    expect(await remind()).toMatchObject({ seen: 0, called: 0 });
  });

  it('I10 go on where they were killed', async () => {
    collection.on('2015-12-20');
    for (let each = 1; each <= 5; each += 1) await collection.register(undefined, { startedOn: '2016-02-01' });
    const { db } = collection.fresh;
    let calls = 0;
    const dying = {
      call: (...parameters: Parameters<SchedulesService['call']>) => {
        calls += 1;
        if (calls === 3) throw new Error('killed');
        return collection.does.schedules.call(...parameters);
      },
    } as SchedulesService;
    const few = { db, clock: collection.clock, accountsAtATime: 2 };
    const { exOfficio, missing, works } = collection.does;
    const dyingWorks = accountWorks({ clock: collection.clock, schedules: dying, exOfficio, missing });
    await expect(new RunsService({ ...few, works: dyingWorks }).run('provisional', 2016, correlation)).rejects.toThrow('killed');
    expect(await findRun(db, 'provisional', 2016)).toMatchObject({ seen: 4, endedAt: null });
    expect(await new RunsService({ ...few, works }).run('provisional', 2016, correlation)).toMatchObject({
      seen: 5,
      called: 5,
    });
  });

  it('are refused for another year than this one and the next', async () => {
    collection.on('2016-05-20');
    await expect(run(2015)).rejects.toMatchObject({ code: 'run-year-out-of-reach' });
    await expect(run(2018)).rejects.toMatchObject({ code: 'run-year-out-of-reach' });
  });

  it('S15 made in December leave the year to come ready, and a late declaration changes both calendars, nothing being asked within fifteen days', async () => {
    const account = await collection.on('2016-01-04').register(undefined, { startedOn: '2010-01-01' });
    await collection.declare(account, 2014, '20000');
    await collection.on('2016-12-01').declare(account, 2015, '20000');
    await collection.on('2016-12-15').does.runs.run('provisional', 2017, correlation);
    await collection.on('2016-12-28').declare(account, 2015, '26000');
    // 2016: 12 087 − 9 320 = 2 767 more, no date of the year being 15 days ahead: one payment on the next regular one.
    const instalments = (await instalmentsInForce(collection.fresh.db, [account])).get(account) ?? [];
    const after = instalments.filter(({ id }) => id.startsWith('2016-R'));
    expect(after.map(({ id, dueOn }) => `${id} ${dueOn.iso}`)).toContain('2016-R1 2017-01-05');
    expect(after.every(({ dueOn }) => dueOn.isAfter(Day.of('2016-12-28')))).toBe(true);
    expect(after.some((each) => asked(each).isPositive)).toBe(true);
    expect(await stages(account, 2017)).toEqual(['provisional', 'provisional']);
  });
});

describe('the regularisation run', () => {
  const total = async (account: string, year: number) =>
    (await assessmentsInForce(collection.fresh.db, [account])).get(account)?.get(year)?.total.toString();

  it('F72 I10 settles what was declared and not called, killed in the middle and gone on with: nothing twice, nothing left', async () => {
    collection.on('2016-05-20');
    const accounts: string[] = [];
    for (let each = 1; each <= 5; each += 1) accounts.push(await collection.register());
    const { db } = collection.fresh;
    await db.query(
      `INSERT INTO income (fact, account, seq, year, kind, amount, source, declared_on)
       SELECT gen_random_uuid(), account, 0, 2015, 'declared', 26000, 'import', '2016-05-20' FROM account`,
    );
    let calls = 0;
    const dying = {
      call: async (...parameters: Parameters<SchedulesService['call']>) => {
        calls += 1;
        const called = await collection.does.schedules.call(...parameters);
        // After everything was written, before it is committed.
        if (calls === 2) throw new Error('killed');
        return called;
      },
    } as SchedulesService;
    const few = { db, clock: collection.clock, accountsAtATime: 2 };
    const { exOfficio, missing, works } = collection.does;
    const dyingWorks = accountWorks({ clock: collection.clock, schedules: dying, exOfficio, missing });
    await expect(new RunsService({ ...few, works: dyingWorks }).run('regularisation', 2015, correlation)).rejects.toThrow('killed');
    expect(await findRun(db, 'regularisation', 2015)).toMatchObject({ seen: 2, called: 2, endedAt: null });
    expect(await new RunsService({ ...few, works }).run('regularisation', 2015, correlation)).toMatchObject({ seen: 5, called: 5 });
    for (const account of accounts) {
      // 26 000 € at the rules of 2015 and of 2016; each said once, on one calendar.
      expect([await total(account, 2015), await total(account, 2016)]).toEqual(['12016', '12087']);
      expect(await collection.saidOfType(account, 'collection.assessed.v1')).toHaveLength(2);
      expect(await collection.saidOfType(account, 'collection.schedule-issued.v1')).toHaveLength(1);
    }
    expect(await violations(db.manager)).toEqual([]);
    expect(await collection.does.runs.run('regularisation', 2015, correlation)).toMatchObject({ seen: 5, called: 0 });
  });
});
