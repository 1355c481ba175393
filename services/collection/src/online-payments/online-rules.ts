import { Money, type Day } from '@isu/values';
import { inForceOn } from '../in-force.js';

/** What may be paid online, and for how long an order waits at the provider. */
export interface OnlineRules {
  readonly from: string;
  readonly source: string;
  readonly unsure?: string;
  /** Below this sum the provider may also take a card. */
  readonly cardBelow: Money;
  readonly orderMinutes: number;
}

/** Oldest first: before the first there is no online payment. */
const rules: readonly OnlineRules[] = [
  {
    from: '2016-05-01',
    source:
      'Télépaiement du RSI ouvert en mai 2016 (« Le RSI en 2016 » ; infos.votrexpert 37264) : payeurs trimestriels, une fois par échéance',
    unsure: 'Ouvert par défaut aussi à une dette échue et au micro-entrepreneur ; carte en dessous de 5 000 € (démonstration).',
    cardBelow: Money.of('5000'),
    orderMinutes: 30,
  },
];

/** Null before online payment was opened. */
export const onlineRules = (on: Day): OnlineRules | null => inForceOn(rules, on) ?? null;
