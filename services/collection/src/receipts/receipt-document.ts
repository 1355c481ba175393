import type { Block, PrintedDocument } from '@isu/chassis';
import { Money } from '@isu/values';
import type { Addressee } from '../notices/notice-document.js';
import { contributionName, meansName } from '../notices/notice-words.js';
import type { Receipt, ReceiptPart } from './receipt.js';

/** The receipt as it is read. */
export function receiptDocument(receipt: Receipt, { name, fund }: Addressee): PrintedDocument {
  const { number, account, receivedOn, postedOn, amount, means, partnerReference, credit, reversed } = receipt;
  const named = partnerReference === null ? '' : ` Référence du règlement : ${partnerReference}.`;
  return {
    title: 'Reçu de paiement',
    heading: [...(name === null ? [] : [name]), `Compte n° ${account} · ${fund}`, `Reçu n° ${number}`],
    blocks: [
      ...(reversed === null
        ? []
        : [
            {
              kind: 'banner' as const,
              text: `Reçu annulé : le paiement a été rejeté le ${reversed.on.print()} (motif ${reversed.reason}).`,
            },
          ]),
      {
        kind: 'text',
        text: `Nous avons reçu de vous ${amount.print()}, le ${receivedOn.print()}, par ${means === 'online' ? 'paiement en ligne' : meansName(means)}.${named}`,
      },
      {
        kind: 'text',
        text: `Le paiement compte à sa date de réception : les majorations de retard s’arrêtent ce jour-là. Il a été inscrit au compte le ${postedOn.print()}.`,
      },
      { kind: 'title', text: 'Ce que ce paiement a réglé' },
      table(receipt),
      ...(credit.isPositive ? [{ kind: 'text' as const, text: keptText(credit) }] : []),
      { kind: 'small', text: 'Imputation dans l’ordre du Code de la sécurité sociale, art. D. 133-4.' },
    ],
    footer: `Compte ${account} — reçu ${number}`,
    madeOn: new Date(`${postedOn.iso}T12:00:00.000Z`),
  };
}

function table({ parts, amount, credit, refunded }: Receipt): Block {
  const kept = [
    ...(credit.isPositive ? [['Gardé en crédit', '', '', credit.print()]] : []),
    ...(refunded.isPositive ? [['Remboursé', '', '', refunded.print()]] : []),
  ];
  return {
    kind: 'table',
    columns: [
      { title: 'Contribution', width: 7 },
      { title: 'Échéance', width: 4 },
      { title: 'Référence', width: 6 },
      { title: 'Montant', width: 3, align: 'right' },
    ],
    rows: [...parts.map(partRow), ...kept, ['Total', '', '', amount.print()]],
    sumsFrom: parts.length + kept.length,
  };
}

const partRow = ({ instalment, dueOn, reference, year, code, amount }: ReceiptPart): string[] => [
  ...[`${contributionName(code)} ${String(year)}`, dueOn?.print() ?? instalment, reference, amount.print()],
];

const keptText = (credit: Money): string =>
  `${credit.print()} restent en crédit sur votre compte : ils paieront ce qui échoit, ou vous seront remboursés.`;
