import { createHash, randomUUID } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { problemOf, Refusal, type ServiceContext } from '@isu/chassis';
import type { BankFilesService } from '../bank-files/bank-files.service.js';
import type { BatchesService } from '../batches/batches.service.js';
import type { Acknowledgements } from '../outgoing/acknowledgements.js';
import { longestReceiptBytes } from '../outgoing/acknowledgement.js';
import { partsOf, takeDue, tryAgain, type DueBatch } from '../outgoing/outgoing-batch.table.js';
import type { ReceiptSigner } from '../receipts/receipt.js';
import { refuse } from '../refusals.js';
import { forgetOthers, restsSince } from './folder-file.table.js';
import { batchOfReceipt, kindOf, nameOfBatch, withoutEnding, type FileKind } from './folder-names.js';
import { lookOf, type PartnerFolder } from './partner-folder.js';
import { reasonText } from './reason-text.js';

interface Parts {
  readonly context: Pick<ServiceContext, 'db' | 'clock' | 'log'>;
  readonly batches: Pick<BatchesService, 'receive'>;
  readonly bankFiles: Pick<BankFilesService, 'receive'>;
  readonly acknowledgements: Pick<Acknowledgements, 'receive'>;
  readonly signer: Pick<ReceiptSigner, 'sign'>;
  readonly folders: readonly PartnerFolder[];
  /** Partners that are brought their batches by another road. */
  readonly reachedOtherwise?: readonly string[];
  /** How long a file must have looked the same before it is taken; how long one that is not whole, or lacks its signature, is waited for. */
  readonly pace?: { readonly settleSeconds: number; readonly patienceSeconds: number };
}

interface Resting {
  readonly folder: PartnerFolder;
  readonly name: string;
  readonly kind: FileKind;
  /** For how long it has looked as it does. */
  readonly seconds: number;
  readonly hasSignature: boolean;
}

/** A batch that lies in the outbox is put there again when its receipt is late; and then by the watch over flows. */
const untilLateSeconds = 7 * 86_400;
const afterTroubleSeconds = 60;

/** Exchanges files with partners through folders, as over SFTP: takes what rests in their inboxes, lays what is theirs into their outboxes. */
export class FolderExchange {
  private readonly pace;

  constructor(private readonly parts: Parts) {
    this.pace = parts.pace ?? { settleSeconds: 5, patienceSeconds: 600 };
  }

  /** Looks once at every folder. By one instance at a time; two that believe to be it would only repeat each other. */
  async turn(signal: AbortSignal): Promise<void> {
    for (const folder of this.parts.folders) {
      await folder.prepare();
      await this.takeAll(folder, signal);
    }
    await this.layOut(signal);
  }

  private async takeAll(folder: PartnerFolder, signal: AbortSignal): Promise<void> {
    const names = await folder.names('inbox');
    await forgetOthers(this.parts.context.db.manager, folder.partner, names);
    for (const name of names) {
      const kind = kindOf(name, folder.partner);
      if (signal.aborted || kind === 'being-written' || kind === 'signature') continue;
      // One file's trouble is not that of the others: it is looked at again.
      await this.takeIfItRests(folder, { name, kind }).catch((error: unknown) => this.troubled(error));
    }
  }

  private troubled(error: unknown): void {
    this.parts.context.log.error({ error }, 'a file of a partner could not be taken; it stays and is tried again');
  }

  private async takeIfItRests(folder: PartnerFolder, { name, kind }: { name: string; kind: FileKind }): Promise<void> {
    const { partner } = folder;
    const [file, signature] = [await folder.look('inbox', name), await folder.look('inbox', `${name}.sig`)];
    if (file === null) return;
    const look = `${file} ${signature ?? ''}`;
    const seconds = await restsSince(this.parts.context.db.manager, { partner, name, look });
    if (seconds < this.pace.settleSeconds) return;
    if (kind === 'strange' || file === 'no-file') return this.setAside({ folder, name }, strangeName());
    await this.take({ folder, name, kind, seconds, hasSignature: signature !== null });
  }

