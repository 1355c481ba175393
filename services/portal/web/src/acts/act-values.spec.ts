import { describe, expect, it } from '@jest/globals';
import type { ActFieldShape } from './act-field.js';
import { bodyOf, missingIn, startOf } from './act-values.js';

const fields: readonly ActFieldShape[] = [
  { name: 'amount', kind: 'amount', label: 'Revenu' },
  { name: 'year', kind: 'select', label: 'Année', isNumber: true },
  { name: 'phone', kind: 'text', label: 'Téléphone', isOptional: true, emptyIsNone: true },
  { name: 'naf', kind: 'text', label: 'NAF', isOptional: true },
  { name: 'accepted', kind: 'yes-no', label: 'Décision' },
  { name: 'read', kind: 'tick', label: 'J’ai lu', isAsked: true },
];

describe('what a form says', () => {
  it('sends amounts, numbers and decisions as the wire has them, leaves out what was left empty, takes away what was emptied', () => {
    const typed = { amount: '26 000,50', year: '2016', phone: ' ', naf: '', accepted: 'no', read: true };
    expect(bodyOf(fields, typed)).toEqual({ amount: '26000.50', year: 2016, phone: null, accepted: false });
  });

  it('starts empty, and says of each field what is missing', () => {
    const start = startOf(fields);
    expect(fields.filter((field) => missingIn(field, start) !== null).map(({ name }) => name)).toEqual([
      'amount',
      'year',
      'accepted',
      'read',
    ]);
    expect(missingIn(fields[0] as ActFieldShape, { ...start, amount: 'douze' })).toContain('un montant en euros');
  });
});
