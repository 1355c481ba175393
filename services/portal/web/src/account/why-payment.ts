import type { HomePage, PaymentsPage } from '../../../src/face/my-account.js';
import type { Part } from '../../../src/face/parts.js';
import type { Why } from '../derivation/why-subject.js';
import { printedDay } from '../ui/figures.js';
import { meansName } from '../words/payments.js';

export type ReceivedPayment = PaymentsPage['parts']['payments'] extends Part<{ figures: readonly (infer T)[] }> ? T : never;
type GlancedPayment = HomePage['parts']['account'] extends Part<{ figures: { inTransit: readonly (infer T)[] } }> ? T : never;

/** Money has nothing to compute: one asks who said that it came, and when. */
export function whyPayment({ amount, valueOn, means, reported, posted }: ReceivedPayment | GlancedPayment): Why {
  const report = reported === null ? [] : reportTraces(reported);
  return {
    kind: 'said',
    title: `Paiement reçu le ${printedDay(valueOn)}`,
    amount,
    says:
      reported === null
        ? 'Ce montant a été enregistré par le service commun du recouvrement.'
        : 'Ce montant est celui que l’Urssaf ou la banque nous a annoncé, ligne par ligne, dans un lot numéroté et signé.',
    traces: [
      { name: 'Date de réception', text: printedDay(valueOn) },
      { name: 'Moyen de paiement', text: meansName(means) },
      ...report,
      ...(posted === null
        ? []
        : [
            { name: 'Journée comptable', text: printedDay(posted.accountingDay) },
            { name: 'Enregistrement, fait n°', text: posted.fact },
          ]),
    ],
  };
}

function reportTraces({ flow, batch, line, partnerReference, bankReference, fact }: NonNullable<ReceivedPayment['reported']>) {
  return [
    { name: 'Annoncé par', text: flow.startsWith('urssaf') ? 'l’Urssaf' : flow },
    { name: 'Lot et ligne', text: `${batch}, ligne ${String(line)}` },
    { name: 'Référence de l’organisme', text: partnerReference },
    ...(bankReference === null ? [] : [{ name: 'Référence bancaire', text: bankReference }]),
    { name: 'Annonce, fait n°', text: fact },
  ];
}
