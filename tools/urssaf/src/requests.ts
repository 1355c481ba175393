import { AccountNumber, Day, Money } from '@isu/values';
import { means, type Means, type MoneyRecord } from '@isu/contracts';
import { misbehaviourKinds, type Misbehaviour } from './misbehaviours.js';

/** What was asked cannot be understood: said in a sentence, and nothing is done. */
export class NotUnderstood extends Error {}

type Form = Readonly<Record<string, unknown>>;

const text = (form: Form, name: string): string => {
  const value = form[name];
  if (typeof value !== 'string' || value.trim() === '') throw new NotUnderstood(`« ${name} » manque.`);
  return value.trim();
};

/** `Day.of`, `Money.of`: refuse what is neither, in words for people. */
function valueOf<T>(form: Form, name: string, read: (text: string) => T): T {
  try {
    return read(text(form, name));
  } catch (error) {
    if (error instanceof NotUnderstood) throw error;
    throw new NotUnderstood(`« ${name} » n’est pas compris : ${error instanceof Error ? error.message : ''}`);
  }
}

export const dayOf = (form: Form, name: string): string => valueOf(form, name, Day.of).iso;

/** A payment to bank, as the form or a program says it. */
export function paymentOf(form: Form): MoneyRecord {
  const said = form['means'] ?? 'transfer';
  const found = means.find((one) => one === said);
  if (found === undefined) throw new NotUnderstood(`« means » est l’un de : ${means.join(', ')}.`);
  const optional = (name: string) => (typeof form[name] === 'string' && form[name] !== '' ? { [name]: form[name] } : {});
  return {
    type: 'payment',
    reference: text(form, 'reference'),
    account: valueOf(form, 'account', AccountNumber.of).toString(),
    amount: valueOf(form, 'amount', Money.of).toString(),
    valueOn: dayOf(form, 'valueOn'),
    means: found satisfies Means,
    ...optional('paymentReference'),
    ...optional('bankReference'),
  };
}

export const reversalOf = (form: Form): MoneyRecord => ({
  type: 'reversal',
  reference: text(form, 'reference'),
  reverses: text(form, 'reverses'),
  amount: valueOf(form, 'amount', Money.of).toString(),
  valueOn: dayOf(form, 'valueOn'),
  reason: text(form, 'reason'),
});

/** What to do wrong; nothing when the form does not say. */
export function misbehaviourOf(form: Form): Misbehaviour | null {
  const kind = form['misbehaviour'];
  if (kind === undefined || kind === null || kind === '') return null;
  if (typeof kind !== 'string' || !Object.hasOwn(misbehaviourKinds, kind))
    throw new NotUnderstood(`« misbehaviour » est l’un de : ${Object.keys(misbehaviourKinds).join(', ')}.`);
  const whole = (name: string) => valueOf(form, name, (value) => (/^\d{1,9}$/.test(value) ? Number(value) : failed('un nombre entier')));
  switch (kind as Misbehaviour['kind']) {
    case 'cut':
      return { kind: 'cut', atByte: whole('atByte') };
    case 'flipped':
      return { kind: 'flipped', bit: whole('bit') };
    case 'wrong-account':
      return { kind: 'wrong-account', account: valueOf(form, 'account', AccountNumber.of).toString() };
    case 'wrong-amount':
      return { kind: 'wrong-amount', amount: valueOf(form, 'amount', Money.of).toString() };
    default:
      return { kind: kind as 'lost' };
  }
}

function failed(expected: string): never {
  throw new NotUnderstood(`on attend ${expected}.`);
}

export function switchOf<T extends string>(form: Form, name: string, values: readonly T[]): T {
  const found = values.find((value) => value === form[name]);
  if (found === undefined) throw new NotUnderstood(`« ${name} » est l’un de : ${values.join(', ')}.`);
  return found;
}

export const textOf = text;
