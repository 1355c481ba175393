import { randomUUID } from 'node:crypto';
import { draft, type FactDraft } from '@isu/contracts';
import { eventually } from '@isu/testing';
import { accountOf, batchOf, operator, payment, reversal, Stage } from '../urssaf-sync.spec-kit.js';

const people = [1, 2, 3].map(accountOf);
const [karim = '', nadia = ''] = people;

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open('isu_sync_rebuild');
  await stage.register(...people);
});
afterAll(() => stage?.close());

const said = { effectiveOn: '2016-05-18' } as const;
const part = { instalment: '2016-02', year: 2016, code: 'majoration-mensuelle' as const };
const history: FactDraft[] = [
  draft({
    ...{ ...said, stream: karim, type: 'collection.assessed.v1' },
    data: {
      ...{ year: 2016, stage: 'provisional', version: 1, rules: '2016.1', accountingDay: '2016-05-18' },
      lines: [{ code: 'maladie', base: '10000', rate: '0.065', amount: '650' }],
    },
  }),
  draft({
    ...{ ...said, stream: karim, type: 'collection.surcharge-charged.v1' },
    data: {
      lines: [{ ...part, base: '650', rate: '0.004', months: 2, from: '2016-02-05', amount: '5.20' }],
      ...{ through: '2016-04-04', accountingDay: '2016-05-18' },
    },
  }),
  draft({
    ...{ ...said, stream: nadia, type: 'collection.payment-posted.v1' },
    data: {
      ...{ paymentId: randomUUID(), amount: '40', valueOn: '2016-05-18', means: 'transfer', accountingDay: '2016-05-18' },
      ...{ allocations: [{ instalment: '2016-05', year: 2016, code: 'cfp', amount: '30' }], credit: '10' },
    },
  }),
];

/** Every row that is derived, but for when it was: the clock goes on. */
const derived = async () => ({
  fingerprints: await stage.rows('SELECT stream, fold, vector::text, facts, fingerprint FROM account_fingerprint ORDER BY stream'),
  balances: await stage.rows('SELECT account, year, code, called::text, paid::text FROM our_balance ORDER BY account, year, code'),
  known: await stage.rows('SELECT account FROM known_account ORDER BY account'),
});
const folded = () => eventually(async () => (await stage.rows('SELECT 1 FROM account_touch LIMIT 1')).length === 0, { withinMs: 15_000 });

async function rebuild(): Promise<unknown> {
  const run = await stage.ask('POST', 'jobs/rebuild-urssaf-sync/runs', {
    claims: operator,
    headers: { 'idempotency-key': randomUUID(), 'content-type': 'application/json' },
    body: JSON.stringify({ date: '2016-05-20' }),
  });
  const path = `jobs/rebuild-urssaf-sync/runs/${String(run.json['id'])}`;
  return eventually(
    async () => {
      const { json } = await stage.ask('GET', path, { claims: operator });
      return (json['state'] as unknown) === 'done' && json['figures'];
    },
    { withinMs: 15_000 },
  );
}

describe('R16 I4 what is derived from facts alone', () => {
  it('is dropped and comes back from the facts, byte for byte, whatever had become of it; nothing else is touched', async () => {
    const first = batchOf(1, [payment('A-1', karim), payment('A-2', nadia, { amount: '77' })]);
    await stage.send(first);
    await stage.send(batchOf(2, [reversal('A-3', 'A-1')], { previous: first.digest }));
    await stage.hear(...history);
    await folded();
    const [before, everything] = [await derived(), await stage.everything()];
    expect([before.fingerprints.length, before.known.length]).toEqual([3, 3]);
    // 650 of the assessment and 5,20 of lateness; 30 placed and 10 on nothing.
    expect(before.balances.map(({ account, code, called, paid }) => [account, code, called, paid])).toEqual([
      [karim, 'majoration-mensuelle', '5.20', '0.00'],
      [karim, 'maladie', '650.00', '0.00'],
      [nadia, 'credit', '0.00', '10.00'],
      [nadia, 'cfp', '0.00', '30.00'],
    ]);

    await stage.rows('DELETE FROM account_fingerprint');
    await stage.rows('DELETE FROM our_balance WHERE account = $1', [karim]);
    await stage.rows('DELETE FROM known_account WHERE account = $1', [nadia]);
    // And what never came from a fact.
    await stage.rows(`UPDATE our_balance SET paid = paid + 1`);
    await stage.rows('INSERT INTO known_account VALUES ($1)', [accountOf(9)]);
    expect(await rebuild()).toEqual({ 'comptes repris de leurs faits': 3 });
    await folded();
    expect([await derived(), await stage.everything()]).toEqual([before, everything]);
  });
});
