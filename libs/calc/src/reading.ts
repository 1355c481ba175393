import { Day, Year } from '@isu/values';
import { Fields, refuse } from './fields.js';
import { readPeriod } from './period.js';
import { readLiberal } from './reading-liberals.js';
import { outside, readAcre, readMicroAcre, readMicroOverseas, readOverseas } from './reading-reliefs.js';
import { pricedYears, pricedYearsInWords } from './revisions.js';
import { microSocialRates } from './rules/micro-social.js';
import { bearsOnGrossIncome, scaleDayOf } from './rules/single-base.js';
import type { Activity, AssessedSituation, Earnings, MicroSituation, Situation, SpouseOption, Stage, Status, Term } from './situation.js';

const statuses: readonly Status[] = ['artisan', 'commercant', 'profession-liberale', 'micro-entrepreneur'];
const stages: readonly Stage[] = ['definitive', 'provisional', 'adjusted', 'flat-first-year', 'flat-second-year'];
const activities: readonly Activity[] = ['vente', 'services-commerciaux', 'services-artisanaux', 'bnc', 'bnc-cipav'];

const spouseOptions: readonly SpouseOption[] = ['third-of-pass', 'third-of-income', 'half-of-income', 'shared-third', 'shared-half'];

const always = ['year', 'status', 'stage', 'startedOn', 'endedOn', 'acre'];
const assessed = [...always, 'income', 'rsa', 'collaboratingSpouse', 'grossIncome', 'insuredElsewhere'];
const fieldsOf: Record<Status, readonly string[]> = {
  artisan: [...assessed, 'spouseBase', 'overseas', 'offTradesRegister'],
  commercant: [...assessed, 'spouseBase', 'overseas'],
  'profession-liberale': [...assessed, 'declaredPensionContributions', 'curps', 'section', 'conventionedIncome'],
  'micro-entrepreneur': [...always, 'turnover', 'activity', 'incomeTaxOption', 'period', 'overseas', 'craft', 'alsace'],
};
const everyField: ReadonlySet<string> = new Set(Object.values(fieldsOf).flat());

/**
 * Reads a situation from JSON. Refuses, with what would be accepted, whatever is missing, unknown or foreign to the status:
 * a fact that we would ignore in silence is a fact that the person believes taken into account.
 */
export function readSituation(json: unknown): Situation {
  const fields = Fields.of(json);
  refuseUnknown(fields);
  const year = fields.year('year', pricedYears, pricedYearsInWords);
  const status = fields.word('status', statuses, 'unknown-status');
  refuseForeign(fields, status);
  return status === 'micro-entrepreneur' ? readMicro(fields, year) : readAssessed(fields, { year, status });
}

function readAssessed(fields: Fields, { year, status }: { year: number; status: AssessedSituation['status'] }): AssessedSituation {
  const stage = fields.word('stage', stages, 'unknown-stage');
  const startedOn = fields.day('startedOn');
  const dates = { startedOn: stage === 'flat-second-year' ? null : startedOn, endedOn: fields.day('endedOn') };
  const term = membership(year, stage, dates);
  const facts = {
    year,
    stage,
    term,
    earnings: readEarnings(fields, { stage, startedOn, year, onGross: bearsOnGrossIncome(term.scaleOn) }),
    holdsRsa: fields.flag('rsa'),
    collaboratingSpouse: fields.flag('collaboratingSpouse'),
    acre: readAcre(fields, term),
    insuredElsewhere: fields.flag('insuredElsewhere'),
  };
  if (status === 'profession-liberale') return readLiberal(fields, facts);
  return {
    status,
    ...facts,
    spouseOption: readSpouseOption(fields),
    offTradesRegister: fields.flag('offTradesRegister'),
    overseas: readOverseas(fields, term),
  };
}

interface Asked {
  readonly stage: Stage;
  readonly startedOn: Day | null;
  readonly year: number;
  /** The single base: the law asks for the gross income. */
  readonly onGross: boolean;
}

