import { createHash } from 'node:crypto';
import { TextDecoder } from 'node:util';
import type { ServiceContext } from '@isu/chassis';
import { Money } from '@isu/values';
import { v7 } from 'uuid';
import { dropStaged, findBatchNamed, insertBatch, stageLines } from '../batches/batch.table.js';
import { FileFaults, type FileFault } from '../batches/file-fault.js';
import { isWrongEncoding } from '../batches/lines-of.js';
import { recordRefusal } from '../conflicts/refused-files.js';
import { lockFlow, saveFlow } from '../flows/flow.table.js';
import { contentOf, type MoneyLine, type StagedLine } from '../payments/money-line.js';
import type { PlacingService } from '../placing/placing.service.js';
import { fileRefused, isCut, refuse } from '../refusals.js';
import { linesOf } from './bank-lines.js';
import type { BankFileHead, Entry } from './camt054.js';
import { Camt054Reader } from './camt054-reader.js';

/** All banks are one source: the references of account servicers do not collide. */
const source = { partner: 'bank', flow: 'camt.054' };
const runLength = 1_000;
const mostCents = 99_999_999_999_999;

interface Parts {
  readonly context: Pick<ServiceContext, 'db' | 'facts' | 'clock'>;
  readonly placing: PlacingService;
  newId?(at: Date): string;
}

interface ReadBankFile {
  /** Message id, with the page of a message in several. */
  readonly name: string;
  readonly createdOn: string;
  readonly digest: string;
  readonly count: number;
  readonly total: Money;
}

/** Takes the notices of banks: accepted whole or refused whole, then transaction by transaction. */
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
    const { digest, file } = await this.read(bytes, intake, faults).catch(async (error: unknown) => {
      await dropStaged(context.db.manager, intake);
      throw isCut(error) ? refuse('file-cut') : error;
    });
    if (!file) return this.refuseWhole({ digest, faults: faults.list, correlation, intake });
    const accepted = await this.accept(file, intake, correlation);
    if ('kept' in accepted) {
      const conflict = { subject: file.name.slice(0, 140), kept: accepted.kept, refused: digest };
      return this.refuseWhole({ digest, faults: [otherContent], correlation, intake, conflict });
    }
    return placing.finish({ ...source, number: accepted.number });
  }

  private async read(
    bytes: AsyncIterable<Uint8Array>,
    intake: string,
    faults: FileFaults,
  ): Promise<{ digest: string; file: ReadBankFile | null }> {
    const hash = createHash('sha256');
    const decoder = new TextDecoder('utf-8', { fatal: true });
    const reader = new Camt054Reader(faults);
    const gathering = new Gathering();
    for await (const part of bytes) {
      hash.update(part);
      const text = faults.isEmpty ? decoded(decoder, part, faults) : null;
      if (text !== null && reader.take(text) && reader.head) gathering.take(reader.takeEntries(), reader.head);
      if (faults.isEmpty && gathering.lines.length >= runLength) await this.stage(intake, gathering);
    }
    if (faults.isEmpty) decoded(decoder, null, faults);
    const head = reader.end();
    const digest = hash.digest('hex');
    if (Math.abs(gathering.cents) > mostCents)
      faults.add({ line: null, field: '', code: 'total-too-large', accepted: 'un total d’au plus 999 999 999 999,99 €' });
    if (!head || !faults.isEmpty) return { digest, file: null };
    await this.stage(intake, gathering);
    const { messageId, page, createdOn } = head;
    const name = page === null ? messageId : `${messageId}/${page}`;
    return { digest, file: { name, createdOn, digest, count: gathering.count, total: Money.cents(gathering.cents) } };
  }

  private async stage(intake: string, gathering: Gathering): Promise<void> {
    const lines = gathering.lines.splice(0);
    if (lines.length > 0) await stageLines(this.parts.context.db.manager, intake, lines);
  }

  private async accept(file: ReadBankFile, intake: string, correlation: string): Promise<{ number: number } | { kept: string }> {
    const { db, clock } = this.parts.context;
    return db.transaction(async (tx) => {
      const state = await lockFlow(tx, source);
      const same = await findBatchNamed(tx, { ...source, name: file.name });
      if (same) {
        await dropStaged(tx, intake);
        return same.digest === file.digest ? { number: same.number } : { kept: same.digest };
      }
      const number = state.lastNumber + 1;
      const { name, digest, count, total, createdOn } = file;
      await insertBatch(
        tx,
        { ...source, number, name, digest, previousDigest: null, businessDate: createdOn, count, total, intake, correlation },
        clock.now(),
      );
      await saveFlow(tx, { ...state, lastNumber: number });
      return { number };
    });
  }

  private async refuseWhole({ digest, faults, correlation, intake, conflict }: Refused): Promise<never> {
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

/** Numbers the transactions of a file and adds up their euros. */
class Gathering {
  readonly lines: StagedLine[] = [];
  count = 0;
  cents = 0;
  private entry = 0;

  take(entries: readonly Entry[], { messageId, createdOn }: BankFileHead): void {
    for (const entry of entries) {
      this.entry += 1;
      for (const record of linesOf(entry, { messageId, entry: this.entry, createdOn })) this.add(record);
    }
  }

  private add(record: MoneyLine): void {
    this.count += 1;
    if (record.kind !== 'refused') this.cents += Money.of(record.amount).cents * (record.kind === 'payment' ? 1 : -1);
    this.lines.push({ line: this.count, content: contentOf(record), record });
  }
}

interface Refused {
  readonly digest: string;
  readonly faults: readonly FileFault[];
  readonly correlation: string;
  readonly intake: string;
  readonly conflict?: { readonly subject: string; readonly kept: string; readonly refused: string };
}

const otherContent: FileFault = {
  line: null,
  field: 'GrpHdr/MsgId',
  code: 'message-id-with-other-content',
  accepted: 'le contenu déjà accepté sous cet identifiant',
};

/** Null, and a fault, for bytes that are no UTF-8; without bytes, the end. */
function decoded(decoder: TextDecoder, part: Uint8Array | null, faults: FileFaults): string | null {
  try {
    return part ? decoder.decode(part, { stream: true }) : decoder.decode();
  } catch (error) {
    if (!isWrongEncoding(error)) throw error;
    faults.add({ line: null, field: '', code: 'encoding', accepted: 'un document en UTF-8' });
    return null;
  }
}
