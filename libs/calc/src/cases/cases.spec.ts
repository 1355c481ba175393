import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { explain, price } from '../calculate.js';
import { readSituation } from '../reading.js';

interface Case {
  readonly id: string;
  readonly title: string;
  readonly situation: unknown;
  readonly lines: Record<string, string>;
  readonly csgBase?: string;
  readonly total: string;
}

const folder = dirname(fileURLToPath(import.meta.url));
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => ({ name, ...(parse(readFileSync(join(folder, name), 'utf8')) as { source: string; cases?: Case[] }) }))
  .flatMap(({ cases, ...file }) => (cases ? [{ ...file, cases }] : []));

describe.each(files)('the worked cases of $name — $source', ({ cases }) => {
  it.each(cases.map((example): [string, string, Case] => [example.id, example.title, example]))('%s: %s', (_, __, example) => {
    const breakdown = price(readSituation(example.situation));

    expect(Object.fromEntries(breakdown.lines.map(({ code, amount }) => [code, amount.toString()]))).toEqual(example.lines);
    expect(breakdown.total.toString()).toBe(example.total);
    if (example.csgBase) expect(breakdown.lines.find(({ code }) => code === 'csg-crds')?.base.toString()).toBe(example.csgBase);
  });

  it.each(cases.map((example): [string, Case] => [example.id, example]))(
    'I6 — %s has the same figures with and without derivation',
    (_, example) => {
      const situation = readSituation(example.situation);
      const explained = explain(situation);
      const bare = { ...explained, lines: explained.lines.map(({ derivation: _derivation, ...line }) => line) };
      expect(JSON.parse(JSON.stringify(bare))).toEqual(JSON.parse(JSON.stringify(price(situation))));
    },
  );
});