/** On a flat stage the law asks for no income; one that is given is checked and left aside. */
function readEarnings(fields: Fields, { stage, startedOn, year, onGross }: Asked): Earnings {
  const income = fields.has('income') ? fields.amount('income') : null;
  const grossIncome = fields.has('grossIncome') ? fields.amount('grossIncome') : null;
  if (stage === 'flat-first-year') return { kind: 'flat', activityYear: 1, startedOn: startedIn(year, startedOn) };
  if (stage === 'flat-second-year') return { kind: 'flat', activityYear: 2, startedOn: startedIn(year - 1, startedOn) };
  if (onGross) {
    if (income) throw notOfYear('income', 'le champ « grossIncome » : chiffre d’affaires moins charges, avant cotisations sociales');
    return { kind: 'gross-income', grossIncome: grossIncome ?? fields.amount('grossIncome') };
  }
  if (grossIncome) throw notOfYear('grossIncome', 'le champ « income » : le revenu, cotisations sociales déduites');
  return { kind: 'income', income: income ?? fields.amount('income') };
}

const notOfYear = (field: string, accepted: string) =>
  refuse('field-not-of-year', field, 'Ce revenu n’est pas celui que la loi retient pour ce calcul de cette année.', accepted);

function startedIn(year: number, startedOn: Day | null): Day {
  const { first, last } = Year.of(year);
  if (startedOn === null) return first;
  if (startedOn.year !== year) throw outside('startedOn', `une date du ${first} au ${last}`);
  return startedOn;
}

/** Days of membership within the year. Who started earlier or ends later is a member for the whole of it. */
function membership(year: number, stage: Stage, { startedOn, endedOn }: { startedOn: Day | null; endedOn: Day | null }): Term {
  const { first, last, days } = Year.of(year);
  if (startedOn?.isAfter(last)) throw outside('startedOn', `une date jusqu’au ${last}`);
  if (endedOn?.isBefore(first)) throw outside('endedOn', `une date à partir du ${first}`);
  if (startedOn && endedOn?.isBefore(startedOn)) throw outside('endedOn', 'une date qui n’est pas avant « startedOn »');
  const from = startedOn?.isAfter(first) ? startedOn : first;
  const to = endedOn?.isBefore(last) ? endedOn : last;
  return { lawOn: first, scaleOn: scaleDayOf(first, stage), days: from.daysUntil(to) + 1, daysOfYear: days };
}

function readSpouseOption(fields: Fields): SpouseOption | null {
  const option = fields.optionalWord('spouseBase', spouseOptions);
  if (option === null || fields.flag('collaboratingSpouse')) return option;
  throw refuse('bad-value', 'spouseBase', 'Cette option est celle d’un conjoint collaborateur.', '« collaboratingSpouse » à true');
}

function readMicro(fields: Fields, year: number): MicroSituation {
  if (fields.has('stage')) fields.word('stage', ['definitive'], 'unknown-stage');
  const activity = fields.word('activity', activities, 'unknown-activity');
  const { days, daysOfYear } = membership(year, 'definitive', { startedOn: fields.day('startedOn'), endedOn: fields.day('endedOn') });
  const lawOn = readPeriod(fields.text('period'), year, microSocialRates[activity]);
  return {
    status: 'micro-entrepreneur',
    year,
    stage: 'definitive',
    term: { lawOn, scaleOn: lawOn, days, daysOfYear },
    turnover: fields.positiveAmount('turnover'),
    activity,
    incomeTaxOption: fields.flag('incomeTaxOption'),
    acreSince: readMicroAcre(fields, lawOn),
    overseasSince: readMicroOverseas(fields, lawOn),
    isCraft: readCraft(fields, activity),
    inAlsace: fields.flag('alsace'),
  };
}

function readCraft(fields: Fields, activity: Activity): boolean {
  const isCraft = fields.flag('craft');
  if (!isCraft || activity === 'vente' || activity === 'services-artisanaux') return isCraft;
  throw refuse('bad-value', 'craft', 'Cette activité n’est pas artisanale.', '« vente » ou « services-artisanaux »');
}

function refuseUnknown(fields: Fields): void {
  const stranger = fields.names.find((name) => !everyField.has(name));
  if (stranger === undefined) return;
  // The name itself comes from outside: it is repeated only when it cannot be anything but a name.
  const field = /^[A-Za-z]{1,40}$/.test(stranger) ? stranger : '';
  throw refuse('unknown-field', field, 'Ce champ n’existe pas.', [...everyField].join(', '));
}

function refuseForeign(fields: Fields, status: Status): void {
  const foreign = fields.names.find((name) => fields.says(name) && !fieldsOf[status].includes(name));
  if (foreign === undefined) return;
  throw refuse('field-not-of-status', foreign, 'Ce champ ne concerne pas ce statut.', `pour ce statut : ${fieldsOf[status].join(', ')}`);
}
