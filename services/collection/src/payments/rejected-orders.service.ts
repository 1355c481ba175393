import type { OutgoingMessage, OutgoingMessages } from '@isu/chassis';
import { isFlowStream, type Fact } from '@isu/contracts';
import { Money, type BusinessClock, type Day } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { lockGoingOn } from '../accounts/account.table.js';
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
    const writtenOn = this.parts.clock.today();
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
  const sum = amount === undefined ? '' : ` de ${Money.of(amount).print()}`;
  const words = order === 'debit' ? debitRejected(sum, reason) : transferRejected(sum, reason);
  return { account, kind: `${order}-rejected`, channel: 'email', ...words, documents: [], writtenOn, correlation };
}

const debitRejected = (sum: string, reason: string) => ({
  subject: 'Votre banque a rejeté un prélèvement',
  text: `Bonjour,

Le prélèvement${sum} de vos cotisations n’a pas été effectué : votre banque l’a rejeté (motif ${reason}). Aucune somme n’a été prise sur votre compte.
Cette somme reste due à sa date. Vérifiez vos coordonnées bancaires et votre mandat, ou payez par un autre moyen.`,
});

const transferRejected = (sum: string, reason: string) => ({
  subject: 'Votre remboursement n’a pas pu être versé',
  text: `Bonjour,

Le virement${sum} que nous vous devons n’a pas été effectué : la banque l’a rejeté (motif ${reason}). La somme reste à vous.
Vérifiez vos coordonnées bancaires : le versement ne peut se faire que sur un compte à votre nom.`,
});
