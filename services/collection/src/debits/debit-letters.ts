import type { OutgoingMessage } from '@isu/chassis';
import { paymentReferenceOf } from '@isu/contracts';
import type { Day, Money } from '@isu/values';
import type { Obstacle } from './debit.js';
import type { NotDebited } from './debit.table.js';

interface Written {
  readonly dueOn: Day;
  readonly writtenOn: Day;
  readonly correlation: string;
}

/** What is said to the person; a death and an end are not written about, and what is ours to mend troubles nobody. */
const causes: Readonly<Partial<Record<Obstacle, string>>> = {
  'no-bank-details':
    'nous n’avons pas vos coordonnées bancaires. Donnez votre IBAN et signez le mandat dans « Prélèvement » : les échéances suivantes seront prélevées.',
  'no-mandate':
    'vous n’avez pas signé de mandat de prélèvement, ou vous l’avez révoqué. Signez-en un dans « Prélèvement » : les échéances suivantes seront prélevées.',
  'mandate-refused':
    'votre banque a refusé votre mandat de prélèvement. Signez-en un nouveau dans « Prélèvement » : les échéances suivantes seront prélevées.',
  'mandate-suspended':
    'votre banque a refusé le dernier prélèvement sur le compte que vous aviez donné. Donnez un autre IBAN dans « Prélèvement » : les échéances suivantes seront prélevées.',
};

/** Why a due date is not debited, and what to do. Null where nothing is said. */
export function notDebitedMessage({ account, obstacle, amount }: NotDebited, { dueOn, ...written }: Written): OutgoingMessage | null {
  const cause = causes[obstacle];
  if (obstacle === 'paying-online') return leftToOnlinePayment({ account, amount }, { dueOn, ...written });
  if (cause === undefined) return null;
  return {
    ...{ account, kind: 'not-debited', channel: 'email', documents: [], ...written },
    subject: `Votre échéance du ${dueOn.print()} ne sera pas prélevée`,
    text: `Bonjour,

Votre échéance du ${dueOn.print()}, de ${amount.print()}, ne sera pas prélevée : ${cause}

Payez cette échéance par un autre moyen avant sa date. Une échéance payée en retard est majorée.`,
  };
}

const leftToOnlinePayment = (
  { account, amount }: Pick<NotDebited, 'account' | 'amount'>,
  { dueOn, ...written }: Written,
): OutgoingMessage => ({
  ...{ account, kind: 'not-debited', channel: 'email', documents: [], ...written },
  subject: `Votre échéance du ${dueOn.print()} n’est pas prélevée : vous la payez en ligne`,
  text: `Bonjour,

Vous avez commencé à payer en ligne votre échéance du ${dueOn.print()}, de ${amount.print()} : elle n’est donc pas prélevée, pour que rien ne soit payé deux fois.

Si ce paiement aboutit, vous n’avez rien à faire. S’il n’aboutit pas, elle sera prélevée dès que votre banque le permet, sans majoration pour ce retard.`,
});

/** A changed amount, told before it is debited. */
export const changedAmountMessage = (
  { account, amount, announced, instalment }: { account: string; amount: Money; announced: Money; instalment: string },
  { dueOn, ...written }: Written,
): OutgoingMessage => ({
  ...{ account, kind: 'debit-notice', channel: 'email', documents: [], ...written },
  subject: `Votre prélèvement du ${dueOn.print()} : ${amount.print()}`,
  text: `Bonjour,

Le ${dueOn.print()}, ${amount.print()} seront prélevés sur votre compte bancaire, au lieu de ${announced.print()} annoncés par votre échéancier de l’année.
Référence : ${paymentReferenceOf({ account, instalment })}.

Le détail du calcul est dans « Échéances ». Si ce montant vous paraît faux, dites-le nous avant cette date.`,
});
