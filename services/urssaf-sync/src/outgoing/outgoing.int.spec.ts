import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { eventually } from '@isu/testing';
import { AnomalyBook } from '../anomalies/anomaly-book.js';
import { canonicalJson, draft, sha256, type Fact, type FactDraft } from '@isu/contracts';
import { Day } from '@isu/values';
import type { JobTurn } from '@isu/chassis';
import { incomesForSections } from '../migrations/0035-incomes-for-sections.js';
import { recovery as recoveryMigration } from '../migrations/0033-recovery.js';
import { Partners } from '../partners/partners.js';
import { ReceiptSigner } from '../receipts/receipt.js';
import { accountOf, cellAgent, operator, partner, Stage, type Answer } from '../urssaf-sync.spec-kit.js';
import { Acknowledgements } from './acknowledgements.js';
import { goOnBehind } from './after-restore.js';
import { BatchWriter } from './batch-writer.js';
import { deliveryWorker } from './delivery-worker.js';
import { latenessWatchJob } from './lateness-watch-job.js';
import { outgoingExchangeJob } from './outgoing-exchange-job.js';

const [karim, nadia] = [accountOf(1), accountOf(2)];
const flow = { partner: 'urssaf', flow: 'affiliations' };
const path = 'flows/urssaf/affiliations';
const stream = `flow/urssaf/affiliations`;
const correlation = '01890000-0000-7000-8000-00000000000e';

let stage: Stage;
let writer: BatchWriter;
let partners: Partners;
beforeAll(async () => {
  stage = await Stage.open('isu_sync_outgoing');
  const variables = stage.variables;
  partners = new Partners(JSON.parse(variables['ISU_PARTNER_KEYS'] ?? '{}') as Record<string, string>);
  writer = new BatchWriter({ context: stage.service.context, signer: new ReceiptSigner(variables['ISU_RECEIPT_KEY'] ?? ''), mostLines: 3 });
});
afterAll(() => stage?.close());

const registered = (account: string): FactDraft =>
  draft({
    ...{ stream: account, type: 'affiliation.registered.v1', effectiveOn: '2016-01-04' },
    data: { group: 'commercant', regime: 'common', startedOn: '2016-01-04', fund: '13', birthYear: 1980 },
  });
const moved = (account: string, fund: string): FactDraft =>
  draft({ stream: account, type: 'affiliation.fund-changed.v1', effectiveOn: '2016-05-01', data: { fund, from: '2016-05-01' } });

/** A date's work without the loop that looks for it. */
const turnOf = (day: string): JobTurn => ({
  date: Day.of(day),
  correlation,
  checkpoint: null,
  signal: new AbortController().signal,
  step: (work) => stage.service.context.db.transaction(work),
  held: () => Promise.resolve(),
});
const tell = (day: string) => outgoingExchangeJob(writer, partners).run(turnOf(day));
const watch = (day: string) => latenessWatchJob({ context: stage.service.context, partners }).run(turnOf(day));
const content = (number: number): Promise<Answer> => stage.ask('GET', `${path}/batches/${String(number)}`);
const linesOf = ({ text }: Answer): Record<string, unknown>[] =>
  text.trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>); // prettier-ignore
const list = async () => (await stage.ask('GET', `${path}/batches`)).json['items'] as unknown as Record<string, unknown>[];
const standing = async (): Promise<Record<string, unknown>> => (await stage.ask('GET', path)).json;

