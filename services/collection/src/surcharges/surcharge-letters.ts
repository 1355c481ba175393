import type { OutgoingMessage } from '@isu/chassis';
import { surchargeCodes } from '@isu/contracts';
import { Day, Money, Rate } from '@isu/values';
import type { ChargedLine, PartOff } from './notification.js';

interface Written {
  readonly account: string;
  readonly writtenOn: Day;
  readonly correlation: string | undefined;
}

const frame = ({ account, writtenOn, correlation }: Written) => ({
  ...{ account, documents: [], writtenOn, correlation: correlation ?? null },
});

const total = (lines: readonly { readonly amount: string }[]): Money => Money.sum(lines.map(({ amount }) => Money.of(amount)));

const lineText = ({ instalment, year, code, base, rate, months, from, amount }: ChargedLine): string => {
  const what = `échéance ${instalment}, cotisations de ${year}`;
  const counted = `${Money.of(base).print()} × ${Rate.of(rate).print()}`;
  return code === surchargeCodes.initial
    ? `- ${what} : majoration à l’échéance du ${Day.of(from).print()}, ${counted} = ${Money.of(amount).print()}`
    : `- ${what} : ${months} mois ${months === 1 ? 'commencé' : 'commencés'} depuis le ${Day.of(from).print()}, ${counted} × ${months} = ${Money.of(amount).print()}`;
};

/** What has accrued, line by line, how it stops, and how it may be given up. */
export const surchargeNotice = (lines: readonly ChargedLine[], written: Written): OutgoingMessage => ({
  ...{ ...frame(written), kind: 'surcharge-notice', channel: 'letter' },
  subject: `Majorations de retard : ${total(lines).print()}`,
  text: `Madame, Monsieur,

Des cotisations n’ont pas été payées à leur échéance. Ces majorations s’y ajoutent (CSS, art. R. 243-18) :

${lines.map(lineText).join('\n')}

Elles cessent de courir le jour où nous recevons votre paiement. Un paiement va d’abord aux cotisations, puis aux majorations.

Quand toutes les cotisations sont payées, vous pouvez en demander la remise, en disant pourquoi ; si vous aviez payé avant, dites-le : elles seront annulées.`,
});

/** The first time somebody is late, and settles within the month: nothing is asked. */
export const automaticRemission = (lines: readonly PartOff[], written: Written): OutgoingMessage => ({
  ...{ ...frame(written), kind: 'surcharge-automatic-remission', channel: 'email' },
  subject: 'Majorations de retard : remise automatique',
  text: `Bonjour,

Vous avez payé en retard pour la première fois depuis deux ans, et dans le mois : les majorations, ${total(lines).print()}, vous sont remises. Vous n’avez rien à faire.`,
});

export const surchargeCancellation = (lines: readonly PartOff[], written: Written): OutgoingMessage => ({
  ...{ ...frame(written), kind: 'surcharge-cancellation', channel: 'email' },
  subject: `Majorations de retard annulées : ${total(lines).print()}`,
  text: `Bonjour,

Votre paiement avait été reçu plus tôt que nous ne le savions : ${total(lines).print()} de majorations de retard sont annulés.`,
});

/** What was decided of a remission that was asked for, and why. */
export const remissionAnswer = (
  { granted, amount, reason }: { readonly granted: boolean; readonly amount: Money; readonly reason: string },
  written: Written,
): OutgoingMessage => ({
  ...{ ...frame(written), kind: 'surcharge-remission', channel: 'letter' },
  subject: granted ? `Remise de majorations de retard : ${amount.print()}` : 'Votre demande de remise de majorations de retard',
  text: granted
    ? `Madame, Monsieur,

Vous avez demandé la remise de majorations de retard : ${amount.print()} vous sont remis (CSS, art. R. 243-20).

Motif : ${reason}`
    : `Madame, Monsieur,

Votre demande de remise de majorations de retard n’a pas été accordée (CSS, art. R. 243-20).

Motif : ${reason}

Vous pouvez saisir la commission de recours amiable dans le mois qui suit cette lettre.`,
});
