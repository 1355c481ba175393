import { price } from '../calculate.js';
import { readSituation } from '../reading.js';

const taxOf = (activity: string, incomeTaxOption: boolean) =>
  price(readSituation({ year: 2016, status: 'micro-entrepreneur', activity, turnover: '15000', incomeTaxOption }))
    .lines.find(({ code }) => code === 'versement-liberatoire')
    ?.amount.toString();

describe('CGI art. 151-0 — versement libératoire of 15 000 € of turnover', () => {
  it.each([
    ['sales, 1 %', 'vente', '150'],
    ['commercial services, 1.70 %', 'services-commerciaux', '255'],
    ['craft services, 1.70 %', 'services-artisanaux', '255'],
    ['liberal, 2.20 %', 'bnc', '330'],
    ['CIPAV, 2.20 %', 'bnc-cipav', '330'],
  ])('%s', (_, activity, owed) => expect(taxOf(activity, true)).toBe(owed));

  it('is not there without the option', () => {
    expect(taxOf('vente', false)).toBeUndefined();
  });
});
