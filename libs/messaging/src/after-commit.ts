import type { EntityManager, EntitySubscriberInterface, QueryRunner } from 'typeorm';

const waiting = new WeakMap<QueryRunner, Set<() => void>>();

const teller: EntitySubscriberInterface = {
  afterTransactionCommit({ queryRunner }) {
    // The end of a part of a transaction is no commit.
    if (queryRunner.isTransactionActive) return;
    const calls = waiting.get(queryRunner) ?? [];
    waiting.delete(queryRunner);
    for (const call of calls) call();
  },
};

/** Calls once when the transaction is committed, however often it is asked to; at once outside of any. */
export function afterCommit({ queryRunner, dataSource }: Pick<EntityManager, 'queryRunner' | 'dataSource'>, call: () => void): void {
  if (!queryRunner?.isTransactionActive) return call();
  if (!dataSource.subscribers.includes(teller)) dataSource.subscribers.push(teller);
  waiting.set(queryRunner, (waiting.get(queryRunner) ?? new Set()).add(call));
}
