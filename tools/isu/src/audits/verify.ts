import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { ChainWalk, type ChainFault, type ChainHead, type ChainLink } from '@isu/contracts';
import { exitCodes, WrongUsage, type ExitCode } from '../exit-codes.js';
import { table } from '../terminal/table.js';
import { jsonLine, type Terminal } from '../terminal/terminal.js';
import { journalsOf, linksOf, type ChosenJournal, type Outlet } from './journals.js';

interface VerifyOptions extends ChosenJournal {
  readonly json?: boolean;
  readonly heads?: string;
}

/** What a walk from genesis found. */
interface Verdict {
  readonly name: string;
  readonly head: ChainHead;
  readonly fault: ChainFault | null;
}

const faults: Readonly<Record<ChainFault['code'], string>> = {
  'entry-missing': 'un maillon manque',
  'entry-altered': 'l’inscription n’est plus celle qui a été scellée',
  'other-chain': 'la chaîne n’est pas celle dont la tête a été remise avec un reçu',
  'cut-short': 'la chaîne s’arrête avant une tête remise avec un reçu',
};

/** `isu audit verify`: every journal of the running system, from genesis. */
export async function verifyOnline(options: VerifyOptions, { client, terminal }: Outlet): Promise<ExitCode> {
  const journals = journalsOf(options);
  const known = await knownHeads(options.heads);
  const verdicts: Verdict[] = [];
  for (const journal of journals) {
    // Receipts carry the heads of urssaf-sync alone.
    const heads = journal.service === 'urssaf-sync' ? known[journal.journal] : [];
    verdicts.push({ name: `${journal.service}/${journal.journal}`, ...(await walk(linksOf(client, journal), heads)) });
  }
  return tell(verdicts, options, terminal);
}

/** `isu audit verify FILE`: a journal exported before, without any system. */
export async function verifyFile(path: string, options: VerifyOptions, terminal: Terminal): Promise<ExitCode> {
  const known = await knownHeads(options.heads);
  const links = linksIn(path);
  const heads = options.journal === 'access' ? known.access : options.journal === 'exchange' ? known.exchange : [];
  if (options.heads !== undefined && options.journal === undefined)
    throw new WrongUsage('avec --heads, dites de quel journal est le fichier : --journal access ou exchange');
  return tell([{ name: path, ...(await walk(links, heads)) }], options, terminal);
}

async function walk(links: AsyncIterable<ChainLink>, known: readonly ChainHead[]): Promise<Omit<Verdict, 'name'>> {
  const walk = new ChainWalk(known);
  for await (const link of links) {
    const fault = walk.take(link);
    if (fault) return { head: walk.head, fault };
  }
  return { head: walk.head, fault: walk.end() };
}

async function tell(verdicts: readonly Verdict[], { json }: VerifyOptions, terminal: Terminal): Promise<ExitCode> {
  const isWhole = verdicts.every(({ fault }) => fault === null);
  if (json) await terminal.write(jsonLine({ whole: isWhole, journals: verdicts }));
  else {
    await terminal.write(`${table(columns, verdicts.map(rowOf))}\n`);
    await terminal.write(
      isWhole ? 'Rien n’a été changé ni retiré.\n' : 'Un journal est rompu : voir docs/operations.md, « A journal is broken ».\n',
    );
  }
  return isWhole ? exitCodes.ok : exitCodes.disagreement;
}

const columns = [{ title: 'Journal' }, { title: 'Maillons', align: 'right' as const }, { title: 'Tête' }, { title: 'Constat' }];
const rowOf = ({ name, head, fault }: Verdict): string[] => [
  name,
  String(head.position),
  head.hash.slice(0, 16),
  fault === null ? 'entier' : `rompu à l’inscription ${String(fault.position)} : ${faults[fault.code]}`,
];

async function* linksIn(path: string): AsyncGenerator<ChainLink> {
  const lines = createInterface({ input: await opened(path), crlfDelay: Number.POSITIVE_INFINITY });
  for await (const line of lines) if (line !== '') yield read<ChainLink>(line, path, isLink);
}

async function opened(path: string) {
  const stream = createReadStream(path);
  await new Promise<void>((resolve, reject) => {
    stream.once('open', () => resolve());
    stream.once('error', () => reject(new WrongUsage(`fichier illisible : ${path}`)));
  });
  return stream;
}

async function knownHeads(path: string | undefined): Promise<Record<'access' | 'exchange', ChainHead[]>> {
  const text =
    path === undefined ? '' : await readFile(path, 'utf8').catch(() => Promise.reject(new WrongUsage(`fichier illisible : ${path}`)));
  const heads = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) =>
      read<Record<'access' | 'exchange', ChainHead>>(line, path ?? '', (value) => isHead(value['access']) && isHead(value['exchange'])),
    );
  return { access: heads.map(({ access }) => access), exchange: heads.map(({ exchange }) => exchange) };
}

type Read = Readonly<Record<string, unknown>>;

function read<T>(line: string, path: string, holds: (value: Read) => boolean): T {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null && holds(value as Read)) return value as T;
  } catch {
    // Told below, as a line that is JSON and something else is.
  }
  throw new WrongUsage(`${path} : ce n’est pas ce que la commande attend, ligne par ligne`);
}

const isHead = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as Read)['position'] === 'number' &&
  typeof (value as Read)['hash'] === 'string';
const isLink = (value: Read): boolean => isHead(value) && 'entry' in value;
