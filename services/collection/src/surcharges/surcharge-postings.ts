import { draft, type FactDraft } from '@isu/contracts';
import { accounts as chart, type Posting, type Transaction } from '@isu/ledger';
import { Money, type Day } from '@isu/values';
import { byDebt } from '../payments/payment.js';
import type { KnownSurcharges } from './known-surcharges.js';
import type { ChargedLine, PartOff } from './notification.js';

/** One act on the surcharges of an account, before it is booked. */
export type SurchargeAct =
  | { readonly kind: 'charged'; readonly lines: readonly ChargedLine[] }
  | { readonly kind: 'cancelled'; readonly lines: readonly PartOff[]; readonly reason: string }
  | { readonly kind: 'remitted'; readonly lines: readonly PartOff[]; readonly ground: 'automatic' | 'director' | 'board' };

export interface NumberedAct {
  readonly account: string;
  readonly act: SurchargeAct;
  /** 1, 2, 3 … over the surcharges of the account: the act's own key in the ledger. */
  readonly number: number;
  readonly day: Day;
  readonly restsOn: KnownSurcharges['restsOn'];
  readonly correlation: string | undefined;
}

export const actKey = ({ account, number }: Pick<NumberedAct, 'account' | 'number'>): string => `surcharge/${account}/${number}`;

/** Charged: owed by the person, an income of the house; cancelled, the other way round; given up, the house bears it. */
export function bookingOf({ account, act, number, day }: NumberedAct): Transaction {
  const postings = act.lines.map(({ year, code, amount }): Posting => {
    const [owed, income] = [chart.surcharge(year, code), chart.surcharges(year, code)];
    const money = Money.of(amount);
    if (act.kind === 'charged') return { from: income, to: owed, amount: money };
    return { from: owed, to: act.kind === 'cancelled' ? income : chart.remissions(year, code), amount: money };
  });
  const reason = { charged: 'surcharge', cancelled: 'cancellation', remitted: 'remission' }[act.kind];
  return { holder: account, key: actKey({ account, number }), reason, effectiveOn: day, postings: byDebt(postings) };
}

export function factOf({ account, act, day, restsOn, correlation }: NumberedAct, accountingDay: string): FactDraft {
  const frame = { stream: account, effectiveOn: day.iso, ...(correlation === undefined ? {} : { correlation }) };
  switch (act.kind) {
    case 'charged':
      return draft({
        ...{ ...frame, type: 'collection.surcharge-charged.v1' },
        data: { lines: [...act.lines], through: day.iso, accountingDay, restsOn },
      });
    case 'cancelled':
      return draft({
        ...{ ...frame, type: 'collection.surcharge-cancelled.v1' },
        data: { lines: [...act.lines], reason: act.reason, accountingDay },
      });
    case 'remitted':
      return draft({
        ...{ ...frame, type: 'collection.surcharge-remitted.v1' },
        data: { lines: [...act.lines], ground: act.ground, accountingDay },
      });
  }
}
