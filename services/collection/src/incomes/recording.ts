import { draft } from '@isu/contracts';
import type { FactStore } from '@isu/messaging';
import type { EntityManager } from 'typeorm';
import type { DeclareIncome, ExOfficioGrounds, Income } from './income.js';
import { insertIncomes } from './income.table.js';

/** The trace that a word about an income belongs to. */
export interface Trace {
  readonly cause: string | null;
  readonly correlation: string | undefined;
}

export interface IncomeToRecord extends DeclareIncome {
  readonly account: string;
  readonly corrects: Income | undefined;
  readonly grounds?: ExOfficioGrounds;
  readonly trace: Trace;
}

/** Writes incomes down and tells them, in the order given. The accounts are locked by the caller. */
export async function recordIncomes(tx: EntityManager, facts: FactStore, incomes: readonly IncomeToRecord[]): Promise<Income[]> {
  const published = await facts.publish(tx, incomes.map(incomeRecorded));
  const recorded = incomes.map(({ trace: _, corrects, grounds, ...said }, rank) => {
    const fact = published[rank];
    if (!fact) throw new Error('Every fact published is given back, in order.');
    return { ...said, fact: fact.id, seq: fact.seq, corrects: corrects?.fact ?? null, grounds: grounds ?? null };
  });
  await insertIncomes(tx, recorded);
  return recorded.map(({ seq: _, ...income }) => income);
}

const incomeRecorded = ({ account, year, kind, amount, source, declaredOn, corrects, grounds, trace }: IncomeToRecord) =>
  draft({
    ...{ stream: account, type: 'collection.income-recorded.v1', effectiveOn: declaredOn.iso, ...trace },
    data: {
      ...{ amount: amount.toString(), ...(corrects === undefined ? {} : { corrects: corrects.fact }), declaredOn: declaredOn.iso },
      ...{ ...(grounds === undefined ? {} : { grounds: [grounds] }), kind, source, year },
    },
  });