/** The partner's receipt of a batch, line 2 and the following ones as they are given: refused with a reason, or taken. */
async function receiptOf(number: number, refusals: readonly (string | null)[], more: object = {}): Promise<string> {
  const [sent] = (await list()).filter((one) => one['number'] === number);
  const lines = refusals.map((reason, at) => ({
    ...{ from: at + 2, to: at + 2, outcome: reason === null ? 'posted' : 'refused', count: 1, total: '0' },
    ...(reason === null ? {} : { reason }),
  }));
  const batch = { ...flow, number, name: String(number) };
  return canonicalJson({
    ...{ format: 'isu-receipt/1', batch, digest: sent?.['digest'], outcome: 'accepted', count: lines.length, total: '0', lines, ...more },
  });
}
const acknowledge = (number: number, receipt: string, signature: string | null = stage.signedWhole(receipt), claims: object = partner) =>
  stage.ask('POST', `${path}/batches/${String(number)}/acknowledgement`, {
    claims: claims as Record<string, unknown>,
    headers: { 'content-type': 'application/vnd.isu.receipt+json', ...(signature === null ? {} : { 'isu-signature': signature }) },
    body: receipt,
  });
const anomaliesOf = async (account: string) =>
  (await stage.facts(account)).filter(({ type }) => /anomaly/.test(type)).map(({ type, data }) => [type.split('.')[1], data] as const);

describe('N5 F52 what we tell a partner', () => {
  it('is a batch of the day for each flow, numbered from 1, empty if nothing happened', async () => {
    const [heard] = await stage.hear(registered(karim));
    // Six flows, one line.
    expect(await tell('2016-05-19')).toEqual({ lots: 6, lignes: 1 });
    const first = await content(1);
    const [header, line, trailer] = linesOf(first);
    expect(header).toMatchObject({
      type: 'header',
      format: 'isu-batch/1',
      ...flow,
      number: 1,
      businessDate: '2016-05-19',
      previousDigest: null,
    });
    // The year of birth serves rights: it is nobody else's.
    expect(line).toEqual({
      ...{ type: 'affiliation', reference: heard?.id, account: karim, event: 'registered' },
      ...{ group: 'commercant', regime: 'common', startedOn: '2016-01-04', fund: '13' },
    });
    const body = first.text.slice(0, first.text.lastIndexOf('\n', first.text.length - 2) + 1);
    expect(trailer).toEqual({ type: 'trailer', count: 1, controlTotal: '0', digest: sha256(body) });
    expect(stage.isOurs({ ...first, text: first.text.slice(body.length) })).toBe(true);
    expect((await stage.ask('GET', 'flows/urssaf/schedules/batches/1')).text.split('\n')).toHaveLength(3);
  });

  it('names the digest of the batch before, is said on the flow and in the exchange journal, and is the same bytes for ever', async () => {
    const [{ text: first }, [one]] = [await content(1), await list()];
    await stage.hear(registered(nadia), moved(nadia, '26'), moved(karim, '26'));
    expect(await tell('2016-05-20')).toEqual({ lots: 6, lignes: 3 });
    expect(linesOf(await content(2))[0]).toMatchObject({ number: 2, previousDigest: one?.['digest'] });
    // Each account's in the order in which they were said.
    expect(
      linesOf(await content(2))
        .slice(1, -1)
        .map(({ account, event }) => [account, event]),
    ).toEqual([
      [karim, 'fund-changed'],
      [nadia, 'registered'],
      [nadia, 'fund-changed'],
    ]);
    expect((await content(1)).text).toBe(first);
    expect(await stage.typesOf(stream)).toEqual(['batch-sent', 'batch-sent']);
    const journal = await stage.rows(
      `SELECT actor, number, digest, outcome FROM exchange_journal WHERE act = 'batch-sent' AND flow = 'affiliations' ORDER BY id`,
    );
    expect(journal).toEqual(
      (await list()).map(({ number, digest }) => ({ actor: 'isu', number: String(number), digest, outcome: 'offered' })),
    );
  });

  it('R11 a day that was told is not told again, and one before it neither', async () => {
    expect([await tell('2016-05-20'), await tell('2016-05-18')]).toEqual([
      { lots: 0, lignes: 0 },
      { lots: 0, lignes: 0 },
    ]);
  });

  it('R11 dies in the middle and has used no number: the batch that comes after is whole, and chained to the one before', async () => {
    await stage.hear(...['13', '26', '13', '26'].map((fund) => moved(karim, fund)));
    const dying = stage.service.context.db.transaction(async (tx) => {
      await writer.write(tx, flow, { day: '2016-05-21', correlation });
      throw new Error('killed');
    });
    await expect(dying).rejects.toThrow('killed');
    const [, before] = await list();
    // Three lines fit into a batch here: four make two batches of one day, beside the five empty ones of the other flows.
    expect(await tell('2016-05-21')).toEqual({ lots: 7, lignes: 4 });
    expect((await list()).map(({ number, count, businessDate }) => [number, count, businessDate]).slice(2)).toEqual([
      [3, 3, '2016-05-21'],
      [4, 1, '2016-05-21'],
    ]);
    expect(linesOf(await content(3))[0]).toMatchObject({ previousDigest: before?.['digest'] });
  });

  it('two writers at once write one batch after the other, each line once', async () => {
    await stage.hear(...['13', '26', '13', '26'].map((fund) => moved(nadia, fund)));
    const write = () => stage.service.context.db.transaction((tx) => writer.write(tx, flow, { day: '2016-05-22', correlation }));
    const both = await Promise.all([write(), write()]);
    expect(both.map(({ number, lines }) => [number, lines]).sort()).toEqual([[5, 3], [6, 1]]); // prettier-ignore
    const references = (await Promise.all([5, 6].map(content))).flatMap(linesOf).flatMap(({ reference }) => reference ?? []);
    expect(new Set(references).size).toBe(4);
  });

  it('R15 is for its partner alone: nobody else takes the lines, agents see which batches there are', async () => {
    const asked = (claims: object, more = '') =>
      stage.ask('GET', `${path}/batches${more}`, { claims: claims as never }).then(({ status }) => status);
    const other = { sub: 'partner:msa', org: 'partner', role: 'partner-system' };
    expect([await asked(cellAgent), await asked(operator), await asked(other)]).toEqual([200, 200, 404]);
    expect([await asked(cellAgent, '/1'), await asked(operator, '/1'), await asked(other, '/1')]).toEqual([403, 403, 404]);
    expect([await asked(partner, '/99'), await asked(partner, '/0'), await asked(partner, '?limit=0')]).toEqual([404, 404, 400]);
    expect((await stage.ask('GET', 'flows/urssaf/payments/batches')).status).toBe(404);
  });
});

