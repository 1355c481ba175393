import { eventually, personas } from '@isu/testing';
import { BatchSender, onePayment, rightFiles, secretPayments, spoiltFiles } from './hostile-files.js';
import { RunningSystem } from './running-system.js';
import { rsi, TwoOrganisations } from './two-organisations.js';

/**
 * The failure of 2008, seven ways: Urssaf holds money that the RSI does not know of. Each way meets the next instalment of one account.
 * While it lasts nobody is told « no », and agents of both organisations are told why; afterwards both books are equal, without a hand.
 */
let system: RunningSystem;
let both: TwoOrganisations;

beforeAll(async () => {
  system = await RunningSystem.start({ today: '2016-02-01', partner: 'by-hand' });
  both = new TwoOrganisations(system);
  await both.begin('2016-02-01');
}, 120_000);
afterAll(() => system?.remove());

/** Urssaf, left to itself, sends again what has no receipt. */
async function heals(): Promise<void> {
  await both.sendsAgain('on');
  await both.areEqual();
  await both.sendsAgain('off');
}

/** What Urssaf knows of what it sent: which batches have no receipt, and what it was told instead. */
async function withoutReceipt(): Promise<unknown[]> {
  const { batches } = await both.books();
  return batches.flatMap(({ state, problem }) => (state === 'acknowledged' ? [] : [[state, problem]]));
}

/** What went amiss last with what was sent: the watch says on its own time that a day is late. */
const lastAmiss = async () => (await both.flow()).incidents.find(({ kind }) => kind !== 'late');

describe('F49 I5 S1 the founding failure, seven ways', () => {
  it('S9 the link is cut for three weeks: both say that they wait for the flow, and what waited comes in its order', async () => {
    await both.urssaf('link', { link: 'cut' });
    await both.pay('2016-04-05');
    for (const day of ['2016-04-05', '2016-04-15', '2016-04-25']) await both.send(day);
    await both.live('2016-04-26'); // 5 April + 21 days
    await both.bothAreTold('flow-incomplete');
    expect([await withoutReceipt(), (await both.flow()).isLate]).toEqual([Array(3).fill(['ready', null]), true]);
    // The watch of that day asks for what its calendar awaits: the last bank day whose batch is due, Friday 22 April.
    const late = [{ kind: 'late', subject: '2016-04-22', reasons: ['batch-awaited'] }];
    await eventually(async () => (await both.flow()).incidents.length > 0, { withinMs: 60_000 });
    await both.urssaf('link', { link: 'open' });
    await heals();
    expect(await both.flow()).toMatchObject({ completedThrough: '2016-04-25', isLate: false, gaps: [], incidents: late });
  });

  it('the file is lost: the next number shows the gap, and it is asked for again', async () => {
    await both.pay('2016-05-05');
    const { number } = await both.send('2016-05-05', { misbehaviour: 'lost' });
    await both.live('2016-05-12');
    await both.send('2016-05-11');
    await both.bothAreTold('flow-gap');
    expect([await withoutReceipt(), (await both.flow()).resendRequests]).toEqual([
      [['withheld', null]],
      [{ from: number, to: number, askedOn: '2016-05-12' }],
    ]);
    await heals();
  });

  it('the file is cut: refused whole with its fault, which both sides show', async () => {
    await both.pay('2016-06-06');
    await both.live('2016-06-13');
    const { number } = await both.send('2016-06-06', { misbehaviour: 'cut', atByte: '250' });
    await both.bothAreTold('flow-incomplete');
    expect(await withoutReceipt()).toEqual([['refused', 'line-cut']]);
    expect(await lastAmiss()).toMatchObject({
      kind: 'refused',
      reasons: expect.arrayContaining([expect.stringContaining('line-cut')]),
    });
    await heals();
    expect((await both.flow()).lastNumber).toBe(number);
  });

  it('the file comes twice while collection is down: one payment in transit for both, then one payment posted', async () => {
    await both.pay('2016-07-05');
    await both.live('2016-07-07');
    await both.turn('collection', 'stop');
    const { state, receipt } = await both.send('2016-07-05', { misbehaviour: 'doubled' });
    const shown = await both.bothAreTold('payment-in-transit', ['benefits', 'urssaf-sync']);
    expect(shown.map(({ inTransit }) => inTransit)).toEqual(['356', '356']);
    expect([state, JSON.parse(receipt ?? '{}')]).toMatchObject([
      'acknowledged',
      { lines: [{ from: 2, to: 2, outcome: 'posted', count: 1, total: '356' }] },
    ]);
    await both.turn('collection', 'start');
    await heals();
  });

  it('the file is refused for its signature: both sides show it, and the money is not forgotten', async () => {
    await both.pay('2016-08-05');
    await both.live('2016-08-12');
    await both.send('2016-08-05', { misbehaviour: 'bad-signature' });
    await both.bothAreTold('flow-incomplete');
    expect(await withoutReceipt()).toEqual([['refused', 'signature-wrong']]);
    expect(await lastAmiss()).toMatchObject({ kind: 'refused', reasons: [expect.stringContaining('signature-wrong')] });
    await heals();
  });

  it('the file comes 45 days late: what followed it counts already, and it is posted at its own value date', async () => {
    await both.pay('2016-09-05');
    await both.send('2016-09-05', { misbehaviour: 'late' });
    await both.live('2016-10-20'); // 5 September + 45 days
    await both.pay('2016-10-05');
    await both.send('2016-10-19');
    await both.bothAreTold('flow-gap');
    expect(await withoutReceipt()).toEqual([['withheld', null]]);
    await both.urssaf('sendings');
    await heals();
  });

  it('R12 Urssaf is restored from yesterday: what it told stands, what it tells otherwise is a conflict, and it finds its place again', async () => {
    await both.pay('2016-11-07');
    await both.live('2016-11-09');
    const { number } = await both.send('2016-11-08');
    await both.urssaf('restorations', { asOf: '2016-11-06' });
    await both.live('2016-12-12');
    await both.pay('2016-12-05');
    expect((await both.send('2016-12-05')).number).toBe(number);
    await both.bothAreTold('flow-incomplete');
    expect(await withoutReceipt()).toEqual([['refused', 'number-with-other-content']]);
    expect(await lastAmiss()).toMatchObject({
      ...{ kind: 'conflict', subject: String(number), reasons: ['number-with-other-content'] },
    });
    await heals();
    expect((await both.flow()).lastNumber).toBe(number + 1);
  });
});

