import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { lineOf, sha256, signedPartOf, toldAmountOf, type MoneyRecord, type OutgoingRecord } from '@isu/contracts';
import { SaidNo, type SystemClient } from '@isu/isu';
import { emptyDatabase, type EmptyDatabase } from '@isu/testing';
import { Money } from '@isu/values';
import pg from 'pg';
import { Books } from './books.js';
import { Listening } from './listening.js';
import { ToldBooks } from './told-books.js';
import { SimulatedUrssaf } from './urssaf.js';

const [theirs, ours] = [generateKeyPairSync('ed25519'), generateKeyPairSync('ed25519')];
const [karim, nadia] = ['1300000000129', '1300000000226'];

/** The other side, as far as a partner sees it: batches to be taken, receipts and balances to be given. */
class OtherSide {
  readonly batches = new Map<string, string[]>();
  readonly receipts = new Map<string, string>();
  readonly balances: string[] = [];
  readonly lost = new Set<string>();
  spoil = (text: string): string => text;

  tell(flow: string, ...records: readonly OutgoingRecord[]): void {
    const before = this.batches.get(flow) ?? [];
    const previous = before.at(-1);
    const header = {
      partner: 'urssaf',
      flow,
      number: before.length + 1,
      businessDate: '2016-05-19',
      createdAt: '2016-05-19T20:00:00.000Z',
    };
    const previousDigest = previous === undefined ? null : digestOf(previous);
    const body = [lineOf({ type: 'header', format: 'isu-batch/1', ...header, previousDigest }), ...records.map(lineOf)].join('');
    const controlTotal = Money.sum(records.map(toldAmountOf)).toString();
    this.batches.set(flow, [...before, body + lineOf({ type: 'trailer', count: records.length, controlTotal, digest: sha256(body) })]);
  }

  get flows() {
    return [...this.batches].map(([flow, batches]) => {
      const isKept = (number: number) => this.receipts.has(`${flow} ${String(number)}`);
      const unacknowledged = batches.flatMap((_, at) => (isKept(at + 1) ? [] : [{ from: at + 1, to: at + 1 }]));
      return { flow, direction: 'out' as const, lastNumber: batches.length, unacknowledged };
    });
  }

  get client(): SystemClient {
    const get = async (path: string) => {
      const [, ofFlow = '', after] = /urssaf\/([a-z-]+)\/batches\?after=(\d+)&limit=1$/.exec(path) ?? [];
      if (after !== undefined) {
        const digest = digestOf(this.batches.get(ofFlow)?.[Number(after)] ?? '');
        return { body: { items: [{ number: Number(after) + 1, businessDate: '2016-05-19', digest, isLost: true }] } };
      }
      const [, flow = '', number] = /urssaf\/([a-z-]+)\/batches\/(\d+)$/.exec(path) ?? [];
      const batches = this.batches.get(flow) ?? [];
      if (this.lost.has(`${flow} ${String(number)}`)) throw new SaidNo(410, { code: 'batch-lost' });
      const text = batches[Number(number) - 1] ?? '';
      const signature = sign(null, Buffer.from(signedPartOf({ text })), theirs.privateKey).toString('base64');
      return { text: this.spoil(text), headers: new Headers({ 'isu-signature': signature }) };
    };
    const ask = async (_: string, path: string, { content, headers }: { content: string; headers: Record<string, string> }) => {
      if (path.endsWith('/balances/batches')) {
        this.balances.push(content);
        return { text: '{}' };
      }
      const [, flow = '', number = ''] = /urssaf\/([a-z-]+)\/batches\/(\d+)\/acknowledgement$/.exec(path) ?? [];
      if (!verify(null, Buffer.from(content), ours.publicKey, Buffer.from(headers['isu-signature'] ?? '', 'base64')))
        throw new SaidNo(422, {});
      this.receipts.set(`${flow} ${number}`, content);
      return { text: '{}' };
    };
    return { get, ask } as unknown as SystemClient;
  }
}
const digestOf = (text: string): string => (JSON.parse(signedPartOf({ text })) as { digest: string }).digest;

let database: EmptyDatabase;
let pool: pg.Pool;
let books: Books;
let told: ToldBooks;
let other: OtherSide;
let listening: Listening;
beforeAll(async () => {
  database = await emptyDatabase();
  pool = new pg.Pool({ connectionString: database.url, max: 2 });
  books = new Books(pool);
  told = new ToldBooks(pool);
  await books.open();
  await told.open();
  other = new OtherSide();
  listening = new Listening({ books: told, client: other.client, key: ours.privateKey, receiptKey: theirs.publicKey });
});
afterAll(async () => {
  await pool?.end();
  await database?.close();
});

