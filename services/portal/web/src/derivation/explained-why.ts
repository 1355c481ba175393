import type { Explained } from '../../../src/face/explanation.js';
import { contributionName } from '../words/contributions.js';
import type { Why, WhyLine } from './why-subject.js';

/** A line of a year that is priced on the spot: a simulation, or what an estimate would make of it. */
export const whyExplained = (line: Explained['lines'][number], { year, rules }: Pick<Explained, 'year' | 'rules'>): WhyLine => ({
  ...{ kind: 'line', title: `${contributionName(line.code)} ${String(year)}`, amount: line.amount },
  ...{ line, rules, restsOn: [] },
});

export const whyExplainedTotal = (explained: Explained): Why => ({
  kind: 'sum',
  title: `Total des cotisations ${String(explained.year)}`,
  amount: explained.total,
  terms: explained.lines.map((line) => ({ text: contributionName(line.code), amount: line.amount, why: whyExplained(line, explained) })),
});