describe('R10 what the partner acknowledges of it', () => {
  it('is asked for until it is there: the flow is complete through the day before the oldest batch without a receipt', async () => {
    expect(await standing()).toMatchObject({
      direction: 'out',
      lastNumber: 6,
      completedThrough: '2016-05-18',
      unacknowledged: [{ from: 1, to: 6, businessDate: '2016-05-19' }],
    });
    const receipt = await receiptOf(1, [null]);
    const answer = await acknowledge(1, receipt);
    expect([answer.status, answer.json]).toEqual([
      201,
      { ...flow, number: 1, digest: (await list())[0]?.['digest'], accepted: 1, refused: 0 },
    ]);
    expect((await stage.facts(stream)).at(-1)).toMatchObject({
      type: 'urssaf-sync.batch-acknowledged.v1',
      data: { number: 1, accepted: 1, refused: 0 },
    });
    expect(await standing()).toMatchObject({
      completedThrough: '2016-05-19',
      unacknowledged: [{ from: 2, to: 6, businessDate: '2016-05-20' }],
    });
  });

  it('R11 R12 the same receipt again changes nothing; another one is refused, and the first stands', async () => {
    const receipt = await receiptOf(1, [null]);
    const before = (await stage.facts(stream)).length;
    expect((await acknowledge(1, receipt)).status).toBe(201);
    const other = await acknowledge(1, await receiptOf(1, ['account-unknown']));
    expect([other.status, other.json['code']]).toEqual([409, 'acknowledgement-conflict']);
    expect((await stage.facts(stream)).length).toBe(before);
    expect(
      (await stage.rows(`SELECT outcome, digest FROM exchange_journal WHERE act = 'receipt-received' ORDER BY id`)).map(
        ({ outcome }) => outcome,
      ),
    ).toEqual(['accepted', 'known', 'receipt-differs']);
    expect((await stage.rows(`SELECT digest FROM exchange_journal WHERE act = 'receipt-received' LIMIT 1`))[0]?.['digest']).toBe(
      createHash('sha256').update(receipt).digest('hex'),
    );
  });

  it.each<[string, () => Promise<[string, string | null | undefined]>, string]>([
    ['without a signature', async () => [await receiptOf(2, [null, null, null]), null], 'signature-missing'],
    ['signed over other bytes', async () => [await receiptOf(2, [null, null, null]), stage.signedWhole('{}')], 'signature-wrong'],
    [
      'of another batch',
      async () => [await receiptOf(2, [null, null, null], { batch: { ...flow, number: 3, name: '3' } }), undefined],
      'other-batch',
    ],
    ['of another content', async () => [await receiptOf(2, [null, null, null], { digest: 'a'.repeat(64) }), undefined], 'digest-differs'],
    ['that lacks a line', async () => [await receiptOf(2, [null, null], { count: 3 }), undefined], 'lines-do-not-add-up'],
    [
      'that jumps over a line',
      async () => [
        await receiptOf(2, [null, null, null], { lines: [{ from: 3, to: 5, outcome: 'posted', count: 3, total: '0' }] }),
        undefined,
      ],
      'lines-do-not-follow',
    ],
    ['of other euros', async () => [await receiptOf(2, [null, null, null], { total: '1' }), undefined], 'control-total-differs'],
    ['that is no receipt', () => Promise.resolve(['[]', undefined]), 'receipt-malformed'],
    ['that is no JSON', () => Promise.resolve(['{"format":', undefined]), 'json-syntax'],
  ])('I8 one %s is refused whole, and only the journal says so', async (_, receipt, code) => {
    const before = await stage.rows('SELECT * FROM outgoing_batch ORDER BY number, flow');
    const [said, signature] = await receipt();
    const { status, json } = await acknowledge(2, said, ...(signature === undefined ? [] : [signature]));
    expect([status, json['code'], (json['errors'] as unknown as { code: string }[])[0]?.code]).toEqual([
      422,
      'acknowledgement-refused',
      code,
    ]);
    expect(await stage.rows('SELECT * FROM outgoing_batch ORDER BY number, flow')).toEqual(before);
    expect((await stage.rows(`SELECT outcome FROM exchange_journal WHERE act = 'receipt-received' ORDER BY id DESC LIMIT 1`))[0]).toEqual({
      outcome: code,
    });
  });

  it('F53 a line that the partner refuses is an anomaly of its account, told again with the next batch, and closed once it is taken', async () => {
    expect((await acknowledge(2, await receiptOf(2, [null, 'account-unknown', 'fund-unknown']))).json).toMatchObject({
      accepted: 1,
      refused: 2,
    });
    expect(await anomaliesOf(nadia)).toMatchObject([
      [
        'anomaly-opened',
        { type: 'unmatched', cause: 'Le partenaire ne connaît pas ce compte : ligne 3 du lot 2 du flux affiliations vers urssaf' },
      ],
      [
        'anomaly-opened',
        { type: 'conflict', cause: 'Le partenaire refuse ce que nous avons dit : ligne 4 du lot 2 du flux affiliations vers urssaf' },
      ],
    ]);
    expect(await tell('2016-05-23')).toEqual({ lots: 6, lignes: 2 });
    expect(linesOf(await content(7)).slice(1, -1).map(({ account, event }) => [account, event])).toEqual([[nadia, 'registered'], [nadia, 'fund-changed']]); // prettier-ignore
    // One is taken now, the other refused again: no second anomaly.
    await acknowledge(7, await receiptOf(7, [null, 'fund-unknown']));
    expect((await anomaliesOf(nadia)).map(([type]) => type)).toEqual(['anomaly-opened', 'anomaly-opened', 'anomaly-closed']);
    expect((await anomaliesOf(nadia)).at(-1)?.[1]).toMatchObject({
      settledBy: 'Réglé par constat : urssaf a pris la ligne, redite dans le lot 7',
    });
  });

  it('F53 N5 a batch is opened line by line: taken, withdrawn and told again, awaited; by agents of the caisse that holds the account', async () => {
    const opened = async (number: number, claims: object, more = '') =>
      (await stage.ask('GET', `${path}/batches/${String(number)}/lines${more}`, { claims: claims as never })).json as unknown as {
        batch: object;
        items: { line: number; account: string; tells: string; outcome: string; reason: string | null; toldAgainIn: number | null }[];
        next: number | null;
      };
    // Both have moved to Lyon.
    const lyon = { ...cellAgent, sub: 'cell:2', funds: ['26'] };
    const { batch, items, next } = await opened(2, lyon);
    expect([batch, next]).toMatchObject([{ number: 2, count: 3, accepted: 1, refused: 2, isLost: false }, null]);
    expect(items).toEqual([
      { line: 2, account: karim, tells: 'affiliation.fund-changed.v1', outcome: 'accepted', reason: null, toldAgainIn: null },
      { line: 3, account: nadia, tells: 'affiliation.registered.v1', outcome: 'withdrawn', reason: 'account-unknown', toldAgainIn: 7 },
      { line: 4, account: nadia, tells: 'affiliation.fund-changed.v1', outcome: 'withdrawn', reason: 'fund-unknown', toldAgainIn: null },
    ]);
    const page = await opened(2, lyon, '?after=2&limit=1');
    expect([page.items.map(({ line }) => line), page.next]).toEqual([[3], 3]);
    expect((await opened(3, lyon)).items.map(({ outcome }) => outcome)).toEqual(['awaited', 'awaited', 'awaited']);
    // Refused twice, it was withdrawn from two batches.
    expect((await opened(7, lyon)).items.map(({ outcome }) => outcome)).toEqual(['accepted', 'withdrawn']);
    expect((await opened(2, cellAgent)).items).toEqual([]);
    expect((await stage.ask('GET', `${path}/batches/2/lines`, { claims: partner })).status).toBe(403);
    expect((await stage.ask('GET', `${path}/batches/99/lines`, { claims: lyon })).json['code']).toBe('unknown-batch');
  });

  it('N5 a batch without a receipt is sent again at once when somebody asks for it; one that has its receipt is not', async () => {
    const due = () =>
      stage.rows(`SELECT number::int AS number FROM outgoing_batch WHERE flow = 'affiliations' AND number = 3 AND next_try_at <= now()`);
    await stage.rows(`UPDATE outgoing_batch SET next_try_at = now() + interval '1 day', attempts = 9 WHERE flow = 'affiliations'`);
    expect(await due()).toEqual([]);
    const again = (number: number) => stage.ask('POST', `${path}/batches/${String(number)}/sendings`, { claims: cellAgent });
    expect([(await again(3)).status, await due()]).toEqual([200, [{ number: 3 }]]);
    const [last] = await stage.rows(`SELECT act, number::int AS number, outcome FROM exchange_journal ORDER BY id DESC LIMIT 1`);
    expect(last).toEqual({ act: 'batch-sent', number: 3, outcome: 'asked-again' });
    expect((await again(2)).json['code']).toBe('batch-acknowledged');
  });

  it('an operator may carry a receipt in, another partner may not', async () => {
    const receipt = await receiptOf(3, [null, null, null]);
    const other = { sub: 'partner:msa', org: 'partner', role: 'partner-system' };
    expect([
      (await acknowledge(3, receipt, stage.signedWhole(receipt), other)).status,
      (await acknowledge(3, receipt, stage.signedWhole(receipt), operator)).status,
    ]).toEqual([404, 201]);
  });
});

