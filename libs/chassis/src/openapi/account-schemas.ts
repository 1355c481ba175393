import { fold, type AccountView, type EffectiveBook, type Reason, type Standing, type YearQuarters } from '@isu/account';
import { wire, type WireSchema } from './wire.js';

/** Of each reason, what all have; the other fields say which instalment, flow or anomaly. */
const reason: WireSchema = wire.record<Pick<Reason, 'code' | 'text'>>({
  code: wire.choice([
    'payment-in-transit',
    'flow-never-seen',
    'flow-gap',
    'flow-incomplete',
    'flow-late',
    'batches-given-up',
    'anomaly-open',
    'instalment-late',
  ] satisfies Reason['code'][]),
  text: { ...wire.text, description: 'En français, pour les personnes.' },
});

const yearQuarters: WireSchema = wire.record<YearQuarters>({
  year: wire.year,
  possible: wire.count,
  validated: wire.count,
  because: wire.listOf(wire.choice(['paid', 'partly-paid', 'unpaid', 'in-transit', 'awaiting'])),
  base: wire.euros,
  quarterIncome: wire.euros,
  called: wire.euros,
  paid: wire.euros,
});

const upToDate = wire.choice(['yes', 'no', 'unknown']);
/** By flow, its own vector. */
const flows = wire.mapOf(wire.vector);

const standing: WireSchema = wire.record<Standing>({
  day: wire.day,
  due: wire.euros,
  late: wire.euros,
  inTransit: wire.euros,
  credit: wire.euros,
  nextDue: wire.orNull(wire.record<NonNullable<Standing['nextDue']>>({ instalment: wire.text, dueOn: wire.day, amount: wire.euros })),
  upToDate,
  reasons: wire.listOf(reason),
  quarters: wire.listOf(yearQuarters),
  flows,
});

const book: WireSchema = {
  type: 'object',
  description: 'Voir docs/account/view.schema.json, dont chaque partie est expliquée dans docs/account/README.md.',
};

const view: WireSchema = wire.record<AccountView>({
  account: wire.account,
  fold: { const: fold },
  vector: wire.vector,
  book,
  fingerprint: wire.digest,
});

const effective: WireSchema = wire.record<EffectiveBook>({
  account: wire.account,
  effectiveOn: wire.day,
  book,
  restsOn: wire.record<EffectiveBook['restsOn']>({ vector: wire.vector, fingerprint: wire.digest }),
});

/** What is folded from an account, as the services that fold it answer it. */
export const accountSchemas = { view, effective, standing, reason, yearQuarters, upToDate, flows } as const;
