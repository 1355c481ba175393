import { Day, Siret } from '@isu/values';
import type { ChangeDraft, PersonChange } from '../history/person-change.js';
import { businessesOf, closeEstablishment, establishmentsOf, moveMain, openEstablishment, type Opening } from './establishment.js';
import { nafLabel } from './naf.js';

const [first, second, post] = ['73282932000074', '35600000000048', '35600000009075'].map((text) => Siret.of(text)) as [Siret, Siret, Siret];
const reason = 'Déclaration au CFE';
const opening = (siret: Siret, openedOn: string, changes: Partial<Opening> = {}): Opening => ({
  ...{ siret, naf: null, openedOn: Day.of(openedOn), main: false, legalForm: null, reason },
  ...changes,
});
const after = (changes: readonly PersonChange[], drafts: readonly ChangeDraft[]): PersonChange[] => [
  ...changes,
  ...drafts.map((draft, rank) => ({
    ...draft,
    version: changes.length + rank + 1,
    learnedAt: '2016-05-20T08:00:00.000Z',
    by: { sub: 'rsi:12', organisation: 'rsi', role: 'agent' },
  })),
];
const one = after([], openEstablishment([], opening(first, '2009-04-01', { legalForm: 'ei' })));
const two = after(one, openEstablishment(one, opening(post, '2015-01-01')));

describe('F14 — establishments', () => {
  it('the first one open is the main one, another is secondary unless it takes its place', () => {
    expect(establishmentsOf(two).map(({ siret, main }) => [siret, main])).toEqual([[first.toString(), true], [post.toString(), false]]); // prettier-ignore
    const taken = after(one, openEstablishment(one, opening(second, '2015-01-01', { main: true })));
    expect(establishmentsOf(taken).map(({ main }) => main)).toEqual([false, true]);
  });

  it('La Poste has SIRETs that Luhn does not close: 35600000009075, whose digits add up to 35', () => {
    expect(establishmentsOf(two)[1]?.siret).toBe('35600000009075');
  });

  it('the main one moves before it closes; a closed one keeps its days, and may open again', () => {
    const closing = { siret: first, on: Day.of('2016-05-19'), reason };
    expect(() => closeEstablishment(two, closing)).toThrow(expect.objectContaining({ code: 'main-must-move' }));
    const moved = after(two, moveMain(two, { siret: post, from: Day.of('2016-05-19'), reason }));
    const closed = after(moved, closeEstablishment(moved, closing));
    expect(establishmentsOf(closed)).toEqual([
      { siret: first.toString(), naf: null, openedOn: '2009-04-01', closedOn: '2016-05-19', main: false },
      { siret: post.toString(), naf: null, openedOn: '2015-01-01', closedOn: null, main: true },
    ]);
    const again = after(closed, openEstablishment(closed, opening(first, '2016-06-01')));
    expect(establishmentsOf(again).find(({ siret }) => siret === first.toString())).toMatchObject({
      openedOn: '2016-06-01',
      closedOn: null,
    });
  });

  it.each<[string, string, () => unknown]>([
    ['one that is open', 'establishment-open', () => openEstablishment(one, opening(first, '2016-01-01'))],
    ['one that nobody opened', 'unknown-establishment', () => closeEstablishment(one, { siret: second, on: Day.of('2016-01-01'), reason })],
    ['the eve of its opening', 'closed-before-open', () => closeEstablishment(one, { siret: first, on: Day.of('2009-03-31'), reason })],
    ['the main one made main', 'nothing-changes', () => moveMain(one, { siret: first, from: Day.of('2016-01-01'), reason })],
  ])('I8 refuses %s', (_, code, act) => expect(act).toThrow(expect.objectContaining({ code })));

  it('F13 a business is known by its SIREN, with its legal form when it was said', () => {
    expect(businessesOf(two)).toEqual([
      { siren: '732829320', legalForm: 'ei' },
      { siren: '356000000', legalForm: null },
    ]);
  });

  it('F13 the NAF has the words of INSEE for its 732 sub-classes, and none for a code that looks like one', () => {
    expect([nafLabel('96.02A'), nafLabel('47.11B'), nafLabel('99.99Z'), nafLabel('96.02')]).toEqual([
      'Coiffure',
      'Commerce d\'alimentation générale', // prettier-ignore
      null,
      null,
    ]);
  });
});
