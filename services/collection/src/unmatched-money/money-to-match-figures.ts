import type { ServiceContext } from '@isu/chassis';
import { moneyToMatch } from './unmatched-money.table.js';

/** How much money waits for an owner and how long the oldest has: a list that grows is people who paid and are asked again. */
export function tellMoneyToMatch({ db, clock, metrics }: Pick<ServiceContext, 'db' | 'clock' | 'metrics'>): void {
  metrics.gauge('isu_money_to_match', async () => (await moneyToMatch(db.manager)).count);
  metrics.gauge('isu_money_to_match_days', async () => (await moneyToMatch(db.manager)).oldestOn?.daysUntil(clock.today()) ?? 0);
}
