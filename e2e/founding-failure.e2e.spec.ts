import { RunningSystem } from './running-system.js';
import { TwoOrganisations } from './two-organisations.js';

/**
 * The failure of 2008, seven ways: Urssaf holds money that the RSI does not know of. Each way meets the next instalment of one account.
 * While it lasts nobody is told « no », and agents of both organisations are told why; afterwards both books are equal, without a hand.
 */
let system: RunningSystem;
let both: TwoOrganisations;

beforeAll(async () => {
  system = await RunningSystem.start({ today: '2016-02-01', partner: 'on' });
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

describe('F49 I5 S1 the founding failure, seven ways', () => {
  it('S9 the link is cut for three weeks: both say that they wait for the flow, and what waited comes in its order', async () => {
    await both.urssaf('link', { link: 'cut' });
    await both.pay('2016-04-05');
    for (const day of ['2016-04-05', '2016-04-15', '2016-04-25']) await both.send(day);
    await both.live('2016-04-26'); // 5 April + 21 days
    await both.bothAreTold('flow-incomplete');
    expect([await withoutReceipt(), (await both.flow()).isLate]).toEqual([Array(3).fill(['ready', null]), true]);
    await both.urssaf('link', { link: 'open' });
    await heals();
    expect(await both.flow()).toMatchObject({ completedThrough: '2016-04-25', isLate: false, gaps: [], incidents: [] });
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
    expect((await both.flow()).incidents[0]).toMatchObject({
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
    expect((await both.flow()).incidents[0]).toMatchObject({ kind: 'refused', reasons: [expect.stringContaining('signature-wrong')] });
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
    expect((await both.flow()).incidents[0]).toMatchObject({
      ...{ kind: 'conflict', subject: String(number), reasons: ['number-with-other-content'] },
    });
    await heals();
    expect((await both.flow()).lastNumber).toBe(number + 1);
  });
});
