import { paymentReferenceOf } from '@isu/contracts';
import { AccountNumber } from '@isu/values';
import { candidatesFor } from './candidate.js';
import { nearAccounts } from './near-reference.js';

const karim = AccountNumber.make('13', 123_456).toString();
const nadia = AccountNumber.make('13', 777).toString();
const instalment = '2016-Q2';
const reference = paymentReferenceOf({ account: karim, instalment });
/** Another digit in the place of one. */
const with9at = (text: string, at: number): string => text.slice(0, at) + (text[at] === '9' ? '8' : '9') + text.slice(at + 1);

describe('F81 S2 — a reference with a slip of the pen', () => {
  it('the account number is 13 digits from the fifth character; one of them wrong: both keys lead back to the one it was', () => {
    const [first] = nearAccounts(with9at(reference, 9));
    expect(first).toEqual({ account: karim, instalment, slip: 'one-digit', keyHolds: true });
  });

  it('two neighbours swapped', () => {
    const at = [...Array(12).keys()].map((rank) => rank + 4).find((place) => reference[place] !== reference[place + 1]) ?? 4;
    const swapped = reference.slice(0, at) + (reference[at + 1] ?? '') + (reference[at] ?? '') + reference.slice(at + 2);
    expect(nearAccounts(swapped)).toContainEqual({ account: karim, instalment, slip: 'two-swapped', keyHolds: true });
  });

  it('a digit forgotten', () => {
    expect(nearAccounts(reference.slice(0, 10) + reference.slice(11))).toContainEqual({
      account: karim,
      instalment,
      slip: 'one-dropped',
      keyHolds: true,
    });
  });

  it('the check digits alone wrong: the account is the one written', () => {
    expect(nearAccounts(`RF00${reference.slice(4)}`)[0]).toMatchObject({ account: karim, slip: 'key', keyHolds: false });
  });

  it('an account number without a reference: one key, less sure; small letters and blanks are no slip', () => {
    const found = nearAccounts(with9at(karim, 12));
    expect(found.map(({ account }) => account)).toContain(karim);
    expect(found.every(({ keyHolds, instalment: none }) => !keyHolds && none === null)).toBe(true);
    expect(nearAccounts(`rf${reference.slice(2, 4)} ${with9at(reference, 9).slice(4)}`)[0]?.account).toBe(karim);
  });

  it.each(['', 'COTISATIONS', 'RF', '1234', 'RF18539007547034', '1'.repeat(40)])('%j names nobody', (text) => {
    expect(nearAccounts(text)).toEqual([]);
  });
});

describe('F81 S2 — whom money may be for, and why', () => {
  const debt = (account: string, dueOn: string) => ({ account, instalment, dueOn, remaining: '359' });
  const find = (known: Partial<Parameters<typeof candidatesFor>[0]>) =>
    candidatesFor({ valueOn: '2016-05-10', near: [], debts: [], named: [], ...known }).map(({ account, likelihood }) => [
      account,
      likelihood,
    ]);
  const near = nearAccounts(with9at(reference, 9)).slice(0, 1);
  const named = [karim];

  it('60 of a reference on which both keys agree, 30 of the amount and 10 of the day: almost sure; 30 + 10 of another: possible', () => {
    expect(find({ near, debts: [debt(nadia, '2016-05-05'), debt(karim, '2016-05-05')] })).toEqual([
      [karim, 'almost-sure'],
      [nadia, 'possible'],
    ]);
  });

  it('35 of the name and 40 of the amount on the day: likely; the name alone: possible; the amount far from its day: weak', () => {
    expect(find({ named, debts: [debt(karim, '2016-05-05')] })).toEqual([[karim, 'likely']]);
    expect(find({ named })).toEqual([[karim, 'possible']]);
    expect(find({ debts: [debt(karim, '2016-02-05')] })).toEqual([[karim, 'weak']]);
  });

  it('says each reason in words', () => {
    const [first] = candidatesFor({ valueOn: '2016-05-10', near, debts: [debt(karim, '2016-05-05')], named });
    expect(first?.reasons.map((text) => text.replace(/[\u00a0\u202f]/g, ' '))).toEqual([
      'Référence du compte, à un chiffre près ; la clé de la référence le confirme.',
      'Même nom que le payeur.',
      'Il reste exactement 359,00 € de l’échéance du 5 mai 2016, à 5 jours de la réception.',
    ]);
  });
});
