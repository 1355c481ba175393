import { Money, type Iban } from '@isu/values';
import { InvalidSepaField } from './invalid-sepa-field.js';
import { sepaText } from './sepa-text.js';
import type { XmlElement } from './xml.js';

/** An account at a bank. The BIC may be left out in France since February 2014. */
export interface BankAccount {
  readonly iban: Iban;
  readonly bic?: string;
}

const longestName = 70;
const largest = Money.of('999999999.99');

export const nameOf = (name: string): XmlElement => ['Nm', sepaText(name, longestName)];

export const accountOf = (tag: string, { iban }: BankAccount): XmlElement => [tag, [['Id', [['IBAN', iban.toString()]]]]];

export function bankOf(tag: string, { bic }: Pick<BankAccount, 'bic'>): XmlElement {
  if (bic === undefined) return [tag, [['FinInstnId', [['Othr', [['Id', 'NOTPROVIDED']]]]]]];
  if (!/^[A-Z]{6}[A-Z2-9][A-NP-Z0-9](?:[A-Z0-9]{3})?$/.test(bic)) throw new InvalidSepaField('bic', 'un BIC de 8 ou 11 caractères');
  return [tag, [['FinInstnId', [['BIC', bic]]]]];
}

/** Euros with their two decimals, as exact cents say them. */
export function decimalOf(amount: Money): string {
  const digits = amount.cents.toString().padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

export function instructedAmount(amount: Money): XmlElement {
  if (!amount.isPositive || !amount.atMost(largest)) throw new InvalidSepaField('amount', 'de 0,01 € à 999 999 999,99 €');
  return ['InstdAmt', decimalOf(amount), { Ccy: 'EUR' }];
}

/** Either a reference ISO 11649 of ours, or words. */
export const remittance = ({ reference, label }: { readonly reference?: string; readonly label?: string }): XmlElement | undefined => {
  if (reference !== undefined) {
    const kind: XmlElement = ['Tp', [['CdOrPrtry', [['Cd', 'SCOR']]]]];
    return ['RmtInf', [['Strd', [['CdtrRefInf', [kind, ['Ref', reference]]]]]]];
  }
  return label === undefined ? undefined : ['RmtInf', [['Ustrd', sepaText(label, 140)]]];
};

/** Checks a creditor identifier (ICS): country, key, business code, national number; the key counts all but the business code (ISO 7064). */
export function creditorIdentifier(ics: string): string {
  const parts = /^([A-Z]{2})(\d{2})[A-Z0-9]{3}([A-Z0-9]{1,28})$/.exec(ics);
  const digits = parts ? `${parts[3]}${parts[1]}${parts[2]}`.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55)) : '0';
  if (!parts || BigInt(digits) % 97n !== 1n) throw new InvalidSepaField('ics', 'un identifiant de créancier SEPA, clé comprise');
  return ics;
}
