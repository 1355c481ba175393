import { FileFaults, isCut, type FileFault, type ServiceContext } from '@isu/chassis';
import { v7 } from 'uuid';
import { dropStaged, findBatchNamed, insertBatch, stageLines } from '../batches/batch.table.js';
import { recordRefusal } from '../conflicts/refused-files.js';
import { recordExchange } from '../exchange-journal/exchange-journal.js';
import { lockFlow, saveFlow } from '../flows/flow.table.js';
import type { PlacingService } from '../placing/placing.service.js';
import { fileRefused, refuse } from '../refusals.js';
import type { BankSource } from './bank-message.js';
import { readBankFile, type AcceptableFile } from './read-bank-file.js';

interface Parts {
  readonly context: Pick<ServiceContext, 'db' | 'facts' | 'clock'>;
  readonly placing: PlacingService;
  newId?(at: Date): string;
}

interface Arrived {
  readonly source: BankSource;
  readonly digest: string;
  readonly intake: string;
  readonly correlation: string;
}

/** Takes the messages of banks: accepted whole or refused whole, then line by line. */
export class BankFilesService {
  private readonly newId: (at: Date) => string;

  constructor(private readonly parts: Parts) {
    this.newId = parts.newId ?? ((at) => v7({ msecs: at.getTime() }));
  }

  /** Gives the receipt; the same file again gets the same receipt. */
  async receive(bytes: AsyncIterable<Uint8Array>, correlation: string): Promise<string> {
    const { context, placing } = this.parts;
    const intake = this.newId(context.clock.now());
    const faults = new FileFaults();
    const stage = stageLines.bind(null, context.db.manager, intake);
    const { file, ...read } = await readBankFile(bytes, { faults, stage }).catch(async (error: unknown) => {
      await dropStaged(context.db.manager, intake);
      throw isCut(error) ? refuse('file-cut') : error;
    });
    const arrived = { ...read, intake, correlation };
    if (!file) return this.refuseWhole(arrived, faults.list);
    const accepted = await this.accept(file, arrived);
    if ('number' in accepted) return placing.finish({ ...read.source, number: accepted.number });
    return this.refuseWhole(arrived, [otherContent], { subject: file.name.slice(0, 140), kept: accepted.kept, refused: read.digest });
  }

  private async accept(
    file: AcceptableFile,
    { source, digest, intake, correlation }: Arrived,
  ): Promise<{ number: number } | { kept: string }> {
    const { db, clock } = this.parts.context;
    return db.transaction(async (tx) => {
      const state = await lockFlow(tx, source);
      const same = await findBatchNamed(tx, { ...source, name: file.name });
      if (same) {
        await dropStaged(tx, intake);
        if (same.digest !== digest) return { kept: same.digest };
        const { number } = same;
        await recordExchange(tx, clock, { act: 'batch-repeated', ...source, number, digest, outcome: 'known', correlation });
        return { number };
      }
      const number = state.lastNumber + 1;
      const { name, count, total, createdOn } = file;
      await insertBatch(
        tx,
        { ...source, number, name, digest, previousDigest: null, businessDate: createdOn, count, total, intake, correlation },
        clock.now(),
      );
      await saveFlow(tx, { ...state, lastNumber: number });
      await recordExchange(tx, clock, { act: 'batch-accepted', ...source, number, digest, outcome: 'accepted', correlation });
      return { number };
    });
  }

  private async refuseWhole(
    { source, digest, correlation, intake }: Arrived,
    faults: readonly FileFault[],
    conflict?: { readonly subject: string; readonly kept: string; readonly refused: string },
  ): Promise<never> {
    await dropStaged(this.parts.context.db.manager, intake);
    await recordRefusal(this.parts.context, {
      ...source,
      number: null,
      fileDigest: digest,
      faults,
      correlation,
      ...(conflict ? { conflict } : {}),
    });
    throw fileRefused(conflict ? 'batch-conflict' : 'bank-file-refused', faults);
  }
}

const otherContent: FileFault = {
  line: null,
  field: 'GrpHdr/MsgId',
  code: 'message-id-with-other-content',
  accepted: 'le contenu déjà accepté sous cet identifiant',
};
