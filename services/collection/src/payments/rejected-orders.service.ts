import type { OutgoingMessage, OutgoingMessages } from '@isu/chassis';
import { isFlowStream, type Fact } from '@isu/contracts';
import { clockOf, Money, type BusinessClock, type Day } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { lockGoingOn } from '../accounts/account.table.js';
import { transferRejected } from '../refunds/refund-letters.js';
import { returnReasonOf } from '../returns/return-reason.js';

type Rejected = Fact<'urssaf-sync.order-rejected.v1'>;

interface Parts {
  readonly messages: OutgoingMessages;
  readonly clock: BusinessClock;
}

/** A matter between banks has no effect on the person, who is not troubled with it; and after a death nothing more is written to the person. */
function isUnspoken({ reason }: Rejected['data'], on: Day): boolean {
  const { isOurFault, action } = returnReasonOf(reason, on);
  return isOurFault || action === 'freeze-account';
}

/** Orders of ours that a bank will not carry out: no money moved, what was owed is still owed, and whoever is concerned is told. */
export class RejectedOrdersService {
  constructor(private readonly parts: Parts) {}

  /** Each once: a fact is handed over once. What names no account is for the cell alone; an account that is not open has ordered nothing. */
  async hear(tx: EntityManager, rejected: readonly Rejected[]): Promise<void> {
    const writtenOn = clockOf(tx, this.parts.clock).today();
    const told = rejected.filter(({ subject, data }) => !isFlowStream(subject) && !isUnspoken(data, writtenOn));
    const open = await lockGoingOn(tx, told.map(({ subject }) => subject)); // prettier-ignore
    await this.parts.messages.write(
      tx,
      told.flatMap((fact) => {
        const account = open.get(fact.subject);
        return account ? [noticeOf({ ...fact, subject: account.account }, writtenOn)] : [];
      }),
    );
  }
}

function noticeOf({ subject: account, correlation, data: { order, amount, reason } }: Rejected, writtenOn: Day): OutgoingMessage {
  const sum = amount === undefined ? null : Money.of(amount);
  if (order === 'transfer') return transferRejected({ amount: sum, reason }, { account, writtenOn, correlation });
  return { account, kind: 'debit-rejected', channel: 'email', ...debitRejected(sum, reason), documents: [], writtenOn, correlation };
}

const debitRejected = (sum: Money | null, reason: string) => ({
  subject: 'Votre banque a rejeté un prélèvement',
  text: `Bonjour,

Le prélèvement${sum === null ? '' : ` de ${sum.print()}`} de vos cotisations n’a pas été effectué : votre banque l’a rejeté (motif ${reason}). Aucune somme n’a été prise sur votre compte.
Cette somme reste due à sa date. Vérifiez vos coordonnées bancaires et votre mandat, ou payez par un autre moyen.`,
});
