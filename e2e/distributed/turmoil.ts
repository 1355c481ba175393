import { setTimeout as pause } from 'node:timers/promises';
import type { DistributedSystem, Instance } from '@isu/distributed';
import { between } from './seeded.js';

interface Plan {
  readonly kills: number;
  readonly random: () => number;
}

/** Kills instances at moments that the seed decides, sometimes both of a service, and starts them again a little later. */
export class Turmoil {
  readonly told: string[] = [];
  private readonly restarts: Promise<void>[] = [];
  private readonly startedAt = performance.now();
  private over = false;

  constructor(
    private readonly system: DistributedSystem,
    private readonly plan: Plan,
  ) {}

  /** Resolves when all kills are done, or when it is told to end. */
  async rage(): Promise<void> {
    const { kills, random } = this.plan;
    for (let done = 0; done < kills && !this.over;) {
      await pause(between(random, 500, 2_500));
      const rank = between(random, 0, this.system.instances.length - 1);
      const awayMs = between(random, 300, 2_500);
      const instance = this.system.instances[rank];
      if (this.over || !instance?.isRunning) continue;
      done += 1;
      await instance.kill();
      this.told.push(`${((performance.now() - this.startedAt) / 1_000).toFixed(1)} s ${instance.name}, away ${String(awayMs)} ms`);
      this.restarts.push(this.restart(instance, awayMs));
    }
  }

  /** Ends the killing and waits until every instance is ready again. */
  async heal(): Promise<void> {
    this.over = true;
    await Promise.all(this.restarts);
    await Promise.all(this.system.instances.map((instance) => instance.untilReady()));
  }

  private async restart(instance: Instance, awayMs: number): Promise<void> {
    await pause(awayMs);
    instance.start();
  }
}
