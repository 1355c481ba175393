import type { Book } from '@isu/account';
import type { AccountMessage } from '../face/my-account.js';

const mostShown = 5;

/** What the account last had to say to the person, latest first: out of the book that every service folds, so nothing is said here alone. */
export const messagesOf = ({ payments, assessments, incomes }: Pick<Book, 'payments' | 'assessments' | 'incomes'>): AccountMessage[] =>
  [...paymentMessages(payments), ...assessments.map(assessedMessage), ...incomeMessages(incomes)]
    .sort((a, b) => (a.on === b.on ? weight(b) - weight(a) : a.on < b.on ? 1 : -1))
    .slice(0, mostShown);

const paymentMessages = (payments: Book['payments']): AccountMessage[] =>
  payments.flatMap(({ posted, reversed, amount, id }) => [
    ...(posted === null ? [] : [{ kind: 'payment-posted', key: id, on: posted.accountingDay, amount } as const]),
    ...(reversed === null
      ? []
      : [{ kind: 'payment-reversed', key: id, on: reversed.accountingDay, amount, reason: reversed.reason } as const]),
  ]);

const assessedMessage = ({ fact, year, stage, total, accountingDay }: Book['assessments'][number]): AccountMessage => ({
  ...{ kind: 'assessed', key: fact, on: accountingDay },
  ...{ year, stage, total },
});

const incomeMessages = (incomes: Book['incomes']): AccountMessage[] =>
  incomes.map(({ fact, year, declaredOn, amount, corrects }) => ({
    ...{ kind: 'income-recorded', key: fact, on: declaredOn },
    ...{ year, amount, isCorrection: corrects !== null },
  }));

/** On one day: what went wrong before what it makes owed, and that before what it comes from. */
const weight = ({ kind }: AccountMessage): number => ['income-recorded', 'payment-posted', 'assessed', 'payment-reversed'].indexOf(kind);
