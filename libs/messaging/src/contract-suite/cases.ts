import { clockCases } from './clock-cases.js';
import { deliveryCases } from './delivery-cases.js';
import { headerCases } from './header-cases.js';
import { newsCases } from './news-cases.js';
import { outageCases } from './outage-cases.js';
import { troubleCases } from './trouble-cases.js';
import type { ContractCase } from './contract-case.js';

/** What goes as it should, however often and in whatever order: and what does not. Two halves that take about as long. */
export const casesOf = {
  delivery: [...deliveryCases, ...headerCases, ...newsCases],
  trouble: [...troubleCases, ...outageCases, ...clockCases],
} satisfies Record<string, readonly ContractCase[]>;

/** What both buses, with everything around them, must stand. */
export const contractCases: readonly ContractCase[] = [...casesOf.delivery, ...casesOf.trouble];

export function caseNumbered(number: string): ContractCase {
  const found = contractCases.find((one) => one.number === number);
  if (!found) throw new RangeError(`The contract has no case ${number}.`);
  return found;
}
