import { createHash } from 'node:crypto';
import { eventually } from '@isu/testing';
import { Money } from '@isu/values';
import { accountOf, payment, Stage } from '../urssaf-sync.spec-kit.js';

/** Six chunks, the first one small; `large-batch.soak.spec.ts` asks for the 100 000 lines of a great day. */
const count = Number(process.env['ISU_TEST_BATCH_LINES'] ?? '5000');
const people = count / 5;
let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open('isu_sync_large');
  await stage.service.context.db.query('INSERT INTO known_account SELECT unnest($1::text[])', [
    Array.from({ length: people }, (_, rank) => accountOf(rank)),
  ]);
});
afterAll(() => stage?.close());

const header = {
  ...{ type: 'header', format: 'isu-batch/1', partner: 'urssaf', flow: 'payments', number: 1, businessDate: '2016-05-19' },
  ...{ previousDigest: null, createdAt: '2016-05-19T18:00:00Z' },
};

/** The lines of the batch, never all at once. */
function* lines(): Generator<string> {
  yield `${JSON.stringify(header)}\n`;
  for (let rank = 0; rank < count; rank += 1) {
    const more = { amount: Money.cents(10_000 + rank).toString(), bankReference: `SEPA-${String(rank)}` };
    yield `${JSON.stringify(payment(`U-${String(rank)}`, accountOf(rank % people), more))}\n`;
  }
}

function trailerOf(): string {
  const hash = createHash('sha256');
  for (const line of lines()) hash.update(line);
  const total = Money.cents((10_000 + 10_000 + count - 1) * (count / 2)).toString();
  return `${JSON.stringify({ type: 'trailer', count, controlTotal: total, digest: hash.digest('hex') })}\n`;
}

async function* bytesOf(trailer: string): AsyncGenerator<Uint8Array> {
  let part = '';
  for (const line of lines()) {
    part += line;
    if (part.length < 65_536) continue;
    yield Buffer.from(part);
    part = '';
  }
  yield Buffer.from(part + trailer);
}

describe(`a batch of ${String(count)} lines`, () => {
  it('F49 N5 is placed line by line in flat memory, its first payments seen long before its last', async () => {
    const trailer = trailerOf();
    const rest = process.memoryUsage.rss();
    let peak = 0;
    const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 20);
    const [startedAt, cpuBefore] = [performance.now(), process.cpuUsage()];
    const sending = stage.send({ text: trailer }, { body: bytesOf(trailer) });
    const [[first, seenThen]] = await Promise.all([
      eventually(
        async () => {
          const [row] = await stage.rows('SELECT count(*)::int AS n FROM fact');
          const seen = Number(row?.['n']);
          return seen > 0 && [performance.now() - startedAt, seen];
        },
        { withinMs: 120_000 },
      ),
      sending,
    ]);
    const answer = await sending;
    const lastMs = performance.now() - startedAt;
    const { user, system } = process.cpuUsage(cpuBefore);
    clearInterval(watch);

    expect(answer.json).toMatchObject({ outcome: 'accepted', count, lines: [{ from: 2, to: count + 1, outcome: 'posted', count }] });
    expect(await stage.rows('SELECT count(*)::int AS n FROM fact')).toEqual([{ n: count + 2 }]);
    expect(await stage.rows('SELECT count(*)::int AS n FROM staged_run')).toEqual([{ n: 0 }]);
    expect(seenThen).toBeLessThan(count);
    const growth = Math.round((peak - rest) / 1024 / 1024);
    expect(growth).toBeLessThanOrEqual(300);
    process.stdout.write(
      `${String(count)} lines: ${String(Math.round(count / (lastMs / 1000)))} lines/s to the last fact, first fact after ${String(Math.round(first ?? 0))} ms, RSS +${String(growth)} MiB, ${((user + system) / 1e6).toFixed(1)} s of this process's CPU\n`,
    );
  }, 240_000);
});
