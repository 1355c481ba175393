import { readFileSync } from 'node:fs';
import { Day } from '@isu/values';
import { parse } from 'yaml';
import { cents } from '../evaluator.spec-kit.js';
import { monthlyPass } from '../law/monthly-pass.js';
import { pass } from '../law/pass.js';
import { quarterIncome } from '../law/quarters.js';
import { smic } from '../law/smic.js';

interface Figure {
  readonly printed: string;
  readonly what: string;
  readonly expression: string;
}

const { source, figures } = parse(readFileSync(new URL('seed-2016.yaml', import.meta.url), 'utf8')) as {
  source: string;
  figures: Figure[];
};

const on = (year: number) => Day.at(year, 1, 1);
const values: Readonly<Record<string, string>> = {
  ...Object.fromEntries([2013, 2014, 2015, 2016].map((year) => [`pass${year}`, pass.on(on(year)).value.toString()])),
  monthlyPass2016: monthlyPass.on(on(2016)).value.toString(),
  smic2016: smic.on(on(2016)).value.toString(),
  quarter2016: quarterIncome(2016).toString(),
};

describe(`F71 F75 F79 — ${source}`, () => {
  it.each(figures.map((figure): [string, string, Figure] => [figure.printed, figure.what, figure]))(
    '%s: %s',
    (printed, _, { expression }) => {
      const arithmetic = expression.replace(/[a-zA-Z]+\d{4}/g, (name) => values[name] ?? name);
      expect(Number(cents(arithmetic)) / 100).toBe(Number(printed));
    },
  );
});
