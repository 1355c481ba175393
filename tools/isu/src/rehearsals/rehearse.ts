import { createReadStream } from 'node:fs';
import { PricingRefusal, readSituation, Rehearsal } from '@isu/calc';
import { exitCodes, WrongUsage, type ExitCode } from '../exit-codes.js';
import { linesOf } from '../prices/lines.js';
import { jsonLine, type Terminal } from '../terminal/terminal.js';
import { generatedPopulation } from './generated-population.js';
import { readOverlay } from './overlay.js';
import { parameterTable, printedRehearsal } from './printed-rehearsal.js';
import { profileOf } from './profile.js';

export interface RehearseOptions {
  readonly population?: string;
  readonly generate?: string;
  readonly year: string;
  readonly seed: string;
  readonly parameters?: boolean;
  readonly json?: boolean;
}

/** A person who could not be priced: counted, and the first ones told. */
export interface NotRehearsed {
  readonly line: number;
  readonly code: string;
  readonly field: string;
  readonly detail: string;
}

const toldRefusals = 10;

/** `isu rehearse`: a population under another set of values, the differences by profile. */
export async function rehearseCommand(path: string | undefined, options: RehearseOptions, terminal: Terminal): Promise<ExitCode> {
  if (options.parameters) {
    await terminal.write(parameterTable());
    return exitCodes.ok;
  }
  if (path === undefined) throw new WrongUsage('il manque le fichier de la réforme ; --parameters dit ce que l’on peut essayer');
  if ((options.population === undefined) === (options.generate === undefined)) {
    throw new WrongUsage('donnez une population : --population FICHIER, ou --generate NOMBRE');
  }
  try {
    const { title, changes } = await readOverlay(path);
    const rehearsed = new Rehearsed(new Rehearsal(changes));
    await (options.generate === undefined ? rehearsed.file(options.population ?? '-', terminal) : rehearsed.generated(options));
    const answer = { title, changes, ...rehearsed.answer() };
    await terminal.write(options.json ? jsonLine(answer) : printedRehearsal(answer));
    return exitCodes.ok;
  } catch (error) {
    if (!(error instanceof PricingRefusal)) throw error;
    if (options.json) await terminal.write(jsonLine({ problem: { title: 'Répétition impossible', ...error.toJSON() } }));
    else terminal.tell(`${error.message}\nAccepté : ${error.accepted}\n`);
    return exitCodes.refused;
  }
}

class Rehearsed {
  private refused = 0;
  private readonly firstRefusals: NotRehearsed[] = [];

  constructor(private readonly rehearsal: Rehearsal) {}

  /** Persons pass one by one: memory holds the profiles, whatever the size of the file. */
  async file(path: string, terminal: Terminal): Promise<void> {
    let read = 0;
    for await (const lines of linesOf(path === '-' ? terminal.input : readable(path))) {
      for (const text of lines) this.person((read += 1), () => parsed(text));
    }
  }

  generated({ generate, year, seed }: RehearseOptions): void {
    const persons = whole(generate ?? '', 'generate');
    let drawn = 0;
    for (const situation of generatedPopulation(persons, { year: whole(year, 'year'), seed: whole(seed, 'seed') })) {
      this.person((drawn += 1), () => situation);
    }
  }

  answer() {
    const { profiles, whole: everyone } = this.rehearsal.report();
    return { profiles, whole: everyone, refused: this.refused, firstRefusals: this.firstRefusals };
  }

  private person(line: number, json: () => unknown): void {
    try {
      const { profile, situation } = profiled(json());
      const read = readSituation(situation);
      this.rehearsal.add({ profile: profile ?? profileOf(read), situation: read });
    } catch (error) {
      if (!(error instanceof PricingRefusal)) throw error;
      this.refused += 1;
      const { code, field, detail } = error.toJSON();
      if (this.firstRefusals.length < toldRefusals) this.firstRefusals.push({ line, code, field, detail });
    }
  }
}

async function* readable(path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(path) as AsyncIterable<Uint8Array>;
  } catch {
    throw new WrongUsage('le fichier de la population ne se lit pas');
  }
}

function parsed(text: string | null): unknown {
  try {
    return text === null ? null : (JSON.parse(text) as unknown);
  } catch {
    return null;
  }
}

/** The profile is ours, not the law’s: it is taken out before the situation is read. */
function profiled(json: unknown): { profile: string | null; situation: unknown } {
  if (typeof json !== 'object' || json === null || !('profile' in json)) return { profile: null, situation: json };
  const { profile, ...situation } = json;
  return { profile: typeof profile === 'string' ? profile.slice(0, 80) : null, situation };
}

function whole(text: string, option: string): number {
  if (/^\d{1,8}$/.test(text)) return Number(text);
  throw new WrongUsage(`--${option} attend un nombre entier`);
}
