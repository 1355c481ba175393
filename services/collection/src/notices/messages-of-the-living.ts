import { OutgoingMessages, type OutgoingMessage } from '@isu/chassis';
import type { EntityManager } from 'typeorm';
import { frozenAmong } from '../debits/debtor.table.js';

/** Once a bank has said that somebody has died, nothing more is written to the person: the joint cell writes to who inherits. */
export class MessagesOfTheLiving extends OutgoingMessages {
  override async write(tx: Pick<EntityManager, 'query'>, messages: readonly OutgoingMessage[]): Promise<string[]> {
    const frozen = await frozenAmong(
      tx,
      messages.map(({ account }) => account),
    );
    return super.write(
      tx,
      messages.filter(({ account }) => !frozen.has(account)),
    );
  }
}
