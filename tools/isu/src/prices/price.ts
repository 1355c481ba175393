import { explain, readSituation } from '@isu/calc';
import { exitCodes, WrongUsage, type ExitCode } from '../exit-codes.js';
import { jsonLine, type Terminal } from '../terminal/terminal.js';
import { answerTo, isProblem, type PricingProblem } from './answer.js';
import { priceBatch } from './batch.js';
import { longestLine } from './lines.js';
import { printed } from './printed.js';
import { situationOf } from './situation-options.js';

export interface PriceOptions extends Readonly<Record<string, unknown>> {
  readonly json?: boolean;
  readonly batch?: boolean;
  readonly explain?: boolean;
  readonly derivation: boolean;
}

/** `isu price`: one situation, or one a line with `--batch`. */
export async function priceCommand(situation: string | undefined, options: PriceOptions, terminal: Terminal): Promise<ExitCode> {
  if (options.batch) {
    if (situation !== undefined || situationOf(options)) throw new WrongUsage('avec --batch, les situations viennent de l’entrée standard');
    const { faults } = await priceBatch({ input: terminal.input, write: (text) => terminal.write(text), derivation: options.derivation });
    if (faults.length > 0) terminal.tell(`${String(faults.length)} erreurs de notre fait ; la première : ${String(faults[0])}\n`);
    return faults.length > 0 ? exitCodes.fault : exitCodes.ok;
  }
  const text = await situationText(situation, options, terminal);
  const answer = answerTo(text, { derivation: options.derivation });
  if (options.json) {
    await terminal.write(jsonLine(answer));
    return isProblem(answer) ? exitCodes.refused : exitCodes.ok;
  }
  if (isProblem(answer) || text === null) return refused(answer, terminal);
  const breakdown = explain(readSituation(JSON.parse(text)));
  await terminal.write(printed(breakdown, { explained: options.explain === true }));
  return exitCodes.ok;
}

async function situationText(situation: string | undefined, options: PriceOptions, terminal: Terminal): Promise<string | null> {
  const told = situationOf(options);
  if (told && situation !== undefined) throw new WrongUsage('donnez la situation en JSON ou par des options, pas les deux');
  if (told) return JSON.stringify(told);
  if (situation !== undefined && situation !== '-') return situation.length > longestLine ? null : situation;
  if (terminal.typed) throw new WrongUsage('aucune situation : par exemple isu price --year 2016 --status commercant --income 26000');
  return wholeInput(terminal.input);
}

/** Null when it is longer than any situation. */
async function wholeInput(input: AsyncIterable<Uint8Array>): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of input) {
    size += chunk.length;
    if (size > longestLine) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function refused(answer: unknown, terminal: Terminal): ExitCode {
  const { detail, field, accepted } = (answer as { problem: PricingProblem }).problem;
  terminal.tell(`${detail}${field === '' ? '' : ` (champ « ${field} »)`}\nAccepté : ${accepted}\n`);
  return exitCodes.refused;
}
