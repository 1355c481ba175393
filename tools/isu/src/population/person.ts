import { drawing, drawnIncome, type Draw } from '../draw.js';
import type { Payer } from './conduct.js';

type Register = 'repertoire-des-metiers' | 'registre-du-commerce' | 'none';

/** Somebody who does not exist, with what they earn. Person n of a seed is the same, however many are asked for. */
export interface InventedPerson {
  /** From 1. */
  readonly rank: number;
  readonly nir: string;
  readonly familyName: string;
  readonly givenNames: string;
  readonly birthDate: string;
  readonly register: Register;
  readonly regime: 'common' | 'micro-social';
  readonly startedOn: string;
  readonly department: string;
  readonly activity: string;
  readonly email: string;
  /** Of a year of activity, in euros; a loss is negative. */
  income(year: number): string;
  /** Of a quarter, in euros. */
  turnover(quarter: string): string;
  readonly payer: Payer;
  /** Of an account that no bank keeps. */
  readonly iban: string;
  /** When the income of a year is told; null by who never tells it, and will be taxed ex officio. */
  declaresOn(year: number): string | null;
  /** Whether the turnover of a quarter is told at all; of the others something is called in its place at the end of the year. */
  tellsTurnover(quarter: string): boolean;
  /** The activity comes to an end one day, whoever lives to see it. */
  readonly endsOn: string;
}

/** In percent; invented, and only meant to meet every rule: those of the rehearsals. */
const shares: readonly (readonly [upTo: number, register: Register, regime: InventedPerson['regime']])[] = [
  [30, 'registre-du-commerce', 'common'],
  [55, 'repertoire-des-metiers', 'common'],
  [70, 'none', 'common'],
  [82, 'registre-du-commerce', 'micro-social'],
  [94, 'repertoire-des-metiers', 'micro-social'],
  [100, 'none', 'micro-social'],
];
const activities: Readonly<Record<Register, readonly string[]>> = {
  'repertoire-des-metiers': ['Boulangerie', 'Plomberie', 'Coiffure', 'Menuiserie', 'Maçonnerie'],
  'registre-du-commerce': ['Épicerie', 'Librairie', 'Vente de vêtements', 'Restauration', 'Commerce en ligne'],
  none: ['Conseil', 'Traduction', 'Architecture', 'Formation', 'Graphisme'],
};
const familyNames = [
  'Martin',
  'Bernard',
  'Petit',
  'Durand',
  'Leroy',
  'Moreau',
  'Lefèvre',
  'Garcia',
  'Roux',
  'Fontaine',
  'Nguyen',
  'Traoré',
];
const womenNames = ['Anaïs', 'Camille', 'Fatou', 'Hélène', 'Inès', 'Julie', 'Léa', 'Manon', 'Noémie', 'Zoé'];
const menNames = ['Adam', 'Bruno', 'Cédric', 'Emmanuel', 'Hugo', 'Ibrahim', 'Jérôme', 'Loïc', 'Rémi', 'Théo'];
/** Mainland: 01 to 95 without 20, which is 2A and 2B. */
const departments = [...Array.from({ length: 95 }, (_, at) => String(at + 1).padStart(2, '0')).filter((code) => code !== '20'), '2A', '2B'];
const firstStart = 2009;
/** Out of ten: most pay on time, and each trouble is met. */
const conducts: readonly Payer['payment'][] = [
  ...(['on-time', 'on-time', 'on-time', 'on-time', 'on-time'] as const),
  ...(['late', 'partial', 'stopped', 'overpaid', 'debit-returned'] as const),
];
/** One in sixty closes each year: invented. */
const yearsBeforeEnd = 60;
const longestYears = 45;

