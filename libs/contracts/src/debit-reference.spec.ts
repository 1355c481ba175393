import { AccountNumber, Day } from '@isu/values';
import { debitReferenceOf, readDebitReference } from './debit-reference.js';

const account = AccountNumber.make('13', 12345).toString();
const dueOn = Day.of('2016-05-05');

describe('F32 — the reference of a debit', () => {
  it('says the account and the due date, and is read back', () => {
    expect(debitReferenceOf({ account, dueOn })).toBe(`${account}-20160505`);
    expect(readDebitReference(`${account}-20160505`)).toEqual({ account, dueOn });
  });

  it.each([
    ['whose account number has a wrong key', `${account.slice(0, -1)}${account.endsWith('1') ? '2' : '1'}-20160505`],
    ['of a day that is none', `${account}-20160230`],
    ['with something behind', `${account}-20160505-1`],
    ['of a refund', `REMB-${account}-1`],
  ])('is none of ours, one %s', (_, text) => expect(readDebitReference(text)).toBeNull());
});
