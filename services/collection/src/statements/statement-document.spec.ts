import { Day, Money } from '@isu/values';
import type { Periods } from './period.js';
import { statementDocument } from './statement-document.js';
import { knownOn, type Statement } from './statement.js';

const nothing = { called: Money.zero, paid: Money.zero, remaining: Money.zero };
/** 3 234 € called for 2016 in one line. */
const periods = (paid: string, credit: string): Periods => {
  const [called, received, kept] = [Money.of('3234'), Money.of(paid), Money.of(credit)];
  const figures = { called, paid: received, remaining: called.minus(received) };
  return {
    periods: [{ year: 2016, ...figures, lines: [{ code: 'csg-crds', ...figures }], surcharges: nothing }],
    ...{ credit: kept, balance: figures.remaining.minus(kept) },
  };
};
const proof = { vector: { affiliation: 1, collection: 12 }, fingerprint: 'ab'.repeat(32) };
const told = (statement: Partial<Statement>) => {
  const whole = { account: '1300000000176', knownOn: Day.of('2016-05-06'), closed: null, current: periods('718', '41'), ...statement };
  const { heading, blocks } = statementDocument(whole, proof, { name: 'Karim Haddad', fund: 'Caisse PACA' });
  const texts = blocks.flatMap((block) => (block.kind === 'table' ? block.rows.map((row) => row.join(' | ')) : [block.text]));
  return [...heading, ...texts].map((text) => text.replaceAll(/[\u00a0\u202f]/g, ' '));
};

describe('F16 F17 I7 — the statement as it is printed', () => {
  it('says on which day it was known, what was called, paid and left, and the balance: 3 234 − 718 − 41 = 2 475', () => {
    const words = told({});
    expect(words).toContain('Situation du compte telle qu’elle était connue le 6 mai 2016');
    expect(words).toContain('Solde restant à payer, toutes années : 2 475,00 €.');
    expect(words).toContain('2016 | 3 234,00 € | 718,00 € | 2 516,00 € | 0,00 €');
    expect(words).toContain('Crédit |  |  | -41,00 € | ');
    expect(words).toContain('Aucune journée comptable n’était encore close ce jour-là.');
  });

  it('prints the closed day first, and what was booked since only where something was', () => {
    const closed = { ...periods('359', '0'), accountingDay: Day.of('2016-04-05') };
    expect(told({ closed }).filter((text) => text.startsWith('Solde restant'))).toEqual([
      'Solde restant à payer, toutes années : 2 875,00 €.',
      'Solde restant à payer, toutes années : 2 475,00 €.',
    ]);
    const same = { ...periods('718', '41'), accountingDay: Day.of('2016-05-05') };
    expect(told({ closed: same }).filter((text) => text.startsWith('Solde restant'))).toHaveLength(1);
  });

  it('says that the balance is in the person’s favour, or that nothing is due; nothing open is no table', () => {
    expect(told({ current: periods('3234', '12.50') })).toContain('Solde en votre faveur : 12,50 €.');
    expect(told({ current: periods('3234', '0') })).toEqual(
      expect.arrayContaining(['Solde : rien n’est dû.', 'Toutes les cotisations appelées sont payées.']),
    );
  });

  it('N1 bears the vector and the whole fingerprint', () => {
    expect(told({}).at(-1)).toContain(`affiliation 1, collection 12. Empreinte du compte : ${'ab'.repeat(32)}.`);
  });
});

describe('I7 I8 — the day asked for', () => {
  const opened = { openedOn: Day.of('2016-01-04') };
  const asked = (on?: string) => knownOn(on === undefined ? undefined : Day.of(on), Day.of('2016-05-20'), opened);

  it('ends at midnight in Paris, summer time and winter time; none is now', () => {
    expect(asked('2016-05-20').at).toBe('2016-05-20T21:59:59.999Z');
    expect(asked('2016-01-04').at).toBe('2016-01-04T22:59:59.999Z');
    expect(asked()).toEqual({ on: Day.of('2016-05-20'), at: undefined });
  });

  it.each([
    ['2016-05-21', 'known-day-not-come'],
    ['9999-12-31', 'known-day-not-come'],
    ['2016-01-03', 'account-not-known-yet'],
    ['0001-01-01', 'account-not-known-yet'],
  ])('%s is refused: %s', (on, code) => expect(() => asked(on)).toThrow(expect.objectContaining({ code })));
});
