import { Day, Year } from '@isu/values';
import { refuse } from './fields.js';
import type { Fields } from './fields.js';
import type { PricingRefusal } from './refusal.js';
import { acreEndsOn } from './rules/acre.js';
import { microAcreFactor } from './rules/micro-acre.js';
import { overseasReliefEndsOn } from './rules/overseas.js';
import type { Acre, OverseasStart, Term } from './situation.js';

export const outside = (field: string, accepted: string): PricingRefusal =>
  refuse('date-outside-year', field, 'Cette date ne convient pas à l’année de cotisation.', accepted);

/** The relief runs twelve months from the start, which must therefore be told. */
export function readAcre(fields: Fields, term: Term): Acre | null {
  if (!fields.flag('acre')) return null;
  const startedOn = startOfRelief(fields);
  const relievedDays = daysRelieved(fields, { term, startedOn, endsOn: acreEndsOn(startedOn) });
  if (relievedDays === 0) throw outside('acre', 'un début d’activité de moins de douze mois');
  return { startedOn, relievedDays };
}

/** Overseas, years wholly within the first twenty-four months are known; the others are refused rather than guessed. Nobody has both reliefs. */
export function readOverseas(fields: Fields, term: Term): OverseasStart | null {
  if (!fields.flag('overseas')) return null;
  refuseBothReliefs(fields);
  const startedOn = startOfRelief(fields);
  const relieved = daysRelieved(fields, { term, startedOn, endsOn: overseasReliefEndsOn(startedOn, term.lawOn) });
  if (relieved === term.days) return { startedOn };
  throw refuse(
    'figures-unknown',
    'overseas',
    'Outre-mer, les cotisations qui suivent les vingt-quatre premiers mois ne sont pas tarifées : leurs règles ne sont pas établies.',
    'une année que les vingt-quatre premiers mois d’activité couvrent entièrement',
  );
}

function daysRelieved(fields: Fields, { term, startedOn, endsOn }: { term: Term; startedOn: Day; endsOn: Day }): number {
  const { first, last } = Year.of(term.lawOn.year);
  const endedOn = fields.day('endedOn');
  const from = Day.max(first, startedOn);
  const to = Day.min(endsOn.minusDays(1), endedOn ? Day.min(last, endedOn) : last);
  return to.isBefore(from) ? 0 : Math.min(term.days, from.daysUntil(to) + 1);
}

function startOfRelief(fields: Fields): Day {
  const startedOn = fields.day('startedOn');
  if (startedOn) return startedOn;
  throw missing('startedOn', 'la date de début d’activité, qui décide de l’exonération');
}

const missing = (field: string, accepted: string): PricingRefusal =>
  refuse('missing-field', field, `Il manque le champ « ${field} ».`, accepted);

/** The share due changes with the quarters since the start: the period must be told too. */
export function readMicroAcre(fields: Fields, lawOn: Day): Day | null {
  if (!fields.flag('acre')) return null;
  const startedOn = startOfMicroRelief(fields, lawOn);
  if (microAcreFactor(startedOn, lawOn) === null) throw outside('acre', 'une période pendant laquelle l’exonération court encore');
  return startedOn;
}

export function readMicroOverseas(fields: Fields, lawOn: Day): Day | null {
  if (!fields.flag('overseas')) return null;
  refuseBothReliefs(fields);
  return startOfMicroRelief(fields, lawOn);
}

function startOfMicroRelief(fields: Fields, lawOn: Day): Day {
  const startedOn = startOfRelief(fields);
  if (!fields.has('period')) throw missing('period', `un mois ou un trimestre, « ${lawOn.year}-05 » ou « ${lawOn.year}-Q2 »`);
  return startedOn;
}

function refuseBothReliefs(fields: Fields): void {
  if (fields.flag('acre'))
    throw refuse('bad-value', 'acre', 'Les deux exonérations ne se cumulent pas.', '« acre » ou « overseas », non les deux');
}
