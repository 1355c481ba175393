import { authors, isFlowStream, isStream, type Author, type Fact } from '@isu/contracts';
import { exitCodes, WrongUsage, type ExitCode } from '../exit-codes.js';
import { SaidNo, type SystemClient } from '../system-client.js';
import { frenchDay } from '../terminal/in-french.js';
import { table } from '../terminal/table.js';
import { jsonLine, type Terminal } from '../terminal/terminal.js';

const pageSize = 500;

export interface Stretch {
  readonly author: Author;
  readonly stream: string;
  readonly from: number;
  readonly to: number;
}

/** Facts as one service keeps them, asked page by page. */
export async function* pullFacts(client: SystemClient, keeper: Author, { author, stream, from, to }: Stretch): AsyncGenerator<Fact> {
  for (let first = from; first <= to; first += pageSize) {
    const last = Math.min(to, first + pageSize - 1);
    const query = new URLSearchParams({ author, stream, from: String(first), to: String(last) });
    const { text } = await client.get(`/api/${keeper}/v1/facts?${query.toString()}`, { role: 'service' });
    const lines = text.split('\n').filter((line) => line !== '');
    for (const line of lines) yield JSON.parse(line) as Fact;
    if (lines.length < last - first + 1) return;
  }
}

interface FactsOptions {
  readonly json?: boolean;
  /** The service whose copy is read. */
  readonly knownBy: Author;
}

/** `isu facts`: everything that one service knows of a stream, in the order in which it was recorded. */
export async function factsCommand(
  stream: string,
  { json, knownBy }: FactsOptions,
  { client, terminal }: { client: SystemClient; terminal: Terminal },
): Promise<ExitCode> {
  if (!isStream(stream))
    throw new WrongUsage(`« ${stream} » n’est ni un numéro de compte de 13 chiffres ni un flux flow/<partenaire>/<flux>`);
  const facts: Fact[] = [];
  for (const author of authors) {
    for await (const fact of pullFacts(client, knownBy, { author, stream, from: 1, to: 9_999_999_999 })) facts.push(fact);
  }
  if (facts.length === 0) throw new SaidNo(404, { code: 'not-found', detail: `${knownBy} ne connaît aucun fait de ${stream}.` });
  const timeline = facts.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
  if (json) for (const fact of timeline) await terminal.write(jsonLine(fact));
  else await terminal.write(printed(timeline, isFlowStream(stream) ? `Flux ${stream}` : `Compte ${stream}`));
  return exitCodes.ok;
}

function printed(facts: readonly Fact[], title: string): string {
  const rows = facts.map(({ time, effectiveon, source, seq, type }) => [
    recorded(time),
    frenchDay(effectiveon),
    source.slice('/isu/'.length),
    String(seq),
    shortType(type),
  ]);
  const columns = [
    { title: 'Enregistré' },
    { title: 'Effet' },
    { title: 'Auteur' },
    { title: 'N°', align: 'right' as const },
    { title: 'Fait' },
  ];
  return `${title} — ${String(facts.length)} faits\n\n${table(columns, rows)}`;
}

/** `2016-05-20 14:03:07`: the instant as recorded, in UTC. */
const recorded = (time: string): string => time.slice(0, 19).replace('T', ' ');

/** Without the author, who has a column: `payment-posted.v1`. */
export const shortType = (type: string): string => type.slice(type.indexOf('.') + 1);
