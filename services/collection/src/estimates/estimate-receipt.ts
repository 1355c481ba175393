import type { OutgoingMessage } from '@isu/chassis';
import type { Day } from '@isu/values';
import type { EstimateEffect } from './estimate.js';

/** The receipt that the person gets by e-mail (F19): what was asked, and what is now called. */
export function estimateReceipt(
  effect: EstimateEffect,
  { account, writtenOn, correlation }: { account: string; writtenOn: Day; correlation: string | undefined },
): OutgoingMessage {
  const { year, amount, total, surplusKept, instalments } = effect;
  const before = total.before === null ? '' : ` au lieu de ${total.before.print()}`;
  const dates = instalments
    .filter(({ dueOn, after }) => dueOn.isAfter(writtenOn) && after.isPositive)
    .map(({ dueOn, after }) => `- ${dueOn.print()} : ${after.print()}`);
  const calendar =
    dates.length > 0 ? `Vos prochaines échéances :\n\n${dates.join('\n')}` : `Aucune échéance ne vous est plus demandée pour ${year}.`;
  const surplus = surplusKept.isPositive
    ? `\n\nVous avez déjà payé ${surplusKept.print()} de plus que ce nouveau montant. Cette somme est gardée sur votre compte et sera rendue, s’il y a lieu, quand votre revenu réel sera connu.`
    : '';
  return {
    ...{ account, kind: 'estimate-receipt', channel: 'email', documents: [], writtenOn, correlation: correlation ?? null },
    subject: `Votre estimation de revenu ${year} est enregistrée`,
    text: `Bonjour,

Le ${writtenOn.print()}, vous avez estimé votre revenu professionnel de ${year} à ${amount.print()}.
Vos cotisations provisionnelles de ${year} sont désormais de ${total.after.print()}${before}.

${calendar}${surplus}

Vous pouvez changer cette estimation aussi souvent que vous le voulez. Vos cotisations définitives seront calculées sur le revenu que vous déclarerez en ${year + 1} ; un revenu supérieur de plus d’un tiers à l’estimation peut donner lieu à une majoration.`,
  };
}