  private async take(resting: Resting): Promise<void> {
    const { folder, name, kind, seconds, hasSignature } = resting;
    const isPatient = seconds < this.pace.patienceSeconds;
    // The bank signs the channel by which its files come, not each of them.
    if (!hasSignature && isPatient && kind !== 'bank-file') return;
    const file = await folder.open('inbox', name);
    if (file === null) return;
    try {
      // A copy that stopped in the middle may go on.
      if (isPatient && !(await isWhole(file, kind))) return;
      const signature = hasSignature ? await textOf(await folder.open('inbox', `${name}.sig`)) : null;
      const before = lookOf(await file.stat());
      const refusal = await this.hand(resting, { file, signature });
      // Replaced or written to while it was read: what was read has its answer, what lies there now is another file.
      const isStill = (await folder.look('inbox', name)) === before;
      if (refusal !== null && isStill) await this.setAside({ folder, name }, refusal);
      else if (refusal === null && isStill) await this.archive(folder, { name, file });
    } finally {
      await file.close();
    }
  }

  /** Null when it was accepted and has its answer in the outbox; else why not. What passes by itself is thrown. */
  private async hand(
    { folder, name, kind }: Resting,
    { file, signature }: { file: FileHandle; signature: string | null },
  ): Promise<Refusal | null> {
    try {
      if (kind === 'receipt') await this.handReceipt(folder, { name, file, signature });
      else if (kind === 'bank-file') await this.answer(folder, name, await this.parts.bankFiles.receive(streamOf(file), randomUUID()));
      else await this.handBatch(folder, { name, file, signature });
      return null;
    } catch (fault) {
      if (fault instanceof Refusal && fault.status < 500 && fault.code !== 'file-cut') return fault;
      throw fault;
    }
  }

  private async handBatch(folder: PartnerFolder, { name, file, signature }: Handed): Promise<void> {
    const flow = (await flowIn(file)) ?? flowOf(name);
    const arriving = { partner: folder.partner, flow, bytes: streamOf(file), signature, correlation: randomUUID() };
    await this.answer(folder, name, await this.parts.batches.receive(arriving));
  }

  /** The signature first: whoever sees the receipt has it. */
  private async answer(folder: PartnerFolder, name: string, receipt: string): Promise<void> {
    const answer = `${withoutEnding(name)}.receipt.json`;
    await folder.write('outbox', `${answer}.sig`, this.parts.signer.sign(receipt));
    await folder.write('outbox', answer, receipt);
  }

  private async handReceipt(folder: PartnerFolder, { name, file, signature }: Handed): Promise<void> {
    const batch = batchOfReceipt(name);
    if (batch === null) throw strangeName();
    if ((await file.stat()).size > longestReceiptBytes) throw refuse('acknowledgement-too-long');
    const bytes = await file.readFile();
    await this.parts.acknowledgements.receive({ partner: folder.partner, ...batch, bytes, signature, correlation: randomUUID() });
    for (const ours of [nameOfBatch(batch), `${nameOfBatch(batch)}.sig`]) await folder.remove('outbox', ours);
  }

  /** Out of the way under a name that no other file can have. Dead before that, it is taken again and answered alike. */
  private async archive(folder: PartnerFolder, { name, file }: { name: string; file: FileHandle }): Promise<void> {
    const digest = await digestOf(file);
    for (const each of [name, `${name}.sig`]) await folder.move(each, 'inbox', { room: 'archive', name: `${digest.slice(0, 16)}-${each}` });
  }

  /** Refused whole: why, in words beside the file and as a problem document for the partner, before the file is moved. */
  private async setAside({ folder, name }: { folder: PartnerFolder; name: string }, refusal: Refusal): Promise<void> {
    const id = randomUUID();
    const kept = `${id.slice(0, 8)}-${name.replaceAll(/[^A-Za-z0-9._-]/g, '_').slice(-100)}`;
    await folder.write('quarantine', `${kept}.motif.txt`, reasonText(name, refusal));
    if (kindOf(name, folder.partner) !== 'strange')
      await folder.write('outbox', `${withoutEnding(name)}.refus.json`, `${JSON.stringify(problemOf(refusal, id))}\n`);
    await folder.move(name, 'inbox', { room: 'quarantine', name: kept });
    await folder.move(`${name}.sig`, 'inbox', { room: 'quarantine', name: `${kept}.sig` });
    this.parts.context.log.warn({ code: refusal.code, correlation: id }, 'a file of a partner was set aside');
  }

