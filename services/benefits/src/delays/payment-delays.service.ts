import { inSpan, loopingWorker, type ServiceContext, type Worker } from '@isu/chassis';
import type { Fact } from '@isu/contracts';
import type { EntityManager } from 'typeorm';
import { delaysOf, type DelayDistribution } from './payment-delay.js';
import { distributionSince, forgetDelays, insertDelays } from './payment-delay.table.js';

const hourMs = 3_600_000;
const shownHours = [1, 24, 720] as const;
/** Anybody may ask: the figures are worked out once in ten seconds, however many do. */
const keptForMs = 10_000;
const keptDays = 400;

/** Measures every payment, from the partner's line accepted to the rights it changes, and publishes what it finds (N4). */
export class PaymentDelaysService {
  private shown: { untilMs: number; distributions: Promise<readonly DelayDistribution[]> } | undefined;

  constructor(private readonly context: Pick<ServiceContext, 'name' | 'db' | 'clock' | 'metrics' | 'log'>) {}

  /** The rights rest on the facts kept here, so they change in the transaction that keeps this one. */
  async measure(tx: EntityManager, posted: readonly Fact<'collection.payment-posted.v1'>[]): Promise<void> {
    const { name, clock, metrics } = this.context;
    await inSpan({ service: name, name: 'change rights', attributes: { 'isu.payments': posted.length } }, async () => {
      const now = clock.now();
      const delays = await insertDelays(tx, delaysOf(posted, now.getTime()), now);
      for (const delayMs of delays) metrics.observe('isu_payment_to_rights_seconds', delayMs / 1_000);
    });
  }

  /** The last hour, day and month. */
  async distributions(): Promise<readonly DelayDistribution[]> {
    const { db, clock } = this.context;
    const nowMs = clock.now().getTime();
    if (!this.shown || this.shown.untilMs <= nowMs) {
      const asked = shownHours.map((hours) => distributionSince(db.manager, new Date(nowMs - hours * hourMs), hours));
      this.shown = { untilMs: nowMs + keptForMs, distributions: Promise.all(asked) };
      this.shown.distributions.catch(() => (this.shown = undefined));
    }
    return this.shown.distributions;
  }

  /** Forgets what nobody is shown any more. */
  forgetting(): Worker {
    const { db, clock, log } = this.context;
    return loopingWorker({
      name: 'payment-delays',
      everyMs: hourMs,
      log,
      turn: async () => {
        await forgetDelays(db, new Date(clock.now().getTime() - keptDays * 24 * hourMs));
        return false;
      },
    });
  }
}
