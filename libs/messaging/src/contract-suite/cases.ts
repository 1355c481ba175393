import { clockCases } from './clock-cases.js';
import { deliveryCases } from './delivery-cases.js';
import { headerCases } from './header-cases.js';
import { newsCases } from './news-cases.js';
import { outageCases } from './outage-cases.js';
import { troubleCases } from './trouble-cases.js';
import type { ContractCase } from './contract-case.js';

/** What both buses, with everything around them, must stand. */
export const contractCases: readonly ContractCase[] = [
  ...deliveryCases,
  ...troubleCases,
  ...outageCases,
  ...headerCases,
  ...newsCases,
  ...clockCases,
];

export function caseNumbered(number: string): ContractCase {
  const found = contractCases.find((one) => one.number === number);
  if (!found) throw new RangeError(`The contract has no case ${number}.`);
  return found;
}