const reference = (rank: number): string => `01890a5d-ac96-774b-bcce-${String(rank).padStart(12, '0')}`;
const assessment = (rank: number, account: string, version: number, amounts: Record<string, string>): OutgoingRecord => ({
  ...{
    type: 'assessment',
    reference: reference(rank),
    account,
    year: 2016,
    stage: 'provisional',
    version,
    rules: '2016.1',
    accountingDay: '2016-05-19',
  },
  lines: Object.entries(amounts).map(([code, amount]) => ({ code, base: '1', rate: '1', amount })),
});
const allocation = (
  rank: number,
  event: 'posted' | 'released' | 'reversed',
  payment: string,
  amounts: Record<string, string> = {},
): OutgoingRecord => ({
  ...{ type: 'allocation', reference: reference(rank), account: karim, event, payment },
  lines: Object.entries(amounts).map(([code, amount]) => ({ instalment: '2016-05', year: 2016, code, amount })),
});
const payment = (name: string, amount: string): MoneyRecord => ({
  ...{ type: 'payment', reference: name, account: karim, amount, valueOn: '2016-05-18', means: 'transfer' },
});
const saidIn = (text: string) =>
  text.trimEnd().split('\n').slice(1, -1).map((line) => JSON.parse(line) as Record<string, string>)
    .map(({ account, code, called, paid, remaining }) => [account, code, called, paid, remaining].join(' ')); // prettier-ignore
const listen = (acknowledges = true) => listening.listen(other.flows, { acknowledges });

