import { instalmentName } from './payments.js';

describe('F31 — an instalment by its name', () => {
  it.each([
    ['2016-05', 'mai 2016'],
    ['2016-Q1', '1er trimestre 2016'],
    ['2016-Q2', '2e trimestre 2016'],
    ['2016-R1', 'versement unique 2016'],
    ['autre', 'autre'],
  ])('%s is %s', (id, name) => {
    expect(instalmentName(id)).toBe(name);
  });
});
