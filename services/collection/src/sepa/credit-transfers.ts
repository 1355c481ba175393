import type { Day, Money } from '@isu/values';
import { accountOf, bankOf, instructedAmount, nameOf, remittance, type BankAccount } from './sepa-parties.js';
import { writeMessage, type MessageHead, type WrittenPart } from './sepa-message.js';
import { sepaReference } from './sepa-text.js';

/** Money that goes back to somebody. */
export interface CreditTransfer {
  readonly endToEnd: string;
  readonly amount: Money;
  readonly creditor: BankAccount & { readonly name: string };
  readonly label?: string;
}

/** Transfers that leave our account on one day. */
export interface TransferPart extends WrittenPart<CreditTransfer> {
  readonly executeOn: Day;
}

/** Refunds as a message pain.001.001.03, piece by piece. */
export function creditTransferMessage(
  head: MessageHead,
  debtor: BankAccount & { readonly name: string },
  parts: readonly TransferPart[],
): AsyncGenerator<string> {
  return writeMessage<CreditTransfer, TransferPart>(head, parts, {
    ...{ namespace: 'urn:iso:std:iso:20022:tech:xsd:pain.001.001.03', root: 'CstmrCdtTrfInitn', method: 'TRF' },
    afterTotals: ({ executeOn }) => [
      ['PmtTpInf', [['SvcLvl', [['Cd', 'SEPA']]]]],
      ['ReqdExctnDt', executeOn.iso],
      ['Dbtr', [nameOf(debtor.name)]],
      accountOf('DbtrAcct', debtor),
      bankOf('DbtrAgt', debtor),
      ['ChrgBr', 'SLEV'],
    ],
    transaction: ({ endToEnd, amount, creditor, ...said }) => [
      'CdtTrfTxInf',
      [
        ['PmtId', [['EndToEndId', sepaReference(endToEnd, 'endToEnd')]]],
        ['Amt', [instructedAmount(amount)]],
        creditor.bic === undefined ? undefined : bankOf('CdtrAgt', creditor),
        ['Cdtr', [nameOf(creditor.name)]],
        accountOf('CdtrAcct', creditor),
        remittance(said),
      ],
    ],
    amountOf: ({ amount }) => amount,
  });
}
