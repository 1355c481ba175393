import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { price } from '../calculate.js';
import { readSituation } from '../reading.js';

interface Threshold {
  readonly year: number;
  readonly status: string;
  readonly line: string;
  readonly at: number;
  readonly why: string;
  /** One euro under it, on it, one euro above. */
  readonly owed: readonly string[];
}

const { source, thresholds } = parse(readFileSync(new URL('thresholds.yaml', import.meta.url), 'utf8')) as {
  source: string;
  thresholds: readonly Threshold[];
};

const name = ({ year, status, line, at, why }: Threshold): string => `${year}, ${status}, ${line} at ${at}: ${why}`;

const amountAt = ({ year, status, line }: Threshold, euros: number): string | undefined =>
  price(readSituation({ year, status, stage: 'definitive', [year < 2025 ? 'income' : 'grossIncome']: `${euros}` }))
    .lines.find(({ code }) => code === line)
    ?.amount.toString();

describe(`F45 — each floor, cap and knot of every year, on it and one euro to either side. ${source}`, () => {
  it.each(thresholds.map((threshold): [string, Threshold] => [name(threshold), threshold]))('%s', (_, threshold) => {
    const { at } = threshold;
    expect([at - 1, at, at + 1].map((euros) => amountAt(threshold, euros))).toEqual(threshold.owed);
  });
});
