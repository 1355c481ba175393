import type { ServiceDefinition } from '@isu/chassis';
import { buildBenefits } from './benefits.module.js';
import { paymentDelays } from './migrations/0001-payment-delays.js';

/** Which rights the payments have opened. */
export const benefits: ServiceDefinition = {
  name: 'benefits',
  title: 'Prestations : les droits que les cotisations ont ouverts',
  migrations: [paymentDelays],
  servesAccountView: true,
  build: buildBenefits,
};

export type { DelayDistribution } from './delays/payment-delay.js';
export type { Rights } from './rights/rights.js';
