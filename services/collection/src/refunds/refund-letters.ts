import type { OutgoingMessage } from '@isu/chassis';
import { Day, Money } from '@isu/values';
import type { CreditOfAccount } from './refund.js';
import { choiceUntil, refundDueBy } from './refund-rules.js';

interface Written {
  readonly account: string;
  readonly writtenOn: Day;
  readonly correlation: string;
}

const frame = (written: Written) => ({ ...written, channel: 'email' as const, documents: [] });

/** There is money of theirs: what becomes of it, and until when they may prefer something else. */
export const creditNoticed = ({ free, since }: CreditOfAccount, written: Written): OutgoingMessage => ({
  ...{ ...frame(written), kind: 'credit-noticed' },
  subject: `Vous avez ${free.print()} de trop-perçu`,
  text: `Bonjour,

Vous avez payé ${free.print()} de plus que ce que vous devez, toutes vos dettes payées. Cette somme est à vous.

Sans réponse de votre part avant le ${choiceUntil(since).print()}, elle sera remboursée sur votre compte bancaire ; l’ordre de virement partira au plus tard le ${refundDueBy(since).print()}.
Si vous préférez qu’elle vienne en déduction de vos prochaines échéances, dites-le dans Mon compte, page « Remboursements ».`,
});

export const creditSetOnInstalments = (amount: Money, written: Written): OutgoingMessage => ({
  ...{ ...frame(written), kind: 'credit-set-on-instalments' },
  subject: `${amount.print()} en déduction de vos prochaines échéances`,
  text: `Bonjour,

${amount.print()} payés en trop viennent en déduction de vos prochaines échéances. Le nouveau reste à payer de chacune est dans Mon compte, page « Échéances ».`,
});

export const ibanAsked = ({ free, since }: CreditOfAccount, written: Written): OutgoingMessage => ({
  ...{ ...frame(written), kind: 'refund-iban-asked' },
  subject: 'Votre remboursement attend vos coordonnées bancaires',
  text: `Bonjour,

Nous vous devons ${free.print()}, à rembourser au plus tard le ${refundDueBy(since).print()}, et nous ne connaissons pas votre compte bancaire.
Indiquez votre IBAN dans Mon compte, page « Informations générales ». Le virement partira le jour ouvré suivant. Le délai, lui, continue de courir.`,
});

export const refundOnItsWay = (amount: Money, written: Written): OutgoingMessage => ({
  ...{ ...frame(written), kind: 'refund-ordered' },
  subject: `Votre remboursement de ${amount.print()} est ordonné`,
  text: `Bonjour,

Le remboursement de ${amount.print()} est ordonné sur le compte bancaire que vous nous avez indiqué. Comptez quelques jours ouvrés pour le voir sur votre relevé.`,
});

export const transferRejected = ({ amount, reason }: { amount: Money | null; reason: string }, written: Written): OutgoingMessage => ({
  ...{ ...frame(written), kind: 'transfer-rejected' },
  subject: 'Votre remboursement n’a pas pu être versé',
  text: `Bonjour,

Le virement${amount === null ? '' : ` de ${amount.print()}`} que nous vous devons n’a pas été effectué : la banque l’a rejeté (motif ${reason}). La somme reste à vous.
Vérifiez vos coordonnées bancaires dans Mon compte, page « Informations générales » : le versement ne peut se faire que sur un compte à votre nom. Il repartira dès qu’elles auront changé.`,
});
