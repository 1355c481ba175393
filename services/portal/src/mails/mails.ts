import { randomUUID } from 'node:crypto';
import { loopingWorker, type HostContext, type Worker } from '@isu/chassis';
import type { EntityManager } from 'typeorm';
import { WaitingTable } from '../waiting/waiting-table.js';
import type { Mail } from './mail.js';
import { codeOf, type Post } from './post.js';

type MailContext = Pick<HostContext, 'db' | 'clock' | 'protection' | 'log' | 'metrics'>;

const place = { table: 'mail', column: 'sealed' };
const everyMs = 1_000;
const longestRestMs = 600_000;

/**
 * E-mails leave through a table: written in the transaction that decides them, sent afterwards, so that a kill loses none (F2). They hold
 * links, so they are sealed while they wait, and gone once they are sent. One whose sender dies is sent again, under the same Message-ID.
 */
export class Mails {
  private readonly waiting: WaitingTable;

  constructor(
    private readonly context: MailContext,
    private readonly post: Post,
  ) {
    this.waiting = new WaitingTable(context, 'mail');
    context.metrics.gauge('isu_mails_waiting', async () => {
      const [row] = (await context.db.query('SELECT count(*)::int AS count FROM mail')) as { count: number }[];
      return row?.count ?? 0;
    });
  }

  async write(tx: EntityManager, mail: Mail): Promise<void> {
    const [id, now] = [randomUUID(), this.context.clock.now()];
    const sealed = await this.context.protection.seal(tx, id, place, JSON.stringify(mail));
    await tx.query('INSERT INTO mail (id, sealed, made_at, next_at) VALUES ($1, $2, $3, clock_timestamp())', [id, sealed, now]);
  }

  sender(): Worker {
    return loopingWorker({ name: 'mail-sender', everyMs, log: this.context.log, turn: () => this.sendOne() });
  }

  /** True when one was sent: there may be more. */
  private async sendOne(): Promise<boolean> {
    const { db, protection, log } = this.context;
    const row = await this.waiting.take();
    if (!row) return false;
    const mail = JSON.parse(await protection.open(db.manager, row.id, place, row.sealed)) as Mail;
    try {
      await this.post.send(row.id, mail);
    } catch (error) {
      log.warn({ attempts: row.attempts, code: codeOf(error) }, 'an e-mail could not be sent yet');
      await this.waiting.putOff(row, Math.min(longestRestMs, 2_000 * 2 ** (row.attempts - 1)));
      return false;
    }
    await this.waiting.settle(db, row.id);
    return true;
  }
}