  /** Our batches that have no receipt, each once until it is late. */
  private async layOut(signal: AbortSignal): Promise<void> {
    const { context, folders, reachedOtherwise = [] } = this.parts;
    const here = new Map(folders.filter(({ partner }) => !reachedOtherwise.includes(partner)).map((folder) => [folder.partner, folder]));
    const due = await takeDue(context.db.manager, [...here.keys()], { limit: 50, leaseSeconds: afterTroubleSeconds });
    for (const batch of due) {
      const folder = here.get(batch.partner);
      if (!folder || signal.aborted) continue;
      await this.lay(folder, batch).catch((error: unknown) => {
        context.log.error({ error, correlation: batch.correlation }, 'a batch of ours could not be laid into a folder; it is tried again');
      });
    }
  }

  /** The signature first: whoever sees the batch has it. */
  private async lay(folder: PartnerFolder, batch: DueBatch): Promise<void> {
    const { manager } = this.parts.context.db;
    const name = nameOfBatch(batch);
    await folder.write('outbox', `${name}.sig`, batch.signature);
    await folder.write('outbox', name, partsOf(manager, batch));
    await tryAgain(manager, batch, { problem: null, afterSeconds: untilLateSeconds });
  }
}

interface Handed {
  readonly name: string;
  readonly file: FileHandle;
  readonly signature: string | null;
}

const strangeName = (): Refusal =>
  new Refusal({
    code: 'file-unexpected',
    status: 422,
    title: 'Fichier inattendu',
    detail:
      'On attend des lots (« nom.ndjson »), des reçus (« flux-000000013.receipt.json ») et leurs signatures (« .sig »), en lettres, chiffres, points et tirets ; de la banque, des fichiers « .xml ».',
  });

/** However its writer spaces JSON. */
const trailerAtEnd = /\n\s*\{[^\n]*"type"\s*:\s*"trailer"[^\n]*\n$/;
const longestTrailerBytes = 512;

/** Whether it has an end: a file without one is being copied, or was cut. A receipt is short, and read as it is. */
async function isWhole(file: FileHandle, kind: FileKind): Promise<boolean> {
  if (kind === 'receipt') return true;
  const { size } = await file.stat();
  const length = Math.min(size, longestTrailerBytes);
  const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
  return (kind === 'bank-file' ? /<\/(?:[\w.-]+:)?Document\s*>\s*$/ : trailerAtEnd).test(buffer.toString('latin1'));
}

const streamOf = (file: FileHandle) => file.createReadStream({ start: 0, autoClose: false });

/** Of which flow a batch says it is; the rest is read where batches are read. */
async function flowIn(file: FileHandle): Promise<string | null> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(1_024), 0, 1_024, 0);
  const flow = /^\s*\{[^{}\n]*"flow"\s*:\s*"([a-z][a-z-]{0,30})"/.exec(buffer.subarray(0, bytesRead).toString('latin1'))?.[1];
  return flow ?? null;
}

/** A file whose first line says nothing is one of the flow that its name begins with, if any. */
const flowOf = (name: string): string => /^([a-z][a-z-]*[a-z])-\d/.exec(name)?.[1] ?? 'unknown';

async function textOf(file: FileHandle | null): Promise<string | null> {
  if (file === null) return null;
  try {
    return (await file.readFile('latin1')).slice(0, 200).trim();
  } finally {
    await file.close();
  }
}

async function digestOf(file: FileHandle): Promise<string> {
  const hash = createHash('sha256');
  for await (const part of file.createReadStream({ start: 0, autoClose: false })) hash.update(part as Buffer);
  return hash.digest('hex');
}