export function inventedPerson(seed: number, rank: number, lastYear: number): InventedPerson {
  const draw = drawing(seed * 7_919 + rank * 104_729);
  const one = <T>(list: readonly T[]): T => list[draw(list.length)] as T;
  const place = draw(100);
  const [, register, regime] = shares.find(([upTo]) => place < upTo) ?? [100, 'none', 'micro-social'];
  const isWoman = draw(2) === 1;
  const birthDate = `${String(1951 + draw(38))}-${twoDigits(1 + draw(12))}-${twoDigits(1 + draw(28))}`;
  const startedOn = `${String(firstStart + draw(lastYear - firstStart + 1))}-${twoDigits(1 + draw(12))}-${twoDigits(1 + draw(28))}`;
  const average = Math.abs(Number(drawnIncome(draw)));
  // Of their own numbers: what is drawn below moves nothing that is drawn above.
  const later = drawing(seed * 3_571 + rank * 15_485_863);
  return {
    ...{ rank, register, regime, birthDate, startedOn },
    nir: nirOf({ isWoman, birthDate, rank: seed * 31 + rank }),
    iban: ibanOf(seed * 1_000_000 + rank),
    familyName: one(familyNames),
    givenNames: one(isWoman ? womenNames : menNames),
    department: one(departments),
    activity: one(activities[register]),
    email: `personne-${String(seed)}-${String(rank)}@courriel.example`,
    income: (year) =>
      drawing(rank * 31 + year)(12) === 0 ? String(-drawing(rank + year)(9_000)) : around(average, drawing(rank * 17 + year)),
    turnover: (quarter) => around(Math.min(average, 28_000) / 4, drawing(rank * 13 + placeOf(quarter))),
    payer: payerOf(Number(startedOn.slice(0, 4)), later),
    declaresOn: (year) => declarationDay(year + 1, drawing(rank * 7 + year)),
    tellsTurnover: (quarter) => drawing(rank * 19 + placeOf(quarter))(20) !== 0,
    endsOn: endOf(Number(startedOn.slice(0, 4)), later),
  };
}

const placeOf = (quarter: string): number => Number(quarter.slice(0, 4)) * 4 + Number(quarter.slice(-1));

function payerOf(startYear: number, draw: Draw): Payer {
  const payment = conducts[draw(conducts.length)] ?? 'on-time';
  const troubleYear = startYear + 1 + draw(6);
  // A bank debits whole and on the day: who is late, pays in part, twice or no more pays by transfer.
  const isEven = draw(2) === 0;
  const means = payment === 'debit-returned' || (payment === 'on-time' && isEven) ? 'direct-debit' : 'transfer';
  return { payment, means, stoppedFrom: `${String(troubleYear)}-10-01`, incidentMonth: `${String(troubleYear)}-06` };
}

/** In May by most; one in ten is late, by the summer, and one in twenty says nothing. */
function declarationDay(year: number, draw: Draw): string | null {
  const place = draw(20);
  if (place === 0) return null;
  return place < 3 ? `${String(year)}-${lateDeclaration}` : `${String(year)}-${declaration}`;
}
export const declarationDays = ['05-12', '07-20'] as const;
const [declaration, lateDeclaration] = declarationDays;

function endOf(startYear: number, draw: Draw): string {
  let year = startYear + 1;
  while (draw(yearsBeforeEnd) !== 0 && year < startYear + longestYears) year += 1;
  return `${String(year)}-${twoDigits(1 + draw(12))}-${twoDigits(1 + draw(28))}`;
}

/** Within a quarter of it. */
const around = (average: number, draw: Draw): string => String(Math.round((average * (75 + draw(51))) / 100));

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** Born abroad, in a country that does not exist (99, communes from 100 on): nobody bears such a number. */
function nirOf({ isWoman, birthDate, rank }: { isWoman: boolean; birthDate: string; rank: number }): string {
  const commune = 100 + (Math.floor(rank / 999) % 900);
  const body = `${isWoman ? '2' : '1'}${birthDate.slice(2, 4)}${birthDate.slice(5, 7)}99${String(commune)}${String((rank % 999) + 1).padStart(3, '0')}`;
  return body + twoDigits(97 - (Number(body) % 97));
}

/** Of a bank that does not exist (99999), with the keys that a real one has. */
function ibanOf(account: number): string {
  const [bank, branch, number] = ['99999', '00990', String(account % 100_000_000_000).padStart(11, '0')] as const;
  const ribKey = 97n - ((89n * BigInt(bank) + 15n * BigInt(branch) + 3n * BigInt(number)) % 97n);
  const body = `${bank}${branch}${number}${twoDigits(Number(ribKey))}`;
  // F is 15, R is 27.
  return `FR${twoDigits(Number(98n - (BigInt(`${body}152700`) % 97n)))}${body}`;
}