describe('S9 F53 what is late', () => {
  it('a receipt that does not come is said once on the flow, and its batches are sent again at once', async () => {
    await stage.rows(`UPDATE outgoing_batch SET next_try_at = 'infinity' WHERE flow = 'affiliations'`);
    // On 24 May the batches of 22 May and before are due: 4, 5 and 6 lack their receipt, 7 has it.
    await watch('2016-05-24');
    await watch('2016-05-25');
    expect((await stage.facts(stream)).filter(({ type }) => /acknowledgement-late/.test(type)).map(({ data }) => data)).toEqual([
      { from: 4, to: 6, businessDate: '2016-05-21' },
    ]);
    expect((await list()).filter(({ lateSince }) => lateSince !== null).map(({ number, lateSince }) => [number, lateSince])).toEqual([[4, '2016-05-24'], [5, '2016-05-24'], [6, '2016-05-24']]); // prettier-ignore
    expect(
      await stage.rows(
        `SELECT number::int AS number FROM outgoing_batch WHERE flow = 'affiliations' AND next_try_at <= now() ORDER BY number`,
      ),
    ).toEqual([{ number: 4 }, { number: 5 }, { number: 6 }]);
    expect((await standing())['incidents']).toMatchObject([{ kind: 'late', subject: '4-6', reasons: ['receipt-awaited'] }]);
  });

  it('a flow that a partner does not keep is said once until it moves, and asked for', async () => {
    const lateOf = async () =>
      (await stage.facts('flow/urssaf/payments')).filter(({ type }) => /flow-late/.test(type)).map(({ data }) => data);
    // Watched twice above: payments of 20 May, a Friday, are due on Tuesday 24 May; it never began.
    expect(await lateOf()).toEqual([{ awaitedThrough: '2016-05-20' }]);
    const asked = await stage.rows(`SELECT outcome FROM exchange_journal WHERE act = 'resend-requested' AND flow = 'payments'`);
    expect(asked).toEqual([{ outcome: 'late through 2016-05-20' }]);
  });
});

