import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, FakeClock, freshDatabase, silentLogger, type FreshDatabase } from '@isu/testing';
import { Day } from '@isu/values';
import { letterWorker } from './letters.js';
import type { OutgoingMessage } from './outgoing-message.js';
import { outgoingMessageMigration } from './outgoing-message.migration.js';
import { OutgoingMessages } from './outgoing-messages.js';
import { FolderOfLetters } from './print-port.js';

const account = '1300001234507';
const letter: OutgoingMessage = {
  ...{ account, kind: 'notice', channel: 'letter', subject: 'Pénalité de déclaration tardive', documents: [], correlation: null },
  ...{ text: 'Madame, Monsieur,\n\nVos cotisations sont fixées à 11 227,00 €.', writtenOn: Day.of('2016-09-01') },
};

let database: FreshDatabase;
let messages: OutgoingMessages;
let clock: FakeClock;
beforeEach(async () => {
  database = await freshDatabase([outgoingMessageMigration]);
  clock = new FakeClock('2016-09-01');
  messages = new OutgoingMessages(database.db, clock);
});
afterEach(() => database?.close());

/** As if so many seconds had passed by the database's clock, which nobody moves: that of the process counts for nothing here. */
const pass = (seconds: number) => database.db.query('UPDATE outgoing_message SET next_at = next_at - make_interval(secs => $1)', [seconds]);

const stateOf = async (): Promise<string[]> => (await messages.of(account)).map(({ state }) => state);

describe('F19 I10 — what a decision tells leaves at least once, under one id', () => {
  it('is given out again when nobody said what became of it for a minute', async () => {
    const [id] = await messages.write(database.db.manager, [letter]);
    expect((await messages.take('letter', 5)).map((message) => message.id)).toEqual([id]);
    await pass(58);
    clock.pass({ days: 400 });
    expect(await messages.take('letter', 5)).toEqual([]);
    await pass(2);
    expect(await messages.take('letter', 5)).toMatchObject([{ id, attempts: 2, language: 'fr' }]);
    expect(await messages.take('email', 5)).toEqual([]);
  });

  it('put off, it waits longer each time; delivered once, it stays delivered', async () => {
    const [id = ''] = await messages.write(database.db.manager, [letter]);
    await messages.take('letter', 5);
    // After one attempt, 2 × 2 seconds.
    await messages.settle(id, { state: 'put-off', failure: 'ESMTP' });
    await pass(2);
    expect(await messages.take('letter', 5)).toEqual([]);
    await pass(2);
    expect(await messages.take('letter', 5)).toHaveLength(1);
    await messages.settle(id, { state: 'delivered' });
    await messages.settle(id, { state: 'failed', failure: 'late' });
    expect(await stateOf()).toEqual(['delivered']);
    expect(await messages.settle('01890000-0000-4000-8000-000000000001', { state: 'delivered' })).toBe(false);
  });
});

describe('letters through the print port', () => {
  it('each is one PDF and one line of the index, and waits while nobody can say where it goes', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'isu-letters-'));
    const [id = ''] = await messages.write(database.db.manager, [letter]);
    let address: readonly string[] | null = null;
    const asked: string[] = [];
    const addressOf = async (of: string) => {
      asked.push(of);
      return address;
    };
    const worker = letterWorker({ messages, port: new FolderOfLetters(folder), addressOf, log: silentLogger, everyMs: 5 });
    worker.start();
    await eventually(() => asked.length > 0, { withinMs: 5_000 });
    expect([asked[0], await stateOf(), readdirSync(folder)]).toEqual([account, ['waiting'], []]);
    address = ['Karim Ouali', '3 rue des Écoles, 94000 Créteil'];
    await pass(60);
    await eventually(async () => (await stateOf())[0] === 'delivered', { withinMs: 5_000 });
    await worker.stop();

    expect(
      readFileSync(join(folder, `${id}.pdf`))
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
    const index = readFileSync(join(folder, 'index.ndjson'), 'utf8').trim().split('\n');
    expect(index.map((line) => JSON.parse(line) as object)).toEqual([
      { id, account, kind: 'notice', writtenOn: '2016-09-01', file: `${id}.pdf` },
    ]);
    // Handed over again, as after a kill between printing and telling: nothing more.
    await new FolderOfLetters(folder).print({ id, account, kind: 'notice', writtenOn: '2016-09-01', pdf: Buffer.from('other') });
    expect(readdirSync(folder).sort()).toEqual([`${id}.pdf`, 'index.ndjson'].sort());
  });
});
