import { refuse as standard, setScope, type Access, type OutgoingMessages, type ServiceContext } from '@isu/chassis';
import { Day, type AccountNumber } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { fundOfCode } from '../funds/fund.js';
import type { History } from '../history/history.js';
import { findPerson } from '../insured-persons/insured-person.table.js';
import { refuse } from '../refusals.js';

export const messageSubjects = ['affiliation', 'cotisations', 'paiement', 'sante', 'retraite', 'reclamation', 'autre'] as const;
export type MessageSubject = (typeof messageSubjects)[number];

/** A message to the caisse with its receipt (F9): when it was there, under which reference, and by when an answer is owed. */
export interface FundMessage {
  readonly reference: string;
  readonly account: string;
  readonly fund: string;
  readonly subject: MessageSubject;
  readonly text: string;
  readonly receivedAt: string;
  /** Commitment: five days for a message (collection.md 7, by default). */
  readonly answerBy: string;
  readonly answer: string | null;
  readonly answeredAt: string | null;
}

/** What is answered to who writes or answers: never the words, which the answer to a repeated request would keep in clear. */
export type MessageReceipt = Omit<FundMessage, 'text' | 'answer'>;

interface Row extends Omit<FundMessage, 'text' | 'answer' | 'answerBy'> {
  readonly personId: string;
  readonly textSealed: Buffer;
  readonly answerSealed: Buffer | null;
  readonly receivedOn: string;
}

const answerDays = 5;
const textPlace = { table: 'fund_message', column: 'text_sealed' };
const answerPlace = { table: 'fund_message', column: 'answer_sealed' };
const instant = (column: string): string => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const select = `SELECT m.reference, m.account, m.fund, m.subject, m.text_sealed AS "textSealed", m.answer_sealed AS "answerSealed",
  ${instant('m.received_at')} AS "receivedAt", ${instant('m.answered_at')} AS "answeredAt", p.person_id AS "personId",
  to_char(m.received_at AT TIME ZONE 'Europe/Paris', 'YYYY-MM-DD') AS "receivedOn"
  FROM fund_message m JOIN insured_person p USING (account) JOIN person_key k ON k.person_id = p.person_id AND k.erased_at IS NULL`;
const mostShown = 100;

type Context = Pick<ServiceContext, 'db' | 'clock' | 'protection'>;

export class FundMessagesService {
  constructor(
    private readonly context: Context,
    private readonly parts: { readonly history: History; readonly messages: OutgoingMessages },
  ) {}

  /** Keeps what the person writes, sealed, and answers with the receipt, which leaves by e-mail too. */
  async send(
    tx: EntityManager,
    account: AccountNumber,
    { subject, text }: Pick<FundMessage, 'subject' | 'text'>,
    access: Access,
  ): Promise<MessageReceipt> {
    const { clock, protection } = this.context;
    const file = await this.parts.history.open(tx, account, access);
    const fund = (await findPerson(tx, file.account))?.fund ?? '';
    const [next] = (await tx.query(`SELECT nextval('fund_message_number') AS number`)) as { number: string }[];
    const today = clock.today();
    const reference = `M${fund}-${String(today.year)}-${(next?.number ?? '').padStart(6, '0')}`;
    const receivedAt = clock.recordedAt();
    await tx.query(
      'INSERT INTO fund_message (reference, account, fund, subject, text_sealed, received_at) VALUES ($1, $2, $3, $4, $5, $6)',
      [reference, file.account, fund, subject, await protection.seal(tx, file.personId, textPlace, text), receivedAt],
    );
    const answerBy = today.plusDays(answerDays);
    await this.tell(tx, file.account, access, {
      kind: 'fund-message-receipt',
      subject: `Votre message à votre caisse, référence ${reference}`,
      text: `Votre message a été reçu le ${today.print()} sous la référence ${reference}. Une réponse vous est due au plus tard le ${answerBy.print()}.`,
    });
    return { reference, account: file.account, fund, subject, receivedAt, answerBy: answerBy.iso, answeredAt: null };
  }

