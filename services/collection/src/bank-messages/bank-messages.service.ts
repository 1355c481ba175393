import { createHash } from 'node:crypto';
import { loopingWorker, type FieldProtection, type Logger, type Worker } from '@isu/chassis';
import { clockOf, type BusinessClock } from '@isu/values';
import type { DataSource, EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import type { BankOutbox } from './bank-folder.js';
import { insertBankMessage, lockNextToLay, markLaid, type BankMessage } from './bank-message.table.js';

interface Parts {
  readonly db: DataSource;
  readonly clock: BusinessClock;
  readonly protection: Pick<FieldProtection, 'seal' | 'open'>;
  /** Null where nobody carries files: messages then wait, sealed. */
  readonly outbox: BankOutbox | null;
}

/** Sealed with a key of the message's own, which stands in no other place. */
const place = { table: 'bank_message', column: 'sealed' };

/**
 * What is sent to the bank: kept sealed in the transaction that decides it, so that there is never an order without its message nor a
 * message without its orders, and laid into the outbox by a worker. Laid again, it is the same bytes under the same name.
 */
export class BankMessages {
  constructor(private readonly parts: Parts) {}

  async keep(tx: EntityManager, message: Pick<BankMessage, 'messageId' | 'dueOn' | 'count' | 'total'>, content: string): Promise<string> {
    const { protection, clock } = this.parts;
    const id = v7();
    const digest = createHash('sha256').update(content).digest('hex');
    const sealed = await protection.seal(tx, id, place, content);
    await insertBankMessage(tx, { ...message, id, digest, sealed, writtenAt: clockOf(tx, clock).now() });
    return id;
  }

  /** Lays the oldest that waits; false when none does. A kill after it was laid lays it again: the same file. */
  async layNext(): Promise<boolean> {
    const { db, clock, protection, outbox } = this.parts;
    if (!outbox) return false;
    return db.transaction(async (tx) => {
      const next = await lockNextToLay(tx);
      if (!next) return false;
      await outbox.lay(`${next.messageId}.xml`, await protection.open(tx, next.id, place, next.sealed));
      await markLaid(tx, next.id, clockOf(tx, clock).now());
      return true;
    });
  }
}

export const bankMessagesWorker = (messages: BankMessages, log: Logger): Worker =>
  loopingWorker({ name: 'bank-messages', everyMs: 2_000, log, turn: () => messages.layNext() });
