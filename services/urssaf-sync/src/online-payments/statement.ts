import 'reflect-metadata'; // Before any decorator runs.
import { invalidRequest, parseStrictJson, UnacceptableJson, unreadableBody } from '@isu/chassis';
import { dayPattern, isDayText, positiveMoneyPattern, uuidPattern, type AnomalyType } from '@isu/contracts';
import { Money } from '@isu/values';
import { plainToInstance } from 'class-transformer';
import { IsIn, IsOptional, Matches, ValidateBy, ValidateIf, validateSync } from 'class-validator';
import type { PaymentLine } from '../payments/money-line.js';

export const statuses = ['pending', 'paid', 'refused', 'cancelled', 'expired'] as const;

const printable = /^[\x20-\x7e]{1,70}$/;
const ofPaid = (said: Statement): boolean => said.status === 'paid';

/** What the provider says of an order, by itself or when it is asked (docs/partner-exchange.md, section 10). */
export class Statement {
  /** Its own number: said twice, it is one. */
  @Matches(uuidPattern, { message: 'un UUID' }) statement!: string;
  @Matches(uuidPattern, { message: 'un UUID' }) order!: string;
  @IsIn(statuses) status!: (typeof statuses)[number];
  @Matches(positiveMoneyPattern, { message: 'un montant positif tel que 359 ou 12.50' }) amount!: string;
  @Matches(/^[A-Z]{3}$/, { message: 'un code de monnaie ISO 4217' }) currency!: string;
  /** The provider's name of the money: with the provider, the identity of the payment. */
  @ValidateIf(ofPaid) @Matches(printable, { message: 'la référence du paiement, 70 caractères au plus' }) reference?: string;
  /** The name under which the bank will tell of the same money. */
  @ValidateIf(ofPaid) @Matches(printable, { message: 'la référence de la banque, 70 caractères au plus' }) bankReference?: string;
  @ValidateIf(ofPaid) @IsIn(['account', 'card']) method?: 'account' | 'card';
  /** The day on which the money was received. */
  @ValidateIf(ofPaid)
  @ValidateBy({ name: 'day', validator: { validate: isDayText, defaultMessage: () => `un jour (${dayPattern.source})` } })
  paidOn?: string;
  @IsOptional() @Matches(/^[a-z][a-z0-9-]{0,39}$/, { message: 'un code' }) reason?: string;
}

/** Reads a statement whose signature holds. Refuses what is none, field by field. */
export function readStatement(body: Uint8Array): Statement {
  const statement = plainToInstance(Statement, objectIn(body));
  const faults = validateSync(statement, { whitelist: true, forbidUnknownValues: true });
  if (faults.length === 0) return statement;
  throw invalidRequest(
    faults.map(({ property, constraints }) => ({
      field: property,
      code: Object.keys(constraints ?? {})[0] ?? 'wrong',
      accepted: Object.values(constraints ?? {})[0] ?? 'une autre valeur',
    })),
  );
}

function objectIn(body: Uint8Array): object {
  try {
    const said: unknown = parseStrictJson(new TextDecoder('utf-8', { fatal: true }).decode(body));
    if (typeof said === 'object' && said !== null && !Array.isArray(said)) return said;
  } catch (fault) {
    if (!(fault instanceof UnacceptableJson) && !(fault instanceof TypeError)) throw fault;
  }
  throw unreadableBody('statement-unreadable', 'On attend un objet JSON, en UTF-8.');
}

export const orderStates = ['open', 'paid', 'refused', 'cancelled', 'expired', 'disputed'] as const;

/** An order of ours, as collection told of it. */
export interface OnlineOrder {
  readonly order: string;
  readonly account: string;
  readonly amount: Money;
  readonly openedOn: string;
  readonly expiresAt: Date;
  readonly state: (typeof orderStates)[number];
  /** The provider's reference of the money, once paid. */
  readonly reference: string | null;
  readonly correlation: string;
  readonly asked: number;
}

export type Contradiction = 'other-amount' | 'other-currency' | 'impossible-day' | 'order-paid-already';

export const anomalyOf: Readonly<Record<Contradiction, AnomalyType>> = {
  'other-amount': 'wrong-amount',
  'other-currency': 'conflict',
  'impossible-day': 'conflict',
  'order-paid-already': 'doubled',
};

export type Judgement =
  | { readonly kind: 'nothing-new' }
  | { readonly kind: 'paid'; readonly line: PaymentLine }
  | { readonly kind: 'failed'; readonly outcome: 'refused' | 'cancelled' | 'expired' }
  /** Believed in nothing: no money moves on it; where the money is real, the bank will tell of it. */
  | { readonly kind: 'contradiction'; readonly because: Contradiction };

/** What a statement means for its order. Whatever order they come in, paid stands: money is money even after it was said to fail. */
export function judgeStatement(order: OnlineOrder, said: Statement, today: string): Judgement {
  const { status } = said;
  if (status === 'paid') return judgePaid(order, said, today);
  return status === 'pending' || order.state !== 'open' ? { kind: 'nothing-new' } : { kind: 'failed', outcome: status };
}

function judgePaid(order: OnlineOrder, said: Statement, today: string): Judgement {
  const { reference = '', bankReference, method, paidOn = '', amount, currency } = said;
  if (currency !== 'EUR') return { kind: 'contradiction', because: 'other-currency' };
  if (!order.amount.equals(Money.of(amount))) return { kind: 'contradiction', because: 'other-amount' };
  if (order.state === 'paid' && order.reference !== reference) return { kind: 'contradiction', because: 'order-paid-already' };
  if (paidOn < order.openedOn || paidOn > today) return { kind: 'contradiction', because: 'impossible-day' };
  const line: PaymentLine = {
    ...{ kind: 'payment', reference, account: order.account, amount, valueOn: paidOn, means: method === 'card' ? 'card' : 'online' },
    ...{ order: order.order, ...(bankReference !== undefined && { bankReference }) },
  };
  return { kind: 'paid', line };
}
