import type { MoneyRecord, WrittenBatch } from '@isu/contracts';
import { accountOf, batchOf, cellAgent, payment, reversal, Stage } from '../urssaf-sync.spec-kit.js';

const [karim, nadia, sophie, stranger] = [accountOf(1), accountOf(2), accountOf(3), accountOf(900)];
const stream = 'flow/urssaf/payments';
let stage: Stage;
let last: { number: number; digest: string | null } = { number: 0, digest: null };

beforeAll(async () => {
  stage = await Stage.open('isu_sync_money');
  await stage.register(karim, nadia, sophie);
});
afterAll(() => stage?.close());

async function place(...records: MoneyRecord[]): Promise<readonly { outcome: string; reason?: string; total: string }[]> {
  const batch: WrittenBatch = batchOf(last.number + 1, records, { previous: last.digest });
  last = { number: last.number + 1, digest: batch.digest };
  return (await stage.send(batch)).json['lines'] as never;
}

const status = async (reference: string): Promise<unknown> =>
  (await stage.ask('GET', `partner-references/${reference}/status`)).json['status'];

describe('R4 what makes two lines the same money', () => {
  it('two payments of the same amount and day both count', async () => {
    expect(await place(payment('A-1', karim), payment('A-2', karim))).toMatchObject([{ outcome: 'posted', count: 2 }]);
    expect((await stage.facts(karim)).length).toBe(2);
  });

  it('the same reference with the same content, in another batch, is nothing new', async () => {
    expect(await place(payment('A-1', karim))).toMatchObject([{ outcome: 'duplicate', reason: 'same-reference' }]);
    expect((await stage.facts(karim)).length).toBe(2);
  });

  it('R12 S13 the same reference with other content: the original stands, its status can be asked, the conflict shows on the flow and the account, no money moves', async () => {
    expect(await place(payment('A-1', karim, { amount: '1' }), payment('A-1', karim, { amount: '1' }))).toMatchObject([
      { outcome: 'conflict', reason: 'reference-with-other-content', count: 2 },
    ]);
    expect(await stage.typesOf(karim)).toEqual(['payment-reported', 'payment-reported', 'anomaly-opened']);
    expect((await stage.facts(stream)).find(({ type }) => type.includes('conflict'))?.data).toMatchObject({
      subject: 'A-1',
      kind: 'payment',
    });
    expect(await status('A-1')).toBe('conflict');
  });

  it('one bank reference from one partner may be two payments', async () => {
    expect(
      await place(payment('B-1', nadia, { bankReference: 'COTISATIONS' }), payment('B-2', nadia, { bankReference: 'COTISATIONS' })),
    ).toMatchObject([{ outcome: 'posted', count: 2 }]);
  });
});

describe('F81 S2 money whose owner is not known is kept', () => {
  it.each([
    ['an account that nobody registered', stranger],
    ['an account number with a wrong key', '1300000000199'],
    ['something that is no account', 'DUPONT & FILS'],
  ])('%s', async (name, account) => {
    expect(await place(payment(`C-${name}`, account, { amount: '3' }))).toMatchObject([
      { outcome: 'to-be-matched', reason: 'account-unknown', total: '3' },
    ]);
    expect(await status(encodeURIComponent(`C-${name}`))).toBe('in-transit');
  });

  it('shows page by page, to those who look for its owner', async () => {
    const first = (await stage.ask('GET', 'to-be-matched?limit=2', { claims: cellAgent })).json as unknown as {
      items: unknown[];
      next: string;
    };
    const rest = (await stage.ask('GET', `to-be-matched?limit=2&after=${first.next}`, { claims: cellAgent })).json as unknown as {
      items: unknown[];
      next: null;
    };
    expect([first.items.length, rest.items.length, rest.next]).toEqual([2, 1, null]);
    expect((await stage.ask('GET', 'to-be-matched')).status).toBe(403);
  });

  it('a reversal of it waits with it; both are told when the account is registered, the payment first', async () => {
    expect(await place(reversal('C-back', `C-an account that nobody registered`, { amount: '3' }))).toMatchObject([
      { outcome: 'to-be-matched', total: '-3' },
    ]);
    await stage.register(stranger);
    const [told, undone] = await stage.facts(stranger);
    expect([told?.type, undone?.type]).toEqual(['urssaf-sync.payment-reported.v1', 'urssaf-sync.reversal-reported.v1']);
    expect((undone?.data as { reportedFact: string }).reportedFact).toBe(told?.id);
  });
});

describe('F49 reversals', () => {
  it('one that comes before its payment waits, visibly, and follows it', async () => {
    expect(await place(reversal('D-back', 'D-1'))).toMatchObject([
      { outcome: 'to-be-matched', reason: 'payment-awaited', total: '-1234.56' },
    ]);
    expect((await stage.ask('GET', 'to-be-matched', { claims: cellAgent })).text).toContain('"reverses":"D-1"');
    expect(await place(payment('D-1', sophie))).toMatchObject([{ outcome: 'posted' }]);
    expect(await stage.typesOf(sophie)).toEqual(['payment-reported', 'reversal-reported']);
  });

  it('in one batch, before or behind its payment', async () => {
    expect(await place(reversal('E-back', 'E-1'), payment('E-1', sophie), payment('F-1', sophie), reversal('F-back', 'F-1'))).toMatchObject(
      [
        { outcome: 'to-be-matched', count: 1 },
        { outcome: 'posted', count: 3, total: '1234.56' },
      ],
    );
    expect((await stage.typesOf(sophie)).filter((type) => type === 'reversal-reported').length).toBe(3);
  });

  it('the same again is nothing new; a second one of the same payment is refused', async () => {
    expect(await place(reversal('F-back', 'F-1'), reversal('F-again', 'F-1'))).toMatchObject([
      { outcome: 'duplicate' },
      { outcome: 'refused', reason: 'already-reversed' },
    ]);
    expect(await status('F-again')).toBe('refused');
  });

  it('I8 smaller or larger than its payment is refused, and opens an anomaly; of a payment that nobody knows, it waits', async () => {
    expect(await place(payment('G-1', sophie), reversal('G-back', 'G-1', { amount: '1' }))).toMatchObject([
      { outcome: 'posted' },
      { outcome: 'refused', reason: 'amount-differs', total: '-1' },
    ]);
    const others = [reversal('G-more', 'G-1', { amount: '1234.57' }), reversal('G-nobody', 'G-404', { amount: '1234.56' })];
    expect(await place(...others)).toMatchObject([
      { outcome: 'refused', reason: 'amount-differs', total: '-1234.57' },
      { outcome: 'to-be-matched', reason: 'payment-awaited', total: '-1234.56' },
    ]);
    expect((await stage.typesOf(sophie)).at(-1)).toBe('anomaly-opened');
  });
});

it('R10 for every batch, the outcomes add up to its lines and cents', async () => {
  const wrong = await stage.rows(
    `SELECT b.number FROM batch b LEFT JOIN line_outcome o USING (partner, flow, number) GROUP BY b.partner, b.flow, b.number
     HAVING coalesce(sum(o.last_line - o.first_line + 1), 0) <> b.count OR coalesce(sum(o.total), 0) <> b.total`,
  );
  expect(wrong).toEqual([]);
  expect(await status('never-heard-of')).toBe('unknown');
});
