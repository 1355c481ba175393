import { createPrivateKey, sign, type KeyObject } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { WrongUsage } from '../exit-codes.js';

/** What a file says of itself in its first bytes, and how long it is. */
export interface FileToSend {
  readonly path: string;
  readonly size: number;
  readonly content:
    | { readonly kind: 'bank-file' | 'cfe-file' }
    | { readonly kind: 'batch'; readonly partner: string; readonly flow: string };
}

const headBytes = 65_536;
/** The end of a batch: its last line is a short one. */
const tailBytes = 16_384;

/** Looks into a file without reading it whole. XML is a bank's, a header says what else it is: the system says what is wrong with it. */
export async function lookInto(path: string): Promise<FileToSend> {
  const { size, bytes } = await part(path, { from: 'start', length: headBytes });
  const head = bytes.toString('utf8').replace(/^\uFEFF/, '');
  if (head.trimStart().startsWith('<')) return { path, size, content: { kind: 'bank-file' } };
  return { path, size, content: contentOf(head) };
}

/** What the first line says it is; a header that cannot be read is refused where batches are read. */
function contentOf(head: string): FileToSend['content'] {
  const usual = { kind: 'batch', partner: 'urssaf', flow: 'payments' } as const;
  try {
    const { format, partner, flow } = JSON.parse(head.slice(0, head.indexOf('\n'))) as Record<string, unknown>;
    if (typeof format === 'string' && format.startsWith('isu-cfe/')) return { kind: 'cfe-file' };
    return { ...usual, ...(typeof partner === 'string' && { partner }), ...(typeof flow === 'string' && { flow }) };
  } catch {
    return usual;
  }
}

/**
 * The detached signature of a batch, in base 64: that of `FILE.sig` (base 64, or the 64 bytes themselves), else made with the
 * development key that the embedded mode keeps for this partner.
 */
export async function signatureFor(path: string, { partner, folder }: { partner: string; folder: string }): Promise<string> {
  const detached = await readUnlessAbsent(`${path}.sig`);
  if (detached) return detached.length === 64 ? detached.toString('base64') : detached.toString('utf8').trim();
  const key = await developmentKey(folder, partner);
  if (!key)
    throw new WrongUsage(`il manque la signature du lot : ni ${path}.sig, ni clé de développement de « ${partner} » dans ${folder}`);
  return sign(null, await lastLine(path), key).toString('base64');
}

/** The key that the embedded mode keeps in its folder for a partner, if it does. */
export async function developmentKey(folder: string, partner: string): Promise<KeyObject | null> {
  const pem = /^[a-z0-9-]+$/.test(partner) ? await readUnlessAbsent(join(folder, `partner-${partner}.pem`)) : null;
  return pem && createPrivateKey(pem);
}

/** What a partner signs: the trailer line with its LF, which holds the digest of all that stands before it. */
async function lastLine(path: string): Promise<Buffer> {
  const { bytes } = await part(path, { from: 'end', length: tailBytes });
  return bytes.subarray(bytes.subarray(0, -1).lastIndexOf(0x0a) + 1);
}

async function part(path: string, { from, length }: { from: 'start' | 'end'; length: number }): Promise<{ size: number; bytes: Buffer }> {
  const file = await open(path).catch((error: unknown) => {
    throw new WrongUsage(`le fichier ${path} ne peut pas être lu (${(error as NodeJS.ErrnoException).code ?? 'erreur'})`);
  });
  try {
    const stat = await file.stat();
    if (!stat.isFile()) throw new WrongUsage(`${path} n’est pas un fichier`);
    const wanted = Math.min(length, stat.size);
    const { bytesRead, buffer } = await file.read(Buffer.alloc(wanted), 0, wanted, from === 'start' ? 0 : stat.size - wanted);
    return { size: stat.size, bytes: buffer.subarray(0, bytesRead) };
  } finally {
    await file.close();
  }
}

async function readUnlessAbsent(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
