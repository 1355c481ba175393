import { price } from '../calculate.js';
import { readSituation } from '../reading.js';

const amountFor = (income: string, curps: string | null, year = 2016) =>
  price(readSituation({ year, status: 'profession-liberale', stage: 'definitive', income, curps }))
    .lines.find(({ code }) => code === 'curps')
    ?.amount.toString();

describe('CSP L. 4031-4 — CURPS 2016, at most 0.50 % of the PASS (193.08)', () => {
  it.each([
    ['a physician owes 0.50 %: 38 400 gives 192', '38400', 'medecin', '192'],
    ['38 500 gives 192.50', '38500', 'medecin', '193'],
    ['and never more than 193', '60000', 'medecin', '193'],
    ['a midwife owes 0.30 %: 26 000 gives 78', '26000', 'autres', '78'],
    ['a midwife under the cap: 64 166 gives 192.50', '64166', 'autres', '192'],
    ['a midwife at the cap', '64500', 'autres', '193'],
    ['a dentist owes 0.30 %: 30 000 gives 90', '30000', 'chirurgien-dentiste', '90'],
    ['nothing on a loss', '-5000', 'medecin', '0'],
  ])('%s', (_, income, profession, owed) => expect(amountFor(income, profession)).toBe(owed));

  it('is owed by conventioned health professions only', () => {
    expect(amountFor('26000', null)).toBeUndefined();
  });

  it('2018: 0.10 % for the others (unsure date)', () => {
    expect(amountFor('26000', 'autres', 2018)).toBe('26');
  });
});