describe('N5 a partner that has an address', () => {
  it('is brought each batch in its order, again until its receipt is there, with the same bytes and signature', async () => {
    const carried: { number: number; text: string; signature: string }[] = [];
    let isOut = true;
    const server = createServer((request, response) => {
      // Carried half-way when the worker stops, a batch is nothing.
      const answered = text(request).then(async (body) => {
        if (request.url !== '/isu/flows/affiliations/batches') return response.writeHead(404).end();
        const number = Number((JSON.parse(body.slice(0, body.indexOf('\n'))) as { number: number }).number);
        carried.push({ number, text: body, signature: String(request.headers['isu-signature']) });
        if (isOut) return response.writeHead(503).end();
        const receipt = await receiptOf(number, linesOf({ text: body } as Answer).slice(1, -1).map(() => null)); // prettier-ignore
        return response.writeHead(201, { 'isu-signature': stage.signedWhole(receipt) }).end(receipt);
      });
      answered.catch(() => undefined);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const { context } = stage.service;
    const acknowledgements = new Acknowledgements({ context, partners, book: new AnomalyBook(context) });
    const worker = deliveryWorker({ context, acknowledgements, addresses: { urssaf: `http://127.0.0.1:${String(port)}/isu` } }, 20);
    try {
      worker.start();
      await eventually(() => carried.length >= 3);
      isOut = false;
      await stage.rows(`UPDATE outgoing_batch SET next_try_at = now()`);
      await eventually(async () => (await standing())['completedThrough'] === '2016-05-23', { withinMs: 20_000 });
    } finally {
      await worker.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
    expect([...new Set(carried.map(({ number }) => number))]).toEqual([4, 5, 6]);
    for (const { number, text: sent, signature } of carried) {
      const ours = await content(number);
      expect([ours.text, ours.headers.get('isu-signature')]).toEqual([sent, signature]);
    }
    // What another flow has no receipt for is tried again later, and says why.
    expect(await stage.rows(`SELECT DISTINCT last_problem FROM outgoing_batch WHERE last_problem LIKE 'http%'`)).toEqual([
      { last_problem: 'http-404' },
    ]);
  });
});

describe('R8 after this service was restored from an old backup', () => {
  it('no number that a partner holds is given to other content: the flow goes on behind what was sent', async () => {
    const sent = (number: number, digest: string) =>
      ({
        type: 'urssaf-sync.batch-sent.v1',
        subject: stream,
        ...{ time: '2016-05-25T20:00:00.000Z', correlation },
        data: { number, digest, count: 1, total: '0', businessDate: '2016-05-25' },
      }) as Fact;
    const written = await stage.service.context.db.transaction(async (tx) => {
      await goOnBehind(tx, [sent(41, 'b'.repeat(64)), sent(40, 'a'.repeat(64))]);
      // What is behind already stays there.
      await goOnBehind(tx, [sent(39, 'c'.repeat(64))]);
      return writer.write(tx, flow, { day: '2016-05-26', correlation });
    });
    expect(written.number).toBe(42);
    expect(linesOf(await content(42))[0]).toMatchObject({ number: 42, previousDigest: 'b'.repeat(64) });
  });

  it('what was sent since the backup is said to be lost, not unknown and not awaited: its partner goes on behind it, and may acknowledge it', async () => {
    const [status, code] = await content(41).then((answer) => [answer.status, answer.json['code']]);
    expect([status, code]).toEqual([410, 'batch-lost']);
    const lost = (await list()).filter(({ isLost }) => isLost);
    expect(lost.map(({ number, digest }) => [number, digest])).toEqual([
      [39, 'c'.repeat(64)],
      [40, 'a'.repeat(64)],
      [41, 'b'.repeat(64)],
    ]);
    expect((await standing())['unacknowledged']).toEqual([{ from: 42, to: 42, businessDate: '2016-05-26' }]);
    await watch('2016-05-31');
    expect((await list()).filter(({ lateSince }) => lateSince !== null).map(({ number }) => number)).toEqual([42]);
    // It took the line before we forgot that we had said it; told again, it is a word that it knows.
    expect((await acknowledge(41, await receiptOf(41, [null]))).json).toMatchObject({ number: 41, accepted: 1, refused: 0 });
    expect((await list()).find(({ number }) => number === 41)).toMatchObject({ isLost: true, accepted: 1 });
  });
});

describe('N5 F104 surcharges for lateness', () => {
  const part = (amount: string) => [{ instalment: '2016-02', year: 2016, code: 'majoration-mensuelle' as const, amount }];
  const charged = (months: number, amount: string): FactDraft =>
    draft({
      ...{ stream: karim, type: 'collection.surcharge-charged.v1', effectiveOn: '2016-05-18' },
      data: {
        lines: [{ ...part(amount)[0]!, base: '1000', rate: '0.004', months, from: '2016-02-05' }],
        ...{ through: '2016-05-04', accountingDay: '2016-05-18' },
      },
    });
  const takenOff = (type: 'collection.surcharge-cancelled.v1' | 'collection.surcharge-remitted.v1', amount: string): FactDraft =>
    draft({
      ...{ stream: karim, type, effectiveOn: '2016-05-19' },
      data: {
        lines: part(amount),
        accountingDay: '2016-05-19',
        ...(type.includes('cancelled') ? { reason: 'Argent reçu avant' } : { ground: 'director' }),
      },
    } as FactDraft);
  const recovery = (number: number): Promise<Answer> => stage.ask('GET', `flows/urssaf/recovery/batches/${String(number)}`);

  it('are told as they are notified, taken back and given up; those too that were applied before there was a flow', async () => {
    await stage.hear(
      charged(3, '12'),
      takenOff('collection.surcharge-cancelled.v1', '4'),
      takenOff('collection.surcharge-remitted.v1', '3.20'),
    );
    // As a release before this one left it: the facts are here, and nothing waits.
    await stage.rows(`DELETE FROM outgoing_line WHERE flow = 'recovery'`);
    await stage.rows('DELETE FROM account_touch');
    await stage.rows(recoveryMigration.sql);
    expect(await stage.rows('SELECT stream FROM account_touch')).toEqual([{ stream: karim }]);
    const before = (await stage.ask('GET', 'flows/urssaf/recovery')).json['lastNumber'] as unknown as number;
    await tell('2016-05-27');
    const lines = linesOf(await recovery(before + 1));
    expect(lines.slice(1, -1).map(({ type, account, event }) => [type, account, event])).toEqual([
      ['recovery', karim, 'surcharge-charged'],
      ['recovery', karim, 'surcharge-cancelled'],
      ['recovery', karim, 'surcharge-remitted'],
    ]);
    // 12 − 4 − 3,20
    expect(lines.at(-1)).toMatchObject({ count: 3, controlTotal: '4.80' });
  });
});

describe('N5 F70 incomes of the professions libérales, to their pension sections', () => {
  const [lea, marc] = [accountOf(51), accountOf(52)];
  const liberal = (account: string): FactDraft =>
    draft({
      ...{ stream: account, type: 'affiliation.registered.v1', effectiveOn: '2016-01-04' },
      data: { group: 'profession-liberale', regime: 'common', startedOn: '2016-01-04', fund: '13' },
    });
  const recorded = (account: string, amount: string): FactDraft =>
    draft({
      ...{ stream: account, type: 'collection.income-recorded.v1', effectiveOn: '2016-05-20' },
      data: { year: 2015, amount, kind: 'declared', source: 'net-entreprises', declaredOn: '2016-05-18' },
    });
  const sections = (number: number) =>
    stage.ask('GET', `flows/cnavpl/incomes-out/batches/${String(number)}`, { claims: { ...partner, sub: 'partner:cnavpl' } });
  const told = async (number: number) => linesOf(await sections(number)).slice(1, -1).map(({ account, amount }) => [account, amount]); // prettier-ignore

  it('are told at the end of the month, within which they are recorded, and of nobody else', async () => {
    await stage.hear(liberal(lea), registered(marc));
    await stage.hear(recorded(lea, '31000'), recorded(marc, '12000'));
    await tell('2016-05-30');
    expect((await sections(1)).status).toBe(404);
    await tell('2016-05-31');
    expect(await told(1)).toEqual([[lea, '31000']]);
    expect(linesOf(await sections(1))[0]).toMatchObject({ partner: 'cnavpl', flow: 'incomes-out', number: 1, businessDate: '2016-05-31' });
  });

  it('are told from before too once somebody is of that group; and those that were there before there was such a flow', async () => {
    await stage.hear(
      draft({
        ...{ stream: marc, type: 'affiliation.status-changed.v1', effectiveOn: '2016-06-01' },
        data: { group: 'profession-liberale', regime: 'common', from: '2016-06-01' },
      }),
    );
    await tell('2016-06-30');
    expect(await told(2)).toEqual([[marc, '12000']]);
    await stage.rows(`DELETE FROM outgoing_line WHERE partner = 'cnavpl'`);
    await stage.rows(incomesForSections.sql);
    expect(await stage.rows(`SELECT account FROM outgoing_line WHERE partner = 'cnavpl' ORDER BY account`)).toEqual([{ account: lea }, { account: marc }]); // prettier-ignore
  });
});
