import type { Access, ServiceContext } from '@isu/chassis';
import type { AccountNumber } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { periodOf } from '../endings/ending.js';
import type { History } from '../history/history.js';
import type { Letters } from '../letters/letters.js';
import { replyToRefusal, type ReplyToRefusal } from './refused-affiliation.js';

export class RefusedAffiliations {
  constructor(
    private readonly context: Pick<ServiceContext, 'clock'>,
    private readonly parts: { readonly history: History; readonly letters: Letters },
  ) {}

  /** Answers with the law, by letter too; the refusal is kept, and changes nothing of the affiliation. */
  async answer(tx: EntityManager, account: AccountNumber, reason: string, access: Access): Promise<ReplyToRefusal> {
    const file = await this.parts.history.open(tx, account, access);
    const today = this.context.clock.today();
    const reply = replyToRefusal(file.account, today, periodOf(file.changes).startedOn);
    const said = { subject: 'account', change: 'refusal-answered', effectiveOn: today.iso, reason, detail: {} } as const;
    await this.parts.history.keep(tx, file, [said], access);
    const text = [reply.reply, ...reply.sources.map(({ reference, says }) => `${reference} : ${says}`)].join('\n');
    const letter = { account: file.account, kind: 'affiliation-refusal', subject: 'Votre affiliation est obligatoire', text };
    await this.parts.letters.write(tx, [{ ...letter, channel: 'letter', documents: [] }], access);
    return reply;
  }
}
