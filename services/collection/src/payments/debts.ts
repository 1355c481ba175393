import { isSurcharge } from '@isu/account';
import { together } from '@isu/messaging';
import { Money } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { Instalment } from '../schedules/schedule.js';
import { saveWhatIsPaid } from '../schedules/schedule.table.js';
import {
  saveSurchargesPaid,
  surchargesOfAccounts,
  unpaidSurcharges,
  type NotifiedSurcharge,
  type PaidSurcharge,
} from '../surcharges/surcharge.table.js';
import type { Payment } from './payment.js';
import { instalmentsPaidBy, unpaidInstalments, type DebtsWanted } from './payment.table.js';

/*
 * What money may go on: due dates, each with the surcharges that were notified for it as further lines. A surcharge outlives its due date
 * in the calendar, so that it may stand on one that has no contribution any more.
 */

export async function unpaidDebts(tx: EntityManager, wanted: readonly DebtsWanted[]): Promise<Map<string, Instalment[]>> {
  const accounts = wanted.map(({ account }) => account);
  return withSurcharges(...(await together(unpaidInstalments(tx, wanted), unpaidSurcharges(tx, accounts))));
}

/** The debts on which these payments were placed. */
export async function debtsPaidBy(tx: EntityManager, payments: readonly Payment[]): Promise<Map<string, Instalment[]>> {
  const onSurcharges = payments.filter(({ allocations }) => allocations.some(isSurcharge)).map(({ account }) => account);
  const surcharges = onSurcharges.length === 0 ? [] : await surchargesOfAccounts(tx, onSurcharges);
  return withSurcharges(await instalmentsPaidBy(tx, payments), surcharges);
}

export async function saveDebtsPaid(tx: EntityManager, changed: readonly { account: string; instalment: Instalment }[]): Promise<void> {
  const parted = changed.map(({ account, instalment }) => ({
    account,
    instalment: { ...instalment, lines: instalment.lines.filter((line) => !isSurcharge(line)) },
    surcharges: instalment.lines.filter(isSurcharge).map((line) => ({ ...line, account, instalment: instalment.id })),
  }));
  await saveWhatIsPaid(
    tx,
    parted.filter(({ instalment }) => instalment.lines.length > 0),
  );
  await saveSurchargesPaid(
    tx,
    parted.flatMap(({ surcharges }) => surcharges as PaidSurcharge[]),
  );
}

function withSurcharges(instalments: Map<string, Instalment[]>, surcharges: readonly NotifiedSurcharge[]): Map<string, Instalment[]> {
  for (const { account, instalment: id, year, code, dueOn, owed, paid } of surcharges) {
    const known = instalments.get(account) ?? [];
    // What was given up after it was paid stays paid.
    const line = { year, code, amount: Money.max(owed, paid), paid };
    const rank = known.findIndex((instalment) => instalment.id === id);
    const bearer = known[rank] ?? { id, schedule: dueOn.year, dueOn, means: 'transfer' as const, lines: [] };
    const bearing = { ...bearer, lines: [...bearer.lines, line] };
    instalments.set(account, rank === -1 ? [...known, bearing] : known.with(rank, bearing));
  }
  return instalments;
}
