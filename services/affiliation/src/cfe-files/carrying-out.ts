import { loopingWorker, Refusal, type HoldingFunds, type ServiceContext, type Worker } from '@isu/chassis';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { cfeFact } from './cfe-facts.js';
import {
  dropWaiting,
  findFile,
  findFormalities,
  findUnderWay,
  keepLines,
  lockFile,
  markDone,
  nextWaiting,
  sweepWaiting,
  type CfeFile,
  type CfeKey,
  type CfeLine,
  type OpenCfeFile,
  type WaitingLine,
} from './cfe-file.table.js';
import type { CfeEvent } from './cfe-format.js';
import type { Acting } from '../acting.js';
import type { CreationsInARow } from './creations-in-a-row.js';
import { actingFor } from './handed-by.js';
import { linePlace, met, refusedLine, toldBefore } from './line-outcome.js';
import type { Formalities } from './formalities.js';

type Context = Pick<ServiceContext, 'db' | 'clock' | 'facts' | 'protection' | 'log'>;

interface Parts {
  readonly formalities: Formalities;
  readonly creations: CreationsInARow;
  readonly holding: HoldingFunds;
}

/** Longer than any arrival may take: the port lets go of a sender after a minute. */
const abandonedAfterMs = 3_600_000;
/** Creations that follow one another, in one transaction at most. */
const atATime = 250;

/**
 * Carries a file out formality by formality, each in a transaction of its own that holds its effect and its outcome; creations that follow one
 * another together. Killed anywhere, a file goes on where it stood.
 */
export class CarryingOut {
  constructor(
    private readonly context: Context,
    private readonly parts: Parts,
  ) {}

  /** Goes on with what was taken in when a process died, and sweeps up what never was. */
  worker(everyMs = 2_000): Worker {
    const { db, clock, log } = this.context;
    return loopingWorker({
      name: 'cfe-files',
      everyMs,
      log,
      turn: async (signal) => {
        for (const key of await findUnderWay(db, 10)) if (!signal.aborted) await this.finish(key, signal);
        await db.transaction((tx) => sweepWaiting(tx, v7({ msecs: clock.now().getTime() - abandonedAfterMs })));
        return false;
      },
    });
  }

  /** From wherever the file stands to its end; two at once do each line once. */
  async finish(key: CfeKey, signal?: AbortSignal): Promise<CfeFile> {
    while (await this.carryOutNext(key)) if (signal?.aborted) break;
    return mustFind(this.context.db, key);
  }

  /** The next line, or the next creations, with their effects and outcomes, or the end of the file; false once there is nothing left. */
  private carryOutNext(key: CfeKey): Promise<boolean> {
    return this.context.db.transaction(async (tx) => {
      const file = await lockFile(tx, key);
      if (file.done) return false;
      const waiting = await nextWaiting(tx, file, atATime);
      const [first] = waiting;
      if (!first) {
        await this.complete(tx, file);
        return false;
      }
      const acting = actingFor(file, this.context.clock.today(), this.parts.holding);
      const created = await this.parts.creations.carryOut(tx, file, waiting, acting);
      const done = created.length > 0 ? created : [await this.outcomeOf(tx, file, { waiting: first, acting })];
      await keepLines(
        tx,
        key,
        done.map((line, rank) => ({ ...line, content: waiting[rank]?.content ?? Buffer.alloc(0) })),
      );
      return true;
    });
  }

  private async outcomeOf(
    tx: EntityManager,
    file: OpenCfeFile,
    { waiting, acting }: { readonly waiting: WaitingLine; readonly acting: Acting },
  ): Promise<CfeLine> {
    const { reference, sealed } = waiting;
    const earlier = (await findFormalities(tx, file.centre, [reference])).get(reference);
    if (earlier) return toldBefore(waiting, earlier);
    const event = JSON.parse(await this.context.protection.open(tx, file.intake, linePlace, sealed)) as CfeEvent;
    try {
      // A savepoint: what a refused formality had begun is undone, and its outcome kept.
      const reason = `CFE ${file.centre}, formalité ${reference}`;
      const done = await tx.transaction((inner) => this.parts.formalities.carryOut(inner, event, reason, acting));
      return { ...met(waiting), ...done };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return refusedLine(waiting, error);
    }
  }

  private async complete(tx: EntityManager, { centre, number, intake, correlation }: OpenCfeFile): Promise<void> {
    const { clock, facts } = this.context;
    await markDone(tx, { centre, number }, clock.recordedAt());
    await dropWaiting(tx, intake);
    const file = await mustFind(tx, { centre, number });
    const { digest, count, outcomes } = file;
    await facts.publish(tx, [
      cfeFact(centre, { effectiveOn: file.businessDate, correlation }, 'affiliation.cfe-file-taken.v1', {
        number,
        digest,
        count,
        ...outcomes,
      }),
    ]);
  }
}

async function mustFind(tx: Pick<EntityManager, 'query'>, key: CfeKey): Promise<CfeFile> {
  const file = await findFile(tx, key);
  if (!file) throw new Error('A file once taken in is never taken away.');
  return file;
}
