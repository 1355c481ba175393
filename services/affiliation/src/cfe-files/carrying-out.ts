import { loopingWorker, Refusal, type HoldingFunds, type ServiceContext, type Worker } from '@isu/chassis';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { cfeFact } from './cfe-facts.js';
import {
  dropWaiting,
  findFile,
  findFormality,
  findUnderWay,
  keepLine,
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
import { actingFor } from './handed-by.js';
import type { Formalities } from './formalities.js';

type Context = Pick<ServiceContext, 'db' | 'clock' | 'facts' | 'protection' | 'log'>;

interface Parts {
  readonly formalities: Formalities;
  readonly holding: HoldingFunds;
}

/** Where a line waits, sealed; bound into what is sealed. */
export const linePlace = { table: 'cfe_waiting_line', column: 'sealed' };
/** Longer than any arrival may take: the port lets go of a sender after a minute. */
const abandonedAfterMs = 3_600_000;
const nothing = { code: null, field: null, accepted: null };

/**
 * Carries a file out formality by formality, each in a transaction of its own that holds its effect and its outcome. Killed anywhere, a file
 * goes on where it stood.
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

  /** The next line with its effect and its outcome, or the end of the file; false once there is nothing left. */
  private carryOutNext(key: CfeKey): Promise<boolean> {
    return this.context.db.transaction(async (tx) => {
      const file = await lockFile(tx, key);
      if (file.done) return false;
      const waiting = await nextWaiting(tx, file);
      if (!waiting) {
        await this.complete(tx, file);
        return false;
      }
      await keepLine(tx, key, { ...(await this.outcomeOf(tx, file, waiting)), content: waiting.content });
      return true;
    });
  }

  private async outcomeOf(tx: EntityManager, file: OpenCfeFile, waiting: WaitingLine): Promise<CfeLine> {
    const { line, event: type, reference, content, sealed } = waiting;
    const met = { line, event: type, reference, ...nothing };
    const earlier = await findFormality(tx, file.centre, reference);
    if (earlier) {
      const isSame = earlier.content.equals(content);
      return {
        ...met,
        outcome: isSame ? 'duplicate' : 'conflict',
        code: isSame ? null : 'reference-with-other-content',
        account: earlier.account,
      };
    }
    const event = JSON.parse(await this.context.protection.open(tx, file.intake, linePlace, sealed)) as CfeEvent;
    const acting = actingFor(file, this.context.clock.today(), this.parts.holding);
    try {
      // A savepoint: what a refused formality had begun is undone, and its outcome kept.
      const reason = `CFE ${file.centre}, formalité ${reference}`;
      const done = await tx.transaction((inner) => this.parts.formalities.carryOut(inner, event, reason, acting));
      return { ...met, ...done };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const [fault] = error.errors;
      return {
        ...met,
        outcome: 'refused',
        code: error.code,
        field: fault?.field ?? null,
        accepted: fault?.accepted ?? null,
        account: null,
      };
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
