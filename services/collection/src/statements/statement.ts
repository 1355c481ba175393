import { endOfDayInParis } from '@isu/chassis';
import type { Day } from '@isu/values';
import type { Account } from '../accounts/account.js';
import { refuse } from '../refusals.js';
import type { Periods } from './period.js';

/** The account as its books tell it (relevé de situation): at the last accounting day that was closed, and with what was booked since. */
export interface Statement {
  readonly account: string;
  /** Told by what was known at the end of that day; today, by what is known now. */
  readonly knownOn: Day;
  /** The figures at the last closed accounting day, which is printed with them (F17); null before the first close. */
  readonly closed: (Periods & { readonly accountingDay: Day }) | null;
  /** The figures with all that was booked. */
  readonly current: Periods;
}

/** Up to when what is told was recorded: the end of a day that has come (I7), or now. */
export interface Known {
  readonly on: Day;
  /** An instant (ISO, UTC); without one, nothing is left out. */
  readonly at: string | undefined;
}

/** What was known on a past day stands for ever: nothing is ever recorded as known earlier. Refused for a day to come, and for one before we knew the account. */
export function knownOn(asked: Day | undefined, today: Day, { openedOn }: Pick<Account, 'openedOn'>): Known {
  if (asked === undefined) return { on: today, at: undefined };
  if (asked.isAfter(today)) throw refuse('known-day-not-come', { today });
  if (asked.isBefore(openedOn)) throw refuse('account-not-known-yet', { openedOn });
  return { on: asked, at: endOfDayInParis(asked.iso) };
}
