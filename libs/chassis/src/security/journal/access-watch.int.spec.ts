import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually, FakeClock, freshDatabase, type FreshDatabase } from '@isu/testing';
import { AccountNumber } from '@isu/values';
import { createLogger } from '../../logs/logger.js';
import type { Subject } from '../tokens/claims.js';
import { AccessJournal } from './access-journal.js';
import { accessWatch, leafingThrough } from './access-watch.js';
import { accessWatchMigration } from './access-watch.migration.js';
import { accessJournalMigration } from './journal.migration.js';

const clock = new FakeClock('2016-05-20');
const agent = (rank: number): Subject => ({
  ...{ sub: `rsi:${String(rank)}`, org: 'rsi', role: 'agent', funds: ['13'], account: null, purpose: null, via: [] },
});
const account = (rank: number): string => AccountNumber.make('13', rank).toString();

let fresh: FreshDatabase;
let journal: AccessJournal;
beforeAll(async () => {
  fresh = await freshDatabase([accessJournalMigration, accessWatchMigration], { schema: 'collection' });
  journal = new AccessJournal(fresh.db, clock);
});
afterAll(() => fresh?.close());

/** An agent opens the accounts from one rank to another, on this hour of the test. */
const opens = (subject: Subject, { from, to }: { from: number; to: number }) =>
  journal.record({
    ...{ subject, purpose: 'Réclamation', operation: 'accounts.view', correlation: 'c', outcome: 'shown' },
    accounts: Array.from({ length: to - from + 1 }, (_, rank) => account(from + rank)),
  });
const noticed = async () => (await leafingThrough(fresh.db, clock.now())).map(({ sub, accounts }) => `${sub} ${String(accounts)}`);

describe('I9 — somebody who leafs through accounts', () => {
  beforeEach(() => clock.pass({ days: 1 }));

  it('two hundred accounts in an hour are a long day at a desk; one more is noticed', async () => {
    await opens(agent(1), { from: 1, to: 200 });
    expect(await noticed()).toEqual([]);
    await opens(agent(1), { from: 201, to: 201 });
    expect(await noticed()).toEqual(['rsi:1 201']);
  });

  it('the same account opened again and again is one; what two agents open is not added up', async () => {
    for (let time = 0; time < 3; time += 1) await opens(agent(2), { from: 1, to: 150 });
    await opens(agent(3), { from: 151, to: 300 });
    expect(await noticed()).toEqual([]);
  });

  it('an hour later it is over', async () => {
    await opens(agent(4), { from: 1, to: 201 });
    const anHourLater = new Date(clock.now().getTime() + 3_600_001);
    expect(await leafingThrough(fresh.db, anHourLater)).toEqual([]);
  });

  it('rings once, in the log and in a figure, without the name of the one who does it or of whom they read', async () => {
    const lines: string[] = [];
    let alarms = 0;
    const log = createLogger({ level: 'info', destination: { write: (line: string) => void lines.push(line) } });
    await opens(agent(5), { from: 1, to: 250 });
    const watch = accessWatch({ db: fresh.db, clock, log, metrics: { accessAlarm: () => void (alarms += 1) }, everyMs: 5 });
    watch.start();
    await eventually(() => alarms === 1, { withinMs: 2_000 });
    await opens(agent(6), { from: 1, to: 201 });
    await eventually(() => alarms === 2, { withinMs: 2_000 });
    await watch.stop();
    expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
      expect.objectContaining({ alarm: 'many-accounts-opened', actor: 'rsi-agent', count: 250 }),
      expect.objectContaining({ alarm: 'many-accounts-opened', actor: 'rsi-agent', count: 201 }),
    ]);
    for (const secret of ['rsi:5', account(1), 'Réclamation']) expect(lines.join('\n')).not.toContain(secret);
  });
});