  /** Refused for a reference that is not the person's, and for a message already answered. */
  async answer(
    tx: EntityManager,
    account: AccountNumber,
    { reference, text }: { reference: string; text: string },
    access: Access,
  ): Promise<MessageReceipt> {
    const { clock, protection } = this.context;
    const file = await this.parts.history.open(tx, account, access);
    const [row] = (await tx.query(`${select} WHERE m.account = $1 AND m.reference = $2 FOR UPDATE OF m`, [
      file.account,
      reference,
    ])) as Row[];
    if (!row) throw standard('not-found');
    if (row.answeredAt !== null) throw refuse('message-answered');
    const answeredAt = clock.recordedAt();
    const sealed = await protection.seal(tx, file.personId, answerPlace, text);
    await tx.query('UPDATE fund_message SET answer_sealed = $2, answered_at = $3, answered_by = $4 WHERE reference = $1', [
      reference,
      sealed,
      answeredAt,
      access.subject.sub,
    ]);
    await this.tell(tx, file.account, access, {
      kind: 'fund-message-answer',
      subject: `Réponse à votre message ${reference}`,
      text: `Votre caisse a répondu à votre message ${reference} : la réponse est dans Mon compte, rubrique Ma caisse.`,
    });
    const { fund, subject, receivedAt, receivedOn } = row;
    return { reference, account: file.account, fund, subject, receivedAt, answerBy: answerByOf(receivedOn), answeredAt };
  }

  async ofPerson(account: AccountNumber, access: Access): Promise<FundMessage[]> {
    await this.parts.history.read(account, access);
    return this.context.db.transaction(async (tx) => {
      await setScope(tx, access.reach);
      return this.opened(tx, await tx.query(`${select} WHERE m.account = $1 ORDER BY m.received_at, m.reference`, [account.toString()]));
    });
  }

  /** What waits for an answer at a caisse, the oldest first: the messages of the people whom it holds now, whoever held them when they wrote. */
  async waiting(fund: string, access: Access): Promise<FundMessage[]> {
    if (!fundOfCode(fund)) throw refuse('unknown-fund');
    return this.context.db.transaction(async (tx) => {
      await setScope(tx, access.reach);
      const waiting = `${select} WHERE holding_fund(m.account::text, $2) = $1 AND m.answered_at IS NULL ORDER BY m.received_at, m.reference LIMIT ${String(mostShown)}`;
      return this.opened(tx, await tx.query(waiting, [fund, this.context.clock.today().iso]));
    });
  }

  private async opened(tx: EntityManager, rows: readonly Row[]): Promise<FundMessage[]> {
    const { protection } = this.context;
    const fields = rows.map(({ personId, textSealed }) => ({ personId, sealed: textSealed }));
    const texts = await protection.openMany(tx, textPlace, fields);
    const answered = rows.filter(({ answerSealed }) => answerSealed !== null);
    const answers = await protection.openMany(
      tx,
      answerPlace,
      answered.map(({ personId, answerSealed }) => ({ personId, sealed: answerSealed ?? Buffer.alloc(0) })),
    );
    const answerOf = new Map(answered.map(({ reference }, rank) => [reference, answers[rank] ?? null]));
    return rows.map(({ reference, account, fund, subject, receivedAt, receivedOn, answeredAt }, rank) => ({
      ...{ reference, account, fund, subject, text: texts[rank] ?? '', receivedAt, answeredAt },
      answerBy: answerByOf(receivedOn),
      answer: answerOf.get(reference) ?? null,
    }));
  }

  private async tell(
    tx: EntityManager,
    account: string,
    { correlation }: Access,
    said: { kind: string; subject: string; text: string },
  ): Promise<void> {
    const writtenOn = this.context.clock.today();
    await this.parts.messages.write(tx, [{ account, ...said, channel: 'email', documents: [], writtenOn, correlation }]);
  }
}

const answerByOf = (receivedOn: string): string => Day.of(receivedOn).plusDays(answerDays).iso;
