import type { BusinessClock } from './business-clock.js';

const stopped = new WeakMap<object, BusinessClock>();

/**
 * The clock as one act sees it: read once, at the first question that the act puts, and standing still until the act is over. Whatever it
 * decides, books and says has one day and one instant, though midnight passes meanwhile. The act is named by its transaction; ask after
 * what it locks is locked, so that what comes later in a history is not recorded as known earlier.
 */
export function clockOf(act: object, clock: BusinessClock): BusinessClock {
  const known = stopped.get(act);
  if (known) return known;
  const read = stoppedNow(clock);
  // What is asked outside a transaction goes on through one object for ever: it is no act, and every question of it is a new one.
  if (isTransaction(act)) stopped.set(act, read);
  return read;
}

/** Day and instant in one reading: midnight between the two would make them those of two days. */
function stoppedNow(clock: BusinessClock): BusinessClock {
  for (;;) {
    const before = clock.today();
    const [now, recordedAt, today] = [clock.now(), clock.recordedAt(), clock.today()];
    if (today.equals(before)) return { today: () => today, now: () => new Date(now), recordedAt: () => recordedAt };
  }
}

const isTransaction = (act: object & { readonly queryRunner?: { readonly isTransactionActive: boolean } }): boolean =>
  act.queryRunner?.isTransactionActive === true;
