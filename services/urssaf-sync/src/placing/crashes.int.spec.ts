import { eventually } from '@isu/testing';
import { v7 } from 'uuid';
import type { FailpointName } from '../failpoints.js';
import { accountOf, batchOf, payment, Stage } from '../urssaf-sync.spec-kit.js';

const accounts = Array.from({ length: 40 }, (_, rank) => accountOf(rank + 1));
let stage: Stage;
let last: { number: number; digest: string | null } = { number: 0, digest: null };

beforeAll(async () => {
  stage = await Stage.open('isu_sync_crashes');
  await stage.register(...accounts);
});
afterAll(() => stage?.close());

/** Enough lines for two chunks: the first one holds a hundred. */
function nextBatch(lines = 130) {
  const number = last.number + 1;
  const records = Array.from({ length: lines }, (_, rank) => payment(`${String(number)}-${String(rank)}`, accounts[rank % 40] ?? ''));
  const batch = batchOf(number, records, { previous: last.digest });
  last = { number, digest: batch.digest };
  return { number, batch, lines };
}

const reportedOf = async (number: number): Promise<number> => {
  const [row] = await stage.rows(
    `SELECT count(*)::int AS n FROM fact WHERE type = 'urssaf-sync.payment-reported.v1' AND envelope->'data'->>'batch' = $1`,
    [String(number)],
  );
  return Number(row?.['n']);
};

describe('I3 I10 a process that dies while it takes a batch', () => {
  it.each<FailpointName>(['received', 'staged', 'parsed', 'signature-checked'])(
    'at "%s", before it said yes: nothing is there, and the batch sent again is taken',
    async (name) => {
      const { batch, number, lines } = nextBatch();
      stage.failpoints.crashAt(name);
      expect((await stage.send(batch)).status).toBe(500);
      expect(await reportedOf(number)).toBe(0);
      const answer = await stage.send(batch);
      expect(answer.json).toMatchObject({ count: lines, lines: [{ outcome: 'posted', count: lines }] });
      expect(await reportedOf(number)).toBe(lines);
    },
  );

  it.each<FailpointName>(['accepted', 'deduplicated', 'placed-before-commit', 'receipt-signed'])(
    'at "%s", behind it: the worker finishes, each payment once',
    async (name) => {
      const { batch, number, lines } = nextBatch();
      stage.failpoints.crashAt(name, { times: 1 });
      expect((await stage.send(batch)).status).toBe(500);
      await eventually(async () => (await stage.ask('GET', `flows/urssaf/payments/batches/${String(number)}/receipt`)).status === 200, {
        withinMs: 30_000,
      });
      expect(await reportedOf(number)).toBe(lines);
      expect((await stage.send(batch)).json).toMatchObject({ lines: [{ from: 2, outcome: 'posted', count: lines }] });
      expect(await reportedOf(number)).toBe(lines);
    },
  );

  it('stopped between two chunks and started again, it goes on where it stood', async () => {
    const { batch, number, lines } = nextBatch(230);
    const { held, release } = stage.failpoints.holdAt('placed-before-commit');
    const sending = stage.send(batch);
    await held;
    const stopping = stage.service.stop();
    release();
    await Promise.all([sending.catch(() => null), stopping]);
    await stage.start();
    await eventually(async () => (await stage.ask('GET', `flows/urssaf/payments/batches/${String(number)}/receipt`)).status === 200, {
      withinMs: 30_000,
    });
    expect(await reportedOf(number)).toBe(lines);
  });
});

describe('R11 several at once', () => {
  it('the same batch ten times at once: one receipt, each payment once', async () => {
    const { batch, number, lines } = nextBatch();
    const answers = await Promise.all(Array.from({ length: 10 }, () => stage.send(batch)));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers.every(({ status }) => status === 201)).toBe(true);
    expect(await reportedOf(number)).toBe(lines);
  });

  it('two batches of a flow at once, the later one first perhaps: both are placed, no gap is left', async () => {
    const [one, two] = [nextBatch(), nextBatch()];
    const answers = await Promise.all([stage.send(two.batch), stage.send(one.batch)]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    expect([await reportedOf(one.number), await reportedOf(two.number)]).toEqual([one.lines, two.lines]);
    expect((await stage.ask('GET', 'flows/urssaf/payments')).json).toMatchObject({
      lastNumber: two.number,
      gaps: [],
      completedThrough: '2016-05-19',
    });
  });

  it('two contents under one number at once: one stands, the other is a conflict', async () => {
    const number = last.number + 1;
    const [one, other] = ['1', '2'].map((amount) =>
      batchOf(number, [payment(`${String(number)}-0`, accounts[0] ?? '', { amount })], { previous: last.digest }),
    );
    const answers = await Promise.all([stage.send(one!), stage.send(other!)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(await reportedOf(number)).toBe(1);
  });

  it('R13 lines of an arrival whose process died are swept away; those of one under way are left alone', async () => {
    const [old, recent] = [v7({ msecs: Date.now() - 2 * 3_600_000 }), v7()];
    await stage.rows(`INSERT INTO staged_run SELECT intake, 1, 1, '[]' FROM unnest($1::uuid[]) AS intake`, [[old, recent]]);
    await eventually(async () => (await stage.rows('SELECT 1 FROM staged_run')).length === 1);
    expect(await stage.rows('DELETE FROM staged_run RETURNING intake')).toEqual([[{ intake: recent }], 1]);
  });

  it('R10 no receipt can be written before each line has its outcome, whichever release of ours would write it', async () => {
    const early = `INSERT INTO batch (partner, flow, number, name, digest, business_date, count, total, intake, correlation, accepted_at)
      SELECT partner, flow, 999, '999', digest, business_date, 3, total, gen_random_uuid(), correlation, now() FROM batch LIMIT 1`;
    const writing = stage.service.context.db.transaction(async (tx) => {
      await tx.query(early);
      await tx.query(`UPDATE batch SET receipt = '{}' WHERE number = 999`);
    });
    await expect(writing).rejects.toThrow('once each line has its outcome');
    expect(await stage.rows('SELECT 1 FROM batch WHERE number = 999')).toEqual([]);
  });

  it('R13 nothing is left over', async () => {
    expect(await stage.rows('SELECT 1 FROM staged_run LIMIT 1')).toEqual([]);
    expect(await stage.rows('SELECT 1 FROM batch WHERE receipt IS NULL')).toEqual([]);
  });
});
