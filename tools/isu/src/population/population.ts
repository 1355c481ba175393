import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { pricedYears } from '@isu/calc';
import type { Day } from '@isu/values';
import { agreementOf } from '../accounts/agreement.js';
import { readDay } from '../read-day.js';
import { viewingServices, viewOf } from '../accounts/account.js';
import { exitCodes, WrongUsage, type ExitCode } from '../exit-codes.js';
import { developmentKey } from '../imports/file-to-send.js';
import { PartnerSeries } from '../partner-series.js';
import type { SystemClient } from '../system-client.js';
import { sheet, table } from '../terminal/table.js';
import { jsonLine, type Terminal } from '../terminal/terminal.js';
import { askPartner, type ActKind } from './acts.js';
import { DemonstrationDays } from './days.js';
import { tellIncomes } from './declaring.js';
import { live, type Lived } from './life.js';
import { LivingYears, type Doors, type YearsLived } from './living.js';
import { FormalitiesCentre, moveIn, type Inhabitant } from './moving-in.js';
import { settleHowTheyPay } from './paying.js';
import { inventedPerson, type InventedPerson } from './person.js';

export interface PopulationOptions {
  readonly count: string;
  readonly seed: string;
  readonly years: string;
  readonly until?: string;
  readonly date: string;
  readonly stream?: string;
  readonly seconds?: string;
  readonly partner?: string;
  readonly json?: boolean;
}

export interface Populated extends Omit<YearsLived, 'inhabitants'> {
  readonly people: number;
  readonly seconds: number;
  readonly life: Lived | null;
  /** Of a sample: accounts whose three copies are one. */
  readonly compared: number;
  readonly agreeing: number;
}

interface Surroundings {
  readonly client: SystemClient;
  readonly terminal: Terminal;
  /** Where the embedded mode keeps the partners' development keys; null when the system runs elsewhere. */
  readonly folder: string | null;
}

/** Whoever arrives tells the income of the year before, and may be in their second year: the rules of both are written. */
const firstYear = (pricedYears[0] ?? 0) + 1;
const sample = 20;
const agreeWithinMs = 60_000;

/** `isu population`: invented people move in through the doors that everybody uses, live for years, and go on at a pace if one is given. */
export async function populationCommand(options: PopulationOptions, { client, terminal, folder }: Surroundings): Promise<ExitCode> {
  const [count, seed] = [whole(options.count, 'count'), whole(options.seed, 'seed')];
  const { arrival, end } = stretchOf(options);
  const startedAt = performance.now();
  const people = Array.from({ length: count }, (_, at) => inventedPerson(seed, at + 1, lastYearOfBeginning(arrival, end)));
  terminal.tell(`${String(count)} personnes, tirage ${String(seed)} : affiliation…\n`);
  const doors = await doorsOf(options, { client, terminal, folder });
  const lived = end.equals(arrival) ? await movedIn(people, doors, arrival) : await livedYears(people, doors, { arrival, end });
  const seconds = (performance.now() - startedAt) / 1_000;
  const { inhabitants, ...counts } = lived;
  const life = options.stream === undefined ? null : await goOn(inhabitants, { client, terminal, date: end.iso, seed, options });
  const compared = inhabitants.slice(0, sample);
  const agreeing = await countAgreeing(client, compared);
  const answer: Populated = { people: inhabitants.length, ...counts, seconds, life, compared: compared.length, agreeing };
  await terminal.write(options.json ? jsonLine(answer) : printed(answer));
  return agreeing === compared.length ? exitCodes.ok : exitCodes.disagreement;
}

/** From the day of the arrival, so many years or through a day. */
function stretchOf({ date, years, until }: PopulationOptions): { arrival: Day; end: Day } {
  const arrival = readDay(date);
  const end = until === undefined ? arrival.plusYears(whole(years, 'years')) : readDay(until);
  if (end.isBefore(arrival)) throw new WrongUsage('--until ne peut pas précéder --date');
  if (arrival.year < firstYear)
    throw new WrongUsage(`--date : une population arrive en ${String(firstYear)} au plus tôt, les règles d’avant ne sont pas écrites`);
  return { arrival, end };
}

/** Nobody begins after the end but in its own year: they are drawn, and not met. */
const lastYearOfBeginning = (arrival: Day, end: Day): number =>
  end.equals(arrival) ? arrival.year - 1 : Math.max(arrival.year - 1, end.minusMonths(6).year);

/** Whoever sits where the partners' keys are may play them. */
async function doorsOf({ seed, partner }: PopulationOptions, { client, terminal, folder }: Surroundings): Promise<Doors> {
  const seriesOf = async (flow: { partner: string; flow: string }): Promise<PartnerSeries | null> => {
    const key = folder === null ? null : await developmentKey(folder, flow.partner);
    return key && new PartnerSeries(client, flow, key);
  };
  const payments = await seriesOf({ partner: 'urssaf', flow: 'payments' });
  return {
    ...{ client, seed: Number(seed), days: new DemonstrationDays(client), centre: FormalitiesCentre.ofSeed(client, Number(seed)) },
    incomes: await seriesOf({ partner: 'net-entreprises', flow: 'incomes' }),
    turnovers: await seriesOf({ partner: 'autoentrepreneur', flow: 'turnovers' }),
    bank: partner === undefined ? payments && { series: payments } : { partner },
    tell: (text) => void terminal.tell(text),
  };
}

