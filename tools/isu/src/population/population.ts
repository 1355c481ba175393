import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { agreementOf } from '../accounts/agreement.js';
import { readDay } from '../read-day.js';
import { viewingServices, viewOf } from '../accounts/account.js';
import { exitCodes, WrongUsage, type ExitCode } from '../exit-codes.js';
import type { SystemClient } from '../system-client.js';
import { sheet, table } from '../terminal/table.js';
import { jsonLine, type Terminal } from '../terminal/terminal.js';
import type { ActKind } from './acts.js';
import { declareIncomes } from './declaring.js';
import { live, type Lived } from './life.js';
import { moveIn, type Inhabitant } from './moving-in.js';
import { inventedPerson } from './person.js';

export interface PopulationOptions {
  readonly count: string;
  readonly seed: string;
  readonly years: string;
  readonly date: string;
  readonly stream?: string;
  readonly seconds: string;
  readonly partner?: string;
  readonly json?: boolean;
}

export interface Populated {
  readonly people: number;
  readonly refused: number;
  readonly incomes: number;
  readonly seconds: number;
  readonly life: Lived | null;
  /** Of a sample: accounts whose three copies are one. */
  readonly compared: number;
  readonly agreeing: number;
}

const sample = 20;
const agreeWithinMs = 60_000;

/** `isu population`: invented people move in through the doors that everybody uses, and live at a pace if one is given. */
export async function populationCommand(
  options: PopulationOptions,
  { client, terminal }: { client: SystemClient; terminal: Terminal },
): Promise<ExitCode> {
  const [count, seed, years] = [whole(options.count, 'count'), whole(options.seed, 'seed'), whole(options.years, 'years')];
  const { iso: date, year } = readDay(options.date);
  const startedAt = performance.now();
  const people = Array.from({ length: count }, (_, at) => inventedPerson(seed, at + 1, year - 1));
  terminal.tell(`${String(count)} personnes, tirage ${String(seed)} : affiliation…\n`);
  const { inhabitants, refused } = await moveIn(client, people, { seed, date });
  terminal.tell(`${String(inhabitants.length)} affiliées : revenus…\n`);
  const incomes = await declareIncomes(client, inhabitants, { year, years, seed });
  const seconds = (performance.now() - startedAt) / 1_000;
  const life = options.stream === undefined ? null : await lived(inhabitants, { client, terminal, date, seed, options });
  const compared = inhabitants.slice(0, sample);
  const agreeing = await countAgreeing(client, compared);
  const answer: Populated = {
    people: inhabitants.length,
    refused: refused.length,
    incomes,
    seconds,
    life,
    compared: compared.length,
    agreeing,
  };
  await terminal.write(options.json ? jsonLine(answer) : printed(answer));
  return agreeing === compared.length ? exitCodes.ok : exitCodes.disagreement;
}

interface Living {
  readonly client: SystemClient;
  readonly terminal: Terminal;
  readonly date: string;
  readonly seed: number;
  readonly options: PopulationOptions;
}

function lived(inhabitants: readonly Inhabitant[], { client, terminal, date, seed, options }: Living): Promise<Lived> {
  const pace = { rate: whole(options.stream ?? '', 'stream'), seconds: whole(options.seconds, 'seconds'), seed };
  terminal.tell(`La vie continue : ${String(pace.rate)} actes par seconde pendant ${String(pace.seconds)} s…\n`);
  return live(inhabitants, { client, date, partner: options.partner ?? null, run: `P${randomUUID().slice(0, 8)}` }, pace);
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

function printed({ people, refused, incomes, seconds, life, compared, agreeing }: Populated): string {
  const head = sheet([
    ['Personnes', `${String(people)}${refused > 0 ? ` (${String(refused)} refusées)` : ''}`],
    ['Revenus déclarés', String(incomes)],
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
