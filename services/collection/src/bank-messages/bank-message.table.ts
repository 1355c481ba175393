import type { Day, Money } from '@isu/values';
import type { EntityManager } from 'typeorm';

type Reading = Pick<EntityManager, 'query'>;

/** A message of ours for the bank. Its bytes are sealed: they hold names and IBANs. */
export interface BankMessage {
  readonly id: string;
  /** By which the bank answers: the name of the file too. */
  readonly messageId: string;
  /** The due date whose run wrote it. */
  readonly dueOn: Day;
  readonly count: number;
  readonly total: Money;
  /** SHA-256 of its bytes. */
  readonly digest: string;
  readonly writtenAt: Date;
}

export async function insertBankMessage(tx: Reading, message: BankMessage & { readonly sealed: Buffer }): Promise<void> {
  const { id, messageId, dueOn, count, total, digest, sealed, writtenAt } = message;
  await tx.query(
    `INSERT INTO bank_message (id, message_id, due_on, count, total, digest, sealed, written_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [id, messageId, dueOn.iso, count, total.toString(), digest, sealed, writtenAt],
  );
}

export interface SealedMessage {
  readonly id: string;
  readonly messageId: string;
  readonly sealed: Buffer;
}

/** The oldest that waits to be laid, kept from other instances until the transaction ends. */
export async function lockNextToLay(tx: Reading): Promise<SealedMessage | undefined> {
  const [message]: SealedMessage[] = await tx.query(
    `SELECT id, message_id AS "messageId", sealed FROM bank_message WHERE laid_at IS NULL ORDER BY written_at, message_id LIMIT 1 FOR UPDATE SKIP LOCKED`,
  );
  return message;
}

export const markLaid = (tx: Reading, id: string, at: Date): Promise<unknown> =>
  tx.query('UPDATE bank_message SET laid_at = $2 WHERE id = $1', [id, at]);

/** The messages of a due date are laid again, as they are. How many there are. */
export async function layAgain(tx: Reading, dueOn: Day): Promise<number> {
  const [rows]: [unknown[], number] = await tx.query('UPDATE bank_message SET laid_at = NULL WHERE due_on = $1 RETURNING id', [dueOn.iso]);
  return rows.length;
}

export type ShownBankMessage = Omit<BankMessage, 'id' | 'dueOn' | 'total'> & { readonly total: string; readonly laidAt: Date | null };

export const messagesOfDay = (tx: Reading, dueOn: Day): Promise<ShownBankMessage[]> =>
  tx.query(
    `SELECT message_id AS "messageId", count, total, digest, written_at AS "writtenAt", laid_at AS "laidAt" FROM bank_message
     WHERE due_on = $1 ORDER BY written_at, message_id`,
    [dueOn.iso],
  );
