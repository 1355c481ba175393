import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { SaidNo, type Answer, type Asker, type SystemClient } from '../system-client.js';
import type { Terminal } from '../terminal/terminal.js';
import { lookInto, signatureFor, type FileToSend } from './file-to-send.js';
import { notDone, printedCfeFile, type CfeReceipt } from './cfe-file.js';
import { ProgressBar } from './progress.js';
import { printedReceipt, type Receipt } from './receipt.js';

interface ImportOptions {
  readonly json?: boolean;
  /** Whose bank files they are; a batch names its own partner. */
  readonly partner: string;
}

interface ImportSurroundings {
  readonly client: SystemClient;
  readonly terminal: Terminal;
  /** Where the embedded mode keeps the partners' development keys. */
  readonly folder: string;
}

/** `isu import`: sends a partner's batch or a bank's file as it is, however long, and prints its receipt. */
export async function importCommand(path: string, { json, partner }: ImportOptions, surroundings: ImportSurroundings): Promise<ExitCode> {
  const file = await lookInto(path);
  const { terminal } = surroundings;
  if (file.content.kind === 'cfe-file') return sendCfeFile(file, json ?? false, surroundings);
  const answer =
    file.content.kind === 'batch' ? await sendBatchFile(file, file.content, surroundings) : await sendBankFile(file, partner, surroundings);
  await terminal.write(json ? `${answer.text}\n` : printedReceipt(answer.body));
  return exitCodes.ok;
}

const operator: Asker = { role: 'operator' };
const ofPartner = (partner: string): Asker => ({ role: 'partner-system', partner });

async function sendBatchFile(
  file: FileToSend,
  { partner, flow }: { partner: string; flow: string },
  { client, terminal, folder }: ImportSurroundings,
): Promise<Answer<Receipt>> {
  const signature = await signatureFor(file.path, { partner, folder });
  const headers = { 'content-type': 'application/x-ndjson', 'isu-signature': signature };
  const batches = `/api/urssaf-sync/v1/flows/${encodeURIComponent(partner)}/${encodeURIComponent(flow)}/batches`;
  return whenPlaced(() => upload(file, batches, { headers, as: ofPartner(partner), client, terminal }));
}

async function sendBankFile(file: FileToSend, partner: string, { client, terminal }: ImportSurroundings): Promise<Answer<Receipt>> {
  const headers = { 'content-type': 'application/xml' };
  return whenPlaced(() => upload(file, '/api/urssaf-sync/v1/bank-files', { headers, as: ofPartner(partner), client, terminal }));
}

/** An operator carries it in: what it says of people of every caisse is carried out. */
async function sendCfeFile(file: FileToSend, json: boolean, { client, terminal }: ImportSurroundings): Promise<ExitCode> {
  const headers = { 'content-type': 'application/x-ndjson' };
  const { text, body } = await upload<CfeReceipt>(file, '/api/affiliation/v1/cfe-files', { headers, as: operator, client, terminal });
  await terminal.write(json ? `${text}\n` : printedCfeFile(body, await notDone(body, client)));
  return exitCodes.ok;
}

interface Upload {
  readonly headers: Readonly<Record<string, string>>;
  readonly as: Asker;
  readonly client: SystemClient;
  readonly terminal: Terminal;
}

async function upload<T = Receipt>({ path, size }: FileToSend, to: string, { headers, as, client, terminal }: Upload): Promise<Answer<T>> {
  const bar = ProgressBar.of(size, terminal);
  const bytes = createReadStream(path, { highWaterMark: 262_144 });
  bytes.on('data', (chunk) => bar.advance(chunk.length));
  const content = Readable.toWeb(bytes) as ReadableStream<Uint8Array>;
  try {
    return await client.ask<T>('POST', to, { as, content, headers });
  } finally {
    bar.end();
    bytes.destroy();
  }
}

const placingPauseMs = 1_000;
const mostPauses = 600;

/** A file sent before whose lines are still being worked on has no receipt yet: the same file is its own enquiry. */
async function whenPlaced(send: () => Promise<Answer<Receipt>>): Promise<Answer<Receipt>> {
  for (let pauses = 0; ; pauses += 1) {
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof SaidNo) || error.problem.code !== 'batch-being-placed' || pauses >= mostPauses) throw error;
      await pause(placingPauseMs);
    }
  }
}