/** On the day on which the system stands: those who had begun move in, and tell the income of the year before. */
async function movedIn(people: readonly InventedPerson[], doors: Doors, arrival: Day): Promise<YearsLived> {
  const { inhabitants, refused } = await moveIn(doors.centre, people, arrival.iso);
  doors.tell(`${String(inhabitants.length)} affiliées : revenus…\n`);
  await settleHowTheyPay(doors, inhabitants);
  const declaring = inhabitants
    .filter(({ person }) => person.regime === 'common')
    .map((inhabitant) => ({ inhabitant, year: arrival.year - 1 }));
  const incomes = await tellIncomes(doors, declaring, arrival.iso);
  return { inhabitants, refused: refused.length, formalities: 0, incomes, turnovers: 0, payments: 0 };
}

/** While days pass at our word, the simulated Urssaf writes nothing by itself: its numbers and ours are one series. */
async function livedYears(people: readonly InventedPerson[], doors: Doors, life: { arrival: Day; end: Day }): Promise<YearsLived> {
  const partner = doors.bank !== null && 'partner' in doors.bank ? doors.bank.partner : null;
  const keepCalendar = async (calendar: 'by-hand' | 'kept') => partner !== null && askPartner(partner, '/calendar', { calendar });
  await keepCalendar('by-hand');
  const lived = await new LivingYears(doors, life, people).live().catch(async (error: unknown) => {
    // What went wrong first is what is told.
    await keepCalendar('kept').catch(() => undefined);
    throw error;
  });
  await keepCalendar('kept');
  return lived;
}

interface Living extends Pick<Surroundings, 'client' | 'terminal'> {
  readonly date: string;
  readonly seed: number;
  readonly options: PopulationOptions;
}

/** Without a duration, until somebody stops it: what is under way is ended, and told. */
async function goOn(inhabitants: readonly Inhabitant[], { client, terminal, date, seed, options }: Living): Promise<Lived> {
  const rate = whole(options.stream ?? '', 'stream');
  const seconds = options.seconds === undefined ? null : whole(options.seconds, 'seconds');
  const stopping = new AbortController();
  const stop = (): void => stopping.abort();
  process.once('SIGINT', stop);
  terminal.tell(
    `La vie continue : ${String(rate)} actes par seconde ${seconds === null ? 'jusqu’à Ctrl-C' : `pendant ${String(seconds)} s`}…\n`,
  );
  try {
    const doors = { client, date, partner: options.partner ?? null, run: `P${randomUUID().slice(0, 8)}` };
    return await live(inhabitants, doors, { rate, seconds, seed, stopping: stopping.signal });
  } finally {
    process.removeListener('SIGINT', stop);
  }
}

/** Facts are on their way a moment: the copies are compared until they agree, or patience ends. */
async function countAgreeing(client: SystemClient, inhabitants: readonly Inhabitant[]): Promise<number> {
  const limit = performance.now() + agreeWithinMs;
  let left = [...inhabitants];
  for (;;) {
    const parted: Inhabitant[] = [];
    for (const inhabitant of left) {
      const views = await Promise.all(viewingServices.map((service) => viewOf(client, service, inhabitant.account)));
      if (!agreementOf(views).agrees) parted.push(inhabitant);
    }
    left = parted;
    if (left.length === 0 || performance.now() > limit) return inhabitants.length - left.length;
    await pause(500);
  }
}

const titles: Readonly<Record<ActKind, string>> = {
  payment: 'paiements',
  declaration: 'déclarations de revenu',
  turnover: 'chiffres d’affaires',
  contact: 'coordonnées',
  periodicity: 'rythmes de paiement',
  estimate: 'revenus estimés',
};

function printed({ people, refused, seconds, life, compared, agreeing, ...counts }: Populated): string {
  const head = sheet([
    ['Personnes', `${String(people)}${refused > 0 ? ` (${String(refused)} refusées)` : ''}`],
    ['Revenus déclarés', String(counts.incomes)],
    ['Chiffres d’affaires', String(counts.turnovers)],
    ['Paiements et retours', String(counts.payments)],
    ['Autres formalités', String(counts.formalities)],
    ['Durée', `${seconds.toFixed(1)} s, ${(people / seconds).toFixed(1)} personnes par seconde`],
    ['Copies comparées', `${String(agreeing)} comptes sur ${String(compared)} ont une seule empreinte`],
  ]);
  if (!life) return head;
  const right = 'right' as const;
  const columns = [
    { title: 'Actes' },
    { title: 'Faits', align: right },
    { title: 'Refusés', align: right },
    { title: 'Sans objet', align: right },
  ];
  const rows = Object.entries(life.acts).map(([kind, { done, refused: no, nothing }]) => [
    titles[kind as ActKind],
    String(done),
    String(no),
    String(nothing),
  ]);
  const total = Object.values(life.acts).reduce((sum, { done, refused: no, nothing }) => sum + done + no + nothing, 0);
  const pace = `${(total / life.seconds).toFixed(1)} actes par seconde, ${String(life.late)} en retard d’une seconde ou plus`;
  return `${head}\n${table(columns, rows)}\n${pace}\n`;
}

function whole(text: string, option: string): number {
  if (/^\d{1,7}$/.test(text)) return Number(text);
  throw new WrongUsage(`--${option} attend un nombre entier`);
}
