import { Money } from '@isu/values';
import { readSituation } from './reading.js';
import { incomeForNet, simulate } from './simulator.js';

const trader = readSituation({ year: 2016, status: 'commercant', stage: 'definitive', income: '26000' });
const gross = readSituation({ year: 2026, status: 'commercant', stage: 'definitive', grossIncome: '40000' });
const micro = readSituation({ year: 2016, status: 'micro-entrepreneur', turnover: '20000', activity: 'vente' });

describe('N7 — the simulator is the calculator', () => {
  it('F45: 26 000 € of 2016 cost 12 087, of which 1 020 are not deducted: earned 37 067, left 24 980', () => {
    const { breakdown, beforeContributions, net } = simulate(trader);
    expect([breakdown.total, beforeContributions, net].map(String)).toEqual(['12087', '37067', '24980']);
  });

  it('a gross income of 2026 is told before contributions: 40 000 − 12 420', () => {
    expect(simulate(gross).net.toString()).toBe('27580');
  });

  it('a turnover too: 20 000 − 2 700', () => expect(simulate(micro).net.toString()).toBe('17300'));

  it.each([
    ['24 980 of 2016', trader, '24980', '26000'],
    ['17 300 of a micro-entrepreneur', micro, '17300', '20000'],
    ['nothing, of a micro-entrepreneur', micro, '0', '0'],
  ])('N7: from the net wanted back to the income: %s', (_, situation, net, income) => {
    const found = incomeForNet(situation, Money.of(net));
    expect(found.declared.atMost(Money.of(income))).toBe(true);
    expect(found.net.atLeast(Money.of(net))).toBe(true);
  });

  // By exhaustion: the whole-euro declarations in order, until one leaves enough.
  it.each([
    ['2016', trader, [0, 3000], [0, 100, 1777, 2500]],
    ['2026, where the rate of sickness climbs', gross, [32000, 37000], [23000, 24000, 25000]],
    ['2026, in the climb of family allowances', gross, [69000, 78000], [48000, 49500, 50000]],
  ])('N7: is the smallest declaration that is enough, %s', (_, situation, [from, to], wanted) => {
    if (from === undefined || to === undefined) throw new Error('a range has two ends');
    const nets = Array.from(
      { length: to - from },
      (__, i) =>
        simulate(
          situation.status !== 'micro-entrepreneur' && situation.earnings.kind === 'gross-income'
            ? { ...situation, earnings: { kind: 'gross-income', grossIncome: Money.euros(from + i) } }
            : ({ ...situation, earnings: { kind: 'income', income: Money.euros(from + i) } } as typeof trader),
        ).net.cents,
    );
    for (const euros of wanted) {
      const first = nets.findIndex((cents) => cents >= euros * 100);
      expect(first).toBeGreaterThanOrEqual(from === 0 ? 0 : 1);
      expect([euros, incomeForNet(situation, Money.euros(euros)).declared.toString()]).toEqual([euros, `${from + first}`]);
    }
  });

  it('refuses a flat year, which no income changes', () => {
    const flat = readSituation({ year: 2016, status: 'commercant', stage: 'flat-first-year' });
    expect(() => incomeForNet(flat, Money.euros(1000))).toThrow(expect.objectContaining({ code: 'unknown-stage' }));
  });
});
