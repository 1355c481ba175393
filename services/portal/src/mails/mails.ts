import { randomUUID } from 'node:crypto';
import { loopingWorker, type HostContext, type Worker } from '@isu/chassis';
import { createTransport, type Transporter } from 'nodemailer';
import type { EntityManager } from 'typeorm';
import { WaitingTable } from '../waiting/waiting-table.js';
import type { Mail } from './mail.js';

type MailContext = Pick<HostContext, 'db' | 'clock' | 'protection' | 'log' | 'metrics'>;

interface Post {
  readonly smtpUrl: string;
  readonly from: string;
}

const place = { table: 'mail', column: 'sealed' };
const everyMs = 1_000;
const longestRestMs = 600_000;

/**
 * E-mails leave through a table: written in the transaction that decides them, sent afterwards, so that a kill loses none (F2). They hold
 * links, so they are sealed while they wait, and gone once they are sent. One whose sender dies is sent again, under the same Message-ID.
 */
export class Mails {
  private readonly transport: Transporter;
  private readonly waiting: WaitingTable;

  constructor(
    private readonly context: MailContext,
    private readonly post: Post,
  ) {
    this.waiting = new WaitingTable(context, 'mail');
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
    const row = await this.waiting.take();
    if (!row) return false;
    const { to, subject, text } = JSON.parse(await protection.open(db.manager, row.id, place, row.sealed)) as Mail;
    try {
      await this.transport.sendMail({ from: this.post.from, to, subject, text, messageId: `<${row.id}@isu>` });
    } catch (error) {
      // The words of a mail server repeat the address: its code is all that may be logged.
      log.warn({ attempts: row.attempts, code: String((error as { code?: unknown }).code) }, 'an e-mail could not be sent yet');
      await this.waiting.putOff(row, Math.min(longestRestMs, 2_000 * 2 ** (row.attempts - 1)));
      return false;
    }
    await this.waiting.settle(db, row.id);
    return true;
  }
}