describe('N5 what the simulated Urssaf is told', () => {
  it('is taken in its order, entered in its books, and acknowledged line by line', async () => {
    other.tell('affiliations', { type: 'affiliation', reference: reference(1), account: karim, event: 'registered' });
    other.tell('assessments', assessment(2, karim, 1, { maladie: '650', cfp: '97' }), assessment(3, nadia, 1, { maladie: '100' }));
    await told.makeStranger(nadia, true);
    await listen();
    expect(JSON.parse(other.receipts.get('assessments 1') ?? '{}')).toMatchObject({
      ...{ format: 'isu-receipt/1', batch: { partner: 'urssaf', flow: 'assessments', number: 1, name: '1' }, count: 2, total: '847' },
      lines: [
        { from: 2, to: 2, outcome: 'posted', count: 1, total: '747' },
        { from: 3, to: 3, outcome: 'refused', reason: 'account-unknown', count: 1, total: '100' },
      ],
    });
    expect([...other.receipts.keys()]).toEqual(['affiliations 1', 'assessments 1']);
  });

  it('gives its books: called by the last version, paid as it was placed, the rest of what it banked as credit', async () => {
    for (const [name, amount] of [['U-1', '300'], ['U-2', '100']] as const) await books.bank(payment(name, amount), '2016-05-18'); // prettier-ignore
    other.tell('assessments', assessment(4, karim, 2, { maladie: '700', cfp: '97' }));
    other.tell(
      'allocations',
      allocation(5, 'posted', 'p-1', { maladie: '150.50', cfp: '97' }),
      allocation(6, 'posted', 'p-2', { maladie: '100' }),
    );
    await listen();
    await listening.writeBalances('2016-05-19', null);
    // 700 − 250,50 and 97 − 97; 400 banked, of which 150,50 + 97 + 100 = 347,50 are placed.
    expect(saidIn(other.balances[0] ?? '')).toEqual([
      `${karim} cfp 97 97 0`,
      `${karim} credit 0 52.50 -52.50`,
      `${karim} maladie 700 250.50 449.50`,
    ]);
    other.tell('allocations', allocation(7, 'reversed', 'p-2'));
    await books.bank(
      { type: 'reversal', reference: 'U-3', reverses: 'U-2', amount: '100', valueOn: '2016-05-19', reason: 'AM04' },
      '2016-05-19',
    );
    await listen();
    await listening.writeBalances('2016-05-20', 1);
    expect(saidIn(other.balances[1] ?? '')).toEqual([`${karim} cfp 97 97 0`, `${karim} credit 0 52.50 -52.50`, `${karim} maladie 700 150.50 549.50`]); // prettier-ignore
    expect(JSON.parse((other.balances[1] ?? '').split('\n', 1)[0] ?? '')).toMatchObject({
      number: 2,
      previousDigest: digestOf(other.balances[0] ?? ''),
    });
  });

  it('F104 S6 counts surcharges as it is told: called less what was taken off, paid as they were placed', async () => {
    const surcharge = { instalment: '2016-02', year: 2016, code: 'majoration-mensuelle' as const };
    const told = { type: 'recovery' as const, account: karim, accountingDay: '2016-05-19' };
    const lines = [{ ...surcharge, base: '700', rate: '0.004', months: 3, from: '2016-02-05', amount: '8.40' }];
    other.tell(
      'recovery',
      { ...told, reference: reference(10), event: 'surcharge-charged', lines, through: '2016-05-04' },
      {
        ...told,
        reference: reference(11),
        event: 'surcharge-cancelled',
        lines: [{ ...surcharge, amount: '2.80' }],
        reason: 'Base rectifiée',
      },
      { ...told, reference: reference(12), event: 'surcharge-remitted', lines: [{ ...surcharge, amount: '1' }], ground: 'director' },
    );
    other.tell('allocations', allocation(13, 'posted', 'p-3', { 'majoration-mensuelle': '2.50' }));
    await listen();
    await listening.writeBalances('2016-05-21', 2);
    // 8,40 − 2,80 − 1 called; the 2,50 that paid of it come out of the credit of 52,50.
    expect(saidIn(other.balances[2] ?? '')).toEqual([
      `${karim} cfp 97 97 0`,
      `${karim} credit 0 50 -50`,
      `${karim} majoration-mensuelle 4.60 2.50 2.10`,
      `${karim} maladie 700 150.50 549.50`,
    ]);
    expect(JSON.parse(other.receipts.get('recovery 1') ?? '{}')).toMatchObject({ count: 3, total: '4.60' });
  });

  it('counts the return of money that was told before its books begin: of a payment that came back nothing is left', async () => {
    await books.adopt({ number: 51, businessDate: '2016-05-18', digest: '', receipt: '' });
    const before = { toldBy: 'urssaf', partnerReference: 'U-0', amount: '80', valueOn: '2016-05-02', means: 'transfer' as const };
    other.tell('allocations', { ...allocation(14, 'posted', 'p-0', { maladie: '80' }), ...before }, allocation(15, 'reversed', 'p-0'));
    await listen();
    await listening.writeBalances('2016-05-22', 3);
    // As before: 80 banked and placed, then neither.
    expect(saidIn(other.balances[3] ?? '')).toEqual(saidIn(other.balances[2] ?? ''));
    expect((await books.movements()).filter(({ record }) => record.type === 'reversal').map(({ record, batch }) => [record.reference, batch])).toContainEqual(['U-0/retour', 51]); // prettier-ignore
  });

  it('takes back what is no longer placed: less paid there, the same money as credit', async () => {
    other.tell('allocations', allocation(16, 'released', 'p-1', { maladie: '40' }));
    await listen();
    await listening.writeBalances('2016-05-23', 4);
    // 150,50 − 40 paid of 700; the credit of 50 is 90.
    expect(saidIn(other.balances[4] ?? '')).toEqual([
      `${karim} cfp 97 97 0`,
      `${karim} credit 0 90 -90`,
      `${karim} majoration-mensuelle 4.60 2.50 2.10`,
      `${karim} maladie 700 110.50 589.50`,
    ]);
  });

  it('S3 of two accounts made one, the money that we banked for the one is the credit of the other, where it is said to stand', async () => {
    await told.makeStranger(nadia, false);
    await books.bank(payment('U-9', '100'), '2016-05-23');
    const money = { toldBy: 'urssaf', partnerReference: 'U-9', amount: '100', valueOn: '2016-05-18', means: 'transfer' as const };
    other.tell('allocations', { ...allocation(17, 'posted', 'p-9', { maladie: '100' }), ...money });
    other.tell('allocations', allocation(18, 'reversed', 'p-9'));
    other.tell('allocations', { ...allocation(19, 'posted', 'p-10', { maladie: '60' }), account: nadia, ...money });
    await listen();
    await listening.writeBalances('2016-05-24', 5);
    const before = saidIn(other.balances[4] ?? '');
    const [ofKarim, ofNadia] = [karim, nadia].map((account) => saidIn(other.balances[5] ?? '').filter((line) => line.startsWith(account)));
    // Of 100 banked, 60 are placed there, on what its books were refused to call; here nothing is left of it.
    expect([ofKarim, ofNadia]).toEqual([before, [`${nadia} credit 0 40 -40`, `${nadia} maladie 0 60 -60`]]);
  });

  it('S9 gives later the receipts that it withheld, the same bytes each time', async () => {
    other.tell('affiliations', {
      type: 'affiliation',
      reference: reference(8),
      account: karim,
      event: 'ended',
      on: '2016-05-19',
      cause: 'cessation',
    });
    await listen(false);
    expect(other.receipts.has('affiliations 2')).toBe(false);
    await listen();
    const first = other.receipts.get('affiliations 2');
    other.receipts.delete('affiliations 2');
    await listen();
    expect([first !== undefined, other.receipts.get('affiliations 2')]).toEqual([true, first]);
  });

  it('R8 passes over a batch that they have lost after a restore of theirs, and takes what follows it', async () => {
    other.tell('incomes-out');
    other.tell('incomes-out');
    other.lost.add('incomes-out 1');
    await listen();
    expect([...other.receipts.keys()].filter((name) => name.startsWith('incomes-out'))).toEqual(['incomes-out 2']);
    expect((await told.told()).filter(({ flow }) => flow === 'incomes-out').map(({ number }) => number)).toEqual([1, 2]);
  });

  it.each<[string, (text: string) => string]>([
    ['another amount', (text) => text.replace('"amount":"11"', '"amount":"12"')],
    ['another end', (text) => text.replace(/"controlTotal":"11"/, '"controlTotal":"12"')],
  ])('takes nothing that was changed on its way: %s', async (_, spoil) => {
    const before = (await told.told()).length;
    if (!other.flows.some(({ flow }) => flow === 'schedules')) {
      const instalments = [
        { id: '2016-06', dueOn: '2016-06-05', means: 'transfer' as const, lines: [{ year: 2016, code: 'cfp', amount: '11' }] },
      ];
      other.tell('schedules', {
        type: 'schedule',
        reference: reference(9),
        account: karim,
        year: 2016,
        version: 1,
        periodicity: 'monthly-5',
        instalments,
      });
    }
    other.spoil = spoil;
    await listen();
    expect((await told.told()).length).toBe(before);
    other.spoil = (text) => text;
  });
});

