import fc from 'fast-check';
import { FactPen, seededRandom } from './fact-pen.spec-kit.js';
import { foldFlows, NotAFlow } from './flows.js';
import { disturbed } from './draws.spec-kit.js';
import { ForkedFacts } from './taken-facts.js';

const payments = 'flow/urssaf/payments';
const digest = '0'.repeat(64);

const accepted = (pen: FactPen, number: number, businessDate = '2016-05-18') =>
  pen.write('urssaf-sync.batch-accepted.v1', { number, digest, count: 2, total: '692', businessDate, toBeMatched: 0 });
const gap = (pen: FactPen, from: number, to: number) => pen.write('urssaf-sync.gap-opened.v1', { from, to });
const completed = (pen: FactPen, date: string, number: number) => pen.write('urssaf-sync.completed-through.v1', { date, number });

/** Batches 1, 2, then 6: 3 to 5 are missing; 4 comes, so nothing is complete after the 2nd. */
function gappedFlow(): FactPen {
  const pen = new FactPen(payments, seededRandom(3));
  accepted(pen, 1, '2016-05-11');
  completed(pen, '2016-05-11', 1);
  accepted(pen, 2, '2016-05-12');
  completed(pen, '2016-05-12', 2);
  accepted(pen, 6);
  gap(pen, 3, 5);
  accepted(pen, 4, '2016-05-16');
  return pen;
}

describe('I5 — what we hold of a partner flow, and what is missing', () => {
  it('knows the last number, how far the flow is complete, and the numbers still missing', () => {
    expect(foldFlows(gappedFlow().facts)).toEqual({
      [payments]: {
        lastNumber: 6,
        completedThrough: '2016-05-12',
        openGaps: [
          { from: 3, to: 3 },
          { from: 5, to: 5 },
        ],
        givenUp: [],
        vector: { 'urssaf-sync': 7 },
      },
    });
  });

  it('closes a gap when its last number is closed or accepted', () => {
    const pen = gappedFlow();
    pen.write('urssaf-sync.gap-closed.v1', { number: 3 });
    accepted(pen, 5);
    expect(foldFlows(pen.facts)[payments]?.openGaps).toEqual([]);
  });

  it('I5 waits no more for what was given up, keeps naming it, and forgets it when it comes after all', () => {
    const pen = gappedFlow();
    for (const number of [3, 5]) pen.write('urssaf-sync.gap-closed.v1', { attestation: 'ATT-1', number });
    gap(pen, 7, 8);
    for (const number of [8, 7]) pen.write('urssaf-sync.gap-closed.v1', { attestation: 'ATT-2', number });
    const { openGaps, givenUp } = foldFlows(pen.facts)[payments] ?? {};
    expect([openGaps, givenUp]).toEqual([[], [{ from: 3, to: 3 }, { from: 5, to: 5 }, { from: 7, to: 8 }]]); // prettier-ignore
    accepted(pen, 5);
    expect(foldFlows(pen.facts)[payments]?.givenUp).toEqual([{ from: 3, to: 3 }, { from: 7, to: 8 }]); // prettier-ignore
  });

  it('counts a number once when two gaps hold it, and opens again what is missed again', () => {
    const pen = gappedFlow();
    gap(pen, 2, 4);
    expect(foldFlows(pen.facts)[payments]?.openGaps).toEqual([
      { from: 2, to: 4 },
      { from: 5, to: 5 },
    ]);
  });

  it('holds a gap of a million numbers as easily as one', () => {
    const pen = new FactPen(payments);
    gap(pen, 2, 1_000_001);
    accepted(pen, 500_000);
    expect(foldFlows(pen.facts)[payments]?.openGaps).toEqual([
      { from: 2, to: 499_999 },
      { from: 500_001, to: 1_000_001 },
    ]);
  });

  it('keeps flows apart, and knows one of which nothing was accepted yet', () => {
    const incomes = new FactPen('flow/urssaf/incomes', seededRandom(4));
    incomes.write('urssaf-sync.batch-refused.v1', { digest, reasons: ['signature'] });
    const flows = foldFlows([...incomes.facts, ...gappedFlow().facts]);
    expect(Object.keys(flows)).toEqual(['flow/urssaf/incomes', payments]);
    expect(flows['flow/urssaf/incomes']).toEqual({
      lastNumber: null,
      completedThrough: null,
      openGaps: [],
      givenUp: [],
      vector: { 'urssaf-sync': 1 },
    });
  });

  it('I4: does not depend on the order of the facts nor on repetitions', () => {
    const { facts } = gappedFlow();
    fc.assert(fc.property(fc.integer(), (seed) => expect(foldFlows(disturbed(facts, seededRandom(seed)))).toEqual(foldFlows(facts))));
  });

  it('counts what stands behind a hole only once the hole is filled', () => {
    const { facts } = gappedFlow();
    const behindAHole = foldFlows(facts.filter((fact) => fact.seq !== 3));
    expect(behindAHole[payments]).toEqual({
      lastNumber: 1,
      completedThrough: '2016-05-11',
      openGaps: [],
      givenUp: [],
      vector: { 'urssaf-sync': 2 },
    });
  });

  it('refuses facts of an account, and a fork', () => {
    const opened = new FactPen('1300001234517').write('collection.account-opened.v1', { openedOn: '2016-01-04' });
    expect(() => foldFlows([opened])).toThrow(NotAFlow);
    const [one, other] = [1, 2].map((seed) => accepted(new FactPen(payments, seededRandom(seed)), 1));
    expect(() => foldFlows([one!, other!])).toThrow(ForkedFacts);
  });
});
