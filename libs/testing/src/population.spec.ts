import { describe, expect, it } from '@jest/globals';
import { Day, Iban, Money, Nir, Siret } from '@isu/values';
import { personas } from './personas.js';
import { demoPopulation } from './population.js';

const people = demoPopulation();

describe('The people of the tests and of the demo, all invented', () => {
  it.each(people.map((person) => [person.key, person] as const))(
    '%s has numbers with right keys, days and amounts that exist',
    (_, person) => {
      expect(Nir.of(person.nir).isProvisional).toBe(false);
      expect(person.nir.slice(7, 10)).toBe('990');
      expect(Iban.of(person.iban).toString()).toMatch(/^FR\d\d99999/);
      expect(Siret.of(person.siret).toString()).toMatch(/^000/);
      expect(Day.of(person.bornOn).plusYears(16).isBefore(Day.of(person.startedOn))).toBe(true);
      expect(Object.keys(person.incomes).every((year) => year >= person.startedOn.slice(0, 4))).toBe(true);
      expect(Object.values(person.incomes).every((income) => Money.of(income).isPositive)).toBe(true);
      expect(person.fund === '29').toBe(person.group === 'profession-liberale');
    },
  );

  it('are fifty, begin with the five named ones, and share no number and no name', () => {
    expect(people.slice(0, 5).map(({ key }) => key)).toEqual(Object.keys(personas));
    for (const number of ['key', 'nir', 'iban', 'siret', 'email'] as const)
      expect(new Set(people.map((person) => person[number])).size).toBe(50);
  });

  it('are the same on each run, and others with another seed', () => {
    expect(demoPopulation()).toEqual(people);
    expect(demoPopulation({ seed: 1 }).slice(5)).not.toEqual(people.slice(5));
  });

  it('meet every trouble of the demo and every calendar', () => {
    const seen = (what: (person: (typeof people)[number]) => string) => new Set(people.map(what));
    expect(seen(({ payment }) => payment)).toEqual(new Set(['on-time', 'late', 'partial', 'stopped', 'overpaid', 'debit-returned']));
    expect(seen(({ periodicity }) => JSON.stringify(periodicity)).size).toBe(3);
    expect(seen(({ group }) => group).size).toBe(3);
    expect(people.some(({ startedOn }) => startedOn.startsWith('2015'))).toBe(true);
    expect(people.filter(({ startedOn }) => startedOn.startsWith('2016')).length).toBeGreaterThan(1);
  });
});
