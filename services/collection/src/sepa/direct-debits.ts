import { Day, Money } from '@isu/values';
import { accountOf, bankOf, creditorIdentifier, instructedAmount, nameOf, remittance, type BankAccount } from './sepa-parties.js';
import { writeMessage, type MessageHead, type WrittenPart } from './sepa-message.js';
import { sepaReference } from './sepa-text.js';
import type { XmlElement } from './xml.js';

/** First of a mandate, one of many, the last, the only one. */
export const sequences = ['FRST', 'RCUR', 'FNAL', 'OOFF'] as const;
export type Sequence = (typeof sequences)[number];

/** A debit of one account, under a mandate. */
export interface DirectDebit {
  /** What the bank gives back with a reject or a return: our own, once. */
  readonly endToEnd: string;
  readonly amount: Money;
  readonly sequence: Sequence;
  readonly mandate: { readonly rum: string; readonly signedOn: Day };
  /** The person changed banks under the same mandate (SMNDA): sent as a first debit. */
  readonly isOtherBank?: boolean;
  readonly debtor: BankAccount & { readonly name: string };
  /** Reference ISO 11649 of the due date. */
  readonly reference?: string;
  readonly label?: string;
}

export interface Creditor extends BankAccount {
  readonly name: string;
  /** Identifiant créancier SEPA. */
  readonly ics: string;
}

/** Debits of one sequence, collected on one day. */
export interface DebitPart extends WrittenPart<DirectDebit> {
  readonly sequence: Sequence;
  readonly collectOn: Day;
}

/** The debits of a day as a message pain.008.001.02, scheme CORE, piece by piece. */
export function directDebitMessage(head: MessageHead, creditor: Creditor, parts: readonly DebitPart[]): AsyncGenerator<string> {
  return writeMessage<DirectDebit, DebitPart>(head, parts, {
    ...{ namespace: 'urn:iso:std:iso:20022:tech:xsd:pain.008.001.02', root: 'CstmrDrctDbtInitn', method: 'DD' },
    afterTotals: ({ sequence, collectOn }) => [
      [
        'PmtTpInf',
        [
          ['SvcLvl', [['Cd', 'SEPA']]],
          ['LclInstrm', [['Cd', 'CORE']]],
          ['SeqTp', sequence],
        ],
      ],
      ['ReqdColltnDt', collectOn.iso],
      ['Cdtr', [nameOf(creditor.name)]],
      accountOf('CdtrAcct', creditor),
      bankOf('CdtrAgt', creditor),
      ['ChrgBr', 'SLEV'],
      [
        'CdtrSchmeId',
        [
          [
            'Id',
            [
              [
                'PrvtId',
                [
                  [
                    'Othr',
                    [
                      ['Id', creditorIdentifier(creditor.ics)],
                      ['SchmeNm', [['Prtry', 'SEPA']]],
                    ],
                  ],
                ],
              ],
            ],
          ],
        ],
      ],
    ],
    transaction: debitOf,
    amountOf: ({ amount }) => amount,
  });
}

function debitOf({ endToEnd, amount, mandate, isOtherBank = false, debtor, ...said }: DirectDebit): XmlElement {
  const amendment: XmlElement[] = isOtherBank
    ? [
        ['AmdmntInd', 'true'],
        ['AmdmntInfDtls', [['OrgnlDbtrAgt', [['FinInstnId', [['Othr', [['Id', 'SMNDA']]]]]]]]],
      ]
    : [];
  const rum: XmlElement = ['MndtId', sepaReference(mandate.rum, 'rum')];
  return [
    'DrctDbtTxInf',
    [
      ['PmtId', [['EndToEndId', sepaReference(endToEnd, 'endToEnd')]]],
      instructedAmount(amount),
      ['DrctDbtTx', [['MndtRltdInf', [rum, ['DtOfSgntr', mandate.signedOn.iso], ...amendment]]]],
      bankOf('DbtrAgt', debtor),
      ['Dbtr', [nameOf(debtor.name)]],
      accountOf('DbtrAcct', debtor),
      remittance(said),
    ],
  ];
}

/** Cuts debits into parts: one sequence each, at most so many, in the order given; ids `<prefix>-FRST-1`, `<prefix>-RCUR-1`, … */
export function debitParts(
  debits: readonly DirectDebit[],
  { collectOn, prefix, most }: { collectOn: Day; prefix: string; most: number },
): DebitPart[] {
  return sequences.flatMap((sequence) => {
    const mine = debits.filter((debit) => debit.sequence === sequence);
    return Array.from({ length: Math.ceil(mine.length / most) }, (_, rank): DebitPart => {
      const transactions = mine.slice(rank * most, (rank + 1) * most);
      const total = Money.sum(transactions.map(({ amount }) => amount));
      return { partId: `${prefix}-${sequence}-${rank + 1}`, count: transactions.length, total, sequence, collectOn, transactions };
    });
  });
}