/** An Urssaf whose batches nobody takes, with books that hold nothing yet. */
async function aloneWith(sent: string[] = []): Promise<SimulatedUrssaf> {
  await pool.query('DELETE FROM batch');
  await pool.query('UPDATE movement SET batch = NULL');
  const client = {
    get: () => Promise.resolve({ body: { lastNumber: 0, resendRequests: [{ from: 1, to: 1 }], gaps: [], items: [] } }),
    ask: (_: string, path: string, { content }: { content: Uint8Array | string }) => {
      if (path.endsWith('/batches')) sent.push(Buffer.from(content as string).toString('utf8'));
      throw new SaidNo(503, { code: 'unavailable' });
    },
  } as unknown as SystemClient;
  const receiptKey = theirs.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  return new SimulatedUrssaf({ books, told, client, key: ours.privateKey, receiptKey, calendar: 'by-hand', netEntreprisesKey: null });
}

describe('N5 a freshness nonce', () => {
  it('is answered over our key with the last number and digest of now: an answer of before proves nothing', async () => {
    const urssaf = await aloneWith();
    const isOurs = ({ text, signature }: { text: string; signature: string }): boolean =>
      verify(null, Buffer.from(text), ours.publicKey, Buffer.from(signature, 'base64'));
    const before = await urssaf.answer('défi-1');
    expect([isOurs(before), JSON.parse(before.text)]).toEqual([true, { nonce: 'défi-1', flow: 'payments', lastNumber: 0, digest: null }]);
    const { number, digest } = await urssaf.writeDay('2016-05-18');
    const now = await urssaf.answer('défi-2');
    expect([isOurs(now), JSON.parse(now.text)]).toEqual([true, { nonce: 'défi-2', flow: 'payments', lastNumber: number, digest }]);
    expect(isOurs({ text: now.text, signature: before.signature })).toBe(false);
  });
});

describe('F49 I5 a batch that the simulated Urssaf loses for good', () => {
  it('leaves its number and its digest: the next one names it and tells again what it told, and no asking brings it back', async () => {
    const sent: string[] = [];
    const urssaf = await aloneWith(sent);
    await books.bank(payment('URS-GONE', '359'), '2016-05-18');

    const gone = await urssaf.writeDay('2016-05-18', { kind: 'gone' });
    expect(gone).toMatchObject({ number: 1, content: null, state: 'withheld', problem: 'perdu ici aussi, attestation ATT-URSSAF/1' });
    const next = await urssaf.writeDay('2016-05-19');
    expect(next).toMatchObject({ number: 2, content: expect.stringContaining(`"previousDigest":"${gone.digest}"`) });
    await urssaf.turn();
    await urssaf.release();
    expect(sent.length).toBeGreaterThan(0);
    expect(new Set(sent)).toEqual(new Set([next.content]));
    expect(next.content).toContain('URS-GONE');
  });
});
