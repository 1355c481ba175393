import { Day, Money } from '@isu/values';
import type { Account } from '../accounts/account.js';
import { nothingTold } from '../accounts/told.js';
import { decideDebit, unknownDebtor, type BankDetailsOfDebtor, type DebitCase, type Debtor } from './debit.js';
import { collectionDay, dueDatesPresentedOn, presentationDay, presentedAgainOn } from './debit-parameters.js';

const day = (text: string): Day => Day.of(text);
const account: Account = {
  ...{ account: '1300001234517', group: 'commercant', regime: 'common', startedOn: day('2010-01-01'), endedOn: null, told: nothingTold },
  ...{ openedOn: day('2010-01-01'), periodicity: 'monthly-5', dayChangedIn: null },
};
const details: BankDetailsOfDebtor = {
  ...{ version: 1, name: 'Chloé Dupont', iban: 'DE89370400440532013000', rum: 'ISU-1', ics: 'FR75ZZZ990000', signedOn: '2016-01-04' },
};
const known: Debtor = { ...unknownDebtor(account.account), rum: 'ISU-1', bankDetailsVersion: 1 };
const part = (instalment: string, dueOn: string, amount = '838', isAgain = false) => ({
  ...{ instalment, dueOn: day(dueOn), amount: Money.of(amount), isAgain, isPayingOnline: false },
});
const decide = (changes: Partial<DebitCase>) =>
  decideDebit({
    ...{ account, debtor: known, details, due: [part('2016-05', '2016-05-05')], dueOn: day('2016-05-05'), today: day('2016-05-03') },
    ...changes,
  });

describe('F32 — the days of the bank', () => {
  it.each([
    // 5 May 2016, Ascension Day, is a working day of TARGET; 1 May is a Sunday.
    ['FRST', '2016-05-05', '2016-04-28'],
    ['RCUR', '2016-05-05', '2016-05-03'],
    // Good Friday 25 and Easter Monday 28 March are not.
    ['RCUR', '2016-03-29', '2016-03-23'],
    // From 21 November 2016 on, the day before for all; 4 and 5 December 2016 are a Sunday and a Monday.
    ['FRST', '2016-11-18', '2016-11-11'],
    ['FRST', '2016-11-21', '2016-11-18'],
    ['FRST', '2016-12-05', '2016-12-02'],
    ['RCUR', '2016-12-05', '2016-12-02'],
  ] as const)('%s of %s is presented on %s', (sequence, dueOn, on) => expect(presentationDay(sequence, day(dueOn)).iso).toBe(on));

  it('a day of the bank presents the due dates five and two bank days ahead, then that of the morrow alone', () => {
    expect(dueDatesPresentedOn(day('2016-04-28')).map(({ iso }) => iso)).toEqual(['2016-05-02', '2016-05-05']);
    expect(dueDatesPresentedOn(day('2016-12-02')).map(({ iso }) => iso)).toEqual(['2016-12-05']);
  });

  it('too late for its due date, a debit is collected on the first day that the bank allows', () => {
    expect(collectionDay('RCUR', day('2016-05-05'), day('2016-05-03')).iso).toBe('2016-05-05');
    expect(collectionDay('RCUR', day('2016-05-05'), day('2016-05-04')).iso).toBe('2016-05-06');
    expect(collectionDay('FRST', day('2016-05-05'), day('2016-05-03')).iso).toBe('2016-05-10');
  });

  it('after a fault between banks the same leaves on the next bank day: Friday, so Monday, for Wednesday', () => {
    expect(presentedAgainOn(day('2016-05-05'), day('2016-05-20')).iso).toBe('2016-05-25');
    // Rejected on Monday 29 February, it would be taken on 3 March: not before it is due on the 7th, whose debit it was.
    expect(presentedAgainOn(day('2016-03-07'), day('2016-02-29')).iso).toBe('2016-03-08');
    expect(dueDatesPresentedOn(day('2016-05-23')).map(({ iso }) => iso)).toContain('2016-05-25');
  });
});

describe('F32 — what is debited of an account on a due date', () => {
  it('what falls due and what is debited again, in one debit named by what falls due: 838 + 933 = 1 771', () => {
    expect(decide({ due: [part('2016-05', '2016-05-05'), part('2016-04', '2016-04-05', '933', true)] })).toMatchObject({
      ...{ kind: 'debit', endToEnd: '1300001234517-20160505', sequence: 'RCUR', amount: Money.of('1771') },
      parts: [{ instalment: '2016-05' }, { instalment: '2016-04' }],
    });
  });

  it.each<[string, Partial<DebitCase>, unknown]>([
    ['the first of a mandate', { debtor: unknownDebtor(account.account) }, ['FRST', false]],
    ['the first of another mandate', { debtor: { ...known, rum: 'ISU-0' } }, ['FRST', false]],
    ['the first at another bank', { details: { ...details, version: 2 } }, ['FRST', true]],
    ['one of many', {}, ['RCUR', false]],
    ['the last of an activity that ends later', { account: { ...account, endedOn: day('2016-05-31') } }, ['FNAL', false]],
    ['what is debited again, recurrent', { due: [part('2016-04', '2016-04-05', '1', true)] }, ['RCUR', false]],
  ])('%s', (_, changes, expected) => {
    const decision = decide({ today: day('2016-05-03'), ...changes });
    expect(decision.kind === 'debit' && [decision.sequence, decision.isOtherBank]).toEqual(expected);
  });

  it.each<[string, Partial<DebitCase>, unknown]>([
    ['no bank details', { details: undefined }, 'no-bank-details'],
    ['no mandate', { details: { ...details, rum: null } }, 'no-mandate'],
    ['a mandate that the bank refused', { debtor: { ...known, stop: 'no-mandate' } }, 'mandate-refused'],
    ['an account that the bank refused', { debtor: { ...known, stop: 'wrong-account' } }, 'mandate-suspended'],
    [
      'a death, whatever came since',
      { debtor: { ...known, stop: 'deceased' }, details: { ...details, rum: 'ISU-2', version: 3 } },
      'deceased',
    ],
    ['a due date that is being paid online', { due: [{ ...part('2016-05', '2016-05-05'), isPayingOnline: true }] }, 'paying-online'],
    ['a due date after the end', { account: { ...account, endedOn: day('2016-05-04') } }, 'activity-ended'],
  ])('nothing, for %s', (_, changes, obstacle) => expect(decide(changes)).toMatchObject({ kind: 'not-debited', obstacle }));

  it('again, once there is another account or another mandate', () => {
    expect(decide({ debtor: { ...known, stop: 'wrong-account' }, details: { ...details, version: 2 } }).kind).toBe('debit');
    expect(decide({ debtor: { ...known, stop: 'no-mandate' }, details: { ...details, rum: 'ISU-2' } }).kind).toBe('debit');
  });

  it('later, while its day of presentation has not come; and nothing where all is paid', () => {
    expect(decide({ today: day('2016-05-02') }).kind).toBe('later');
    expect(decide({ today: day('2016-04-28'), debtor: unknownDebtor(account.account) }).kind).toBe('debit');
    expect(decide({ due: [part('2016-05', '2016-05-05', '0')] }).kind).toBe('nothing');
  });
});
