import { ageText, instalmentName } from './payments.js';

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

describe('F49 — the age of money on its way', () => {
  it.each([
    ['2016-05-20', 'depuis aujourd’hui'],
    ['2016-05-19', 'depuis hier'],
    ['2016-04-30', 'depuis 20 jours'],
  ])('received on %s and seen on 20 May 2016: %s', (since, text) => {
    expect(ageText(since, '2016-05-20')).toBe(text);
  });
});
