import { randomUUID } from 'node:crypto';
import { loopingWorker, type HostContext, type Worker } from '@isu/chassis';
import { createTransport, type Transporter } from 'nodemailer';
import type { EntityManager } from 'typeorm';
import type { Mail } from './mail.js';

type MailContext = Pick<HostContext, 'db' | 'clock' | 'protection' | 'log' | 'metrics'>;

interface Post {
  readonly smtpUrl: string;
  readonly from: string;
}

interface Row {
  readonly id: string;
  readonly sealed: Buffer;
  readonly attempts: number;
}

const place = { table: 'mail', column: 'sealed' };
const everyMs = 1_000;
/** For as long a mail that is being sent is nobody else's; if its sender dies, it is sent again, under the same Message-ID. */
const leaseMs = 60_000;
const longestRestMs = 600_000;

/**
 * E-mails leave through a table: written in the transaction that decides them, sent afterwards, so that a kill loses none (F2). They hold
 * links, so they are sealed while they wait, and gone once they are sent.
 */
export class Mails {
  private readonly transport: Transporter;

  constructor(
    private readonly context: MailContext,
    private readonly post: Post,
  ) {
    const patience = { connectionTimeout: 5_000, greetingTimeout: 5_000, socketTimeout: 10_000 };
    this.transport = createTransport({ url: post.smtpUrl, disableFileAccess: true, disableUrlAccess: true, ...patience });
    context.metrics.gauge('isu_mails_waiting', async () => {
      const [row] = (await context.db.query('SELECT count(*)::int AS count FROM mail')) as { count: number }[];
      return row?.count ?? 0;
    });
  }

  async write(tx: EntityManager, mail: Mail): Promise<void> {
    const [id, now] = [randomUUID(), this.context.clock.now()];
    const sealed = await this.context.protection.seal(tx, id, place, JSON.stringify(mail));
    await tx.query('INSERT INTO mail (id, sealed, made_at, next_at) VALUES ($1, $2, $3, $3)', [id, sealed, now]);
  }

  sender(): Worker {
    return loopingWorker({ name: 'mail-sender', everyMs, log: this.context.log, turn: () => this.sendOne() });
  }

  /** True when one was sent: there may be more. */
  private async sendOne(): Promise<boolean> {
    const { db, protection, log } = this.context;
    const row = await this.take();
    if (!row) return false;
    const { to, subject, text } = JSON.parse(await protection.open(db.manager, row.id, place, row.sealed)) as Mail;
    try {
      await this.transport.sendMail({ from: this.post.from, to, subject, text, messageId: `<${row.id}@isu>` });
    } catch (error) {
      // The words of a mail server repeat the address: its code is all that may be logged.
      log.warn({ attempts: row.attempts, code: String((error as { code?: unknown }).code) }, 'an e-mail could not be sent yet');
      await this.putOff(row);
      return false;
    }
    await db.query('WITH sent AS (DELETE FROM mail WHERE id = $1) DELETE FROM person_key WHERE person_id = $1', [row.id]);
    return true;
  }

  private async take(): Promise<Row | undefined> {
    const now = this.context.clock.now();
    const [rows] = (await this.context.db.query(
      `UPDATE mail SET attempts = attempts + 1, next_at = $2 WHERE id = (
         SELECT id FROM mail WHERE next_at <= $1 ORDER BY next_at LIMIT 1 FOR UPDATE SKIP LOCKED)
       RETURNING id, sealed, attempts`,
      [now, new Date(now.getTime() + leaseMs)],
    )) as [Row[], number];
    return rows[0];
  }

  private async putOff({ id, attempts }: Row): Promise<void> {
    const restMs = Math.min(longestRestMs, 2_000 * 2 ** (attempts - 1));
    await this.context.db.query('UPDATE mail SET next_at = $2 WHERE id = $1', [id, new Date(this.context.clock.now().getTime() + restMs)]);
  }
}
