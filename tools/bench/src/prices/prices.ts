import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { explain, price, readSituation } from '@isu/calc';
import type { Figure, Section } from '../section.js';
import { incomes, perSecond } from './incomes.js';
import { peerPerSecond } from './peer.js';
import type { PopulationPriced } from './population.js';

const sizes = {
  whole: { milliseconds: 4_000, batchLines: 200_000, persons: 1_000_000 },
  quick: { milliseconds: 400, batchLines: 20_000, persons: 20_000 },
};

const situations = incomes.map((income) => ({ year: 2016, status: 'commercant', stage: 'definitive', income: String(income) }));

/** The law: prices a second in one process, beside the library of the official simulator on the same incomes. */
export const prices: Section = {
  name: 'calc',
  title: 'Prices a second of one core, trader of 2016',
  measure: async ({ tell, quick }) => {
    const { milliseconds, batchLines, persons } = quick ? sizes.quick : sizes.whole;
    tell('modele-social + publicodes');
    const peer = peerPerSecond(milliseconds);
    tell('@isu/calc');
    const read = situations.map(readSituation);
    perSecond(read, milliseconds / 4, explain);
    const plain = perSecond(read, milliseconds, (situation) => price(situation));
    const explained = perSecond(read, milliseconds, (situation) => explain(situation));
    const text = perSecond(situations, milliseconds, (situation) => JSON.stringify(price(readSituation(situation))));
    tell(`${persons.toLocaleString('en-US')} persons`);
    const population = await populationOf(persons);
    tell('isu price --batch');
    const batch = await commandLine(['--no-derivation'], batchLines);
    const batchExplained = await commandLine([], batchLines / 10);
    return [...figures({ peer, plain, explained, text, batch, batchExplained }), ...populationFigures(persons, population)];
  },
};

type Measured = Record<'peer' | 'plain' | 'explained' | 'text' | 'batch' | 'batchExplained', number>;

function figures({ peer, plain, explained, text, batch, batchExplained }: Measured): Figure[] {
  return [
    {
      name: 'modele-social + publicodes',
      value: peer,
      unit: '/s',
      note: 'the sum due, by the rules of its own year; its answers always carry their explanation',
    },
    { name: 'price', value: plain, unit: '/s', note: 'every line, without derivation' },
    { name: 'price, with derivation', value: explained, unit: '/s' },
    { name: 'read + price + JSON text', value: text, unit: '/s' },
    { name: 'price, times the peer', value: plain / peer, unit: '×', limit: { at: 'least', value: 3_000 } },
    { name: 'price with derivation, times the peer', value: explained / peer, unit: '×', limit: { at: 'least', value: 500 } },
    {
      name: 'isu price --batch --no-derivation',
      value: batch,
      unit: '/s',
      limit: { at: 'least', value: 20_000 },
      note: 'lines in to lines out, start included',
    },
    { name: 'isu price --batch', value: batchExplained, unit: '/s', note: 'start included' },
  ];
}

function populationFigures(persons: number, { seconds, keptMb, peakMb }: PopulationPriced): Figure[] {
  return [
    {
      name: `${persons.toLocaleString('en-US')} persons, read and priced`,
      value: seconds,
      unit: 's',
      limit: { at: 'most', value: 60 },
      note: 'every status and year, one core',
    },
    {
      name: 'memory kept, the last nine tenths',
      value: keptMb,
      unit: 'MB',
      limit: { at: 'most', value: 1 },
      note: `${peakMb.toFixed(0)} MB resident at most`,
    },
  ];
}

async function populationOf(persons: number): Promise<PopulationPriced> {
  const child = fork(new URL('./population.js', import.meta.url), [String(persons)], { execArgv: ['--expose-gc'] });
  const [priced] = (await once(child, 'message')) as [PopulationPriced];
  return priced;
}

const program = fileURLToPath(new URL('../../../isu/dist/main.js', import.meta.url));

/** Lines a second through the command line as others call it, its start included. */
async function commandLine(options: readonly string[], lines: number): Promise<number> {
  const round = situations.map((situation) => `${JSON.stringify(situation)}\n`).join('');
  const start = performance.now();
  const child = spawn(process.execPath, ['--enable-source-maps', program, 'price', '--batch', ...options], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let answered = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) answered += 1;
  });
  for (let sent = 0; sent < lines; sent += situations.length) if (!child.stdin.write(round)) await once(child.stdin, 'drain');
  child.stdin.end();
  await once(child, 'close');
  if (answered !== lines) throw new Error(`${String(lines)} lines in, ${String(answered)} out`);
  return (lines * 1_000) / (performance.now() - start);
}
