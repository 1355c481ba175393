import type { ServiceDefinition } from '@isu/chassis';
import { buildBenefits } from './benefits.module.js';

/** Which rights the payments have opened. */
export const benefits: ServiceDefinition = {
  name: 'benefits',
  title: 'Prestations : les droits que les cotisations ont ouverts',
  migrations: [],
  servesAccountView: true,
  build: buildBenefits,
};

export type { Rights } from './rights/rights.js';