/** On the same system, once it is whole again: every class of file of a partner that is not what it should be (docs/failures.md). */
describe('N5 R10 hostile files of a partner, through the whole system', () => {
  let sender: BatchSender;
  let [nadia, ended] = ['', ''];

  beforeAll(async () => {
    [nadia, ended] = [await both.affiliate(personas.nadia, '69'), await both.affiliate(personas.jean, '29')];
    const json = { on: '2016-12-01', cause: 'cessation', reason: 'Essai' };
    await both.client.post(`/api/affiliation/v1/insured-persons/${ended}/end-of-activity`, { as: rsi, json });
    await both.client.post('/api/collection/v1/accounting-days/2016-12-09/close', { as: { role: 'operator' } });
    await eventually(async () => (await Promise.all([both.views(nadia), both.views(ended)])).length === 2, {
      withinMs: 30_000,
      everyMs: 150,
    });
    sender = await BatchSender.of(both.client, system.folder);
    // The days of ten months are closed first, beside their jobs: half a minute on a busy machine.
  }, 120_000);

  it.each(rightFiles)('%s: each line has its outcome', async (_, records, words) => {
    expect(await sender.send(sender.next(records(nadia, ended)))).toMatchObject({ status: 201, words });
  });

  it('R11 one file in two hands at once: one receipt for both, to the byte, and again when it was lost', async () => {
    const batch = sender.next([onePayment('H-9', nadia, { amount: '2' })]);
    const [one, other] = await Promise.all([sender.send(batch), sender.deliver({ content: batch.text })]);
    expect([one?.status, other?.status, other?.text, await sender.receipt()]).toEqual([201, 201, one?.text, one?.text]);
  });

  it('moves no money but what was right: each view of Nadia holds it once, and nothing in a day that was closed', async () => {
    const expected = ['1 posted', '12.34 posted', '12.34 posted', '15 posted', '2 posted', '20 reversed'];
    await eventually(
      async () => {
        const views = await both.views(nadia);
        for (const { book } of views) expect(book.payments.map(({ amount, state }) => `${amount} ${state}`).sort()).toEqual(expected);
        expect(new Set(views.map(({ fingerprint }) => fingerprint)).size).toBe(1);
        const days = views.flatMap(({ book }) => book.payments.map(({ posted }) => posted?.accountingDay ?? ''));
        expect(days.filter((day) => day <= '2016-12-09')).toEqual([]);
        for (const { book } of await both.views(ended)) expect(book.payments).toMatchObject([{ amount: '8', state: 'posted' }]);
        return true;
      },
      { withinMs: 30_000, everyMs: 150 },
    );
  });

  /** The money of Nadia in each view, and how far the flow has come. Which debts it pays is our own jobs' affair, who may be placing credit meanwhile. */
  const held = async () => [
    (await both.views(nadia)).map(({ book }) => book.payments.map(({ amount, state }) => `${amount} ${state}`)),
    (await both.flow()).lastNumber,
  ];

  it.each(spoiltFiles)('I8 a file %s: refused whole with its fault, no money moved, nothing said back', async (_, spoil, code) => {
    const before = await held();
    const { status, words, text } = await sender.deliver(spoil(sender.next(secretPayments(nadia)).text));
    expect([status, words]).toEqual([422, expect.arrayContaining([code])]);
    expect(text).not.toMatch(/SECRET|185057800608436/);
    expect(await held()).toEqual(before);
  });
});
