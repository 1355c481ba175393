import { groundTexts, rules, type Dated, type ProfileEffect, type RehearsalReport, type TrialValue } from '@isu/calc';
import type { Money } from '@isu/values';
import { euros, plural } from '../terminal/in-french.js';
import { table } from '../terminal/table.js';
import type { NotRehearsed } from './rehearse.js';

interface Answer extends RehearsalReport {
  readonly title: string;
  readonly changes: readonly TrialValue[];
  readonly refused: number;
  readonly firstRefusals: readonly NotRehearsed[];
}

/** Who gains and who loses, profile by profile, then line by line for everyone. */
export function printedRehearsal({ title, changes, profiles, whole, refused, firstRefusals }: Answer): string {
  const tried = changes.map(({ parameter, from, value }) => `  ${parameter} : ${value ?? 'plus de règle'}, à partir du ${from}\n`);
  const effects = table(
    [
      { title: 'Profil' },
      ...['Personnes', 'Paient plus', 'Paient moins', 'Avant', 'Après', 'Écart', 'Hausse max.', 'Baisse max.'].map((name) => ({
        title: name,
        align: 'right' as const,
      })),
    ],
    [...profiles.map(row), row({ ...whole, profile: 'Ensemble' })],
  );
  return [`${title}\n`, ...tried, '\n', effects, '\n', byLine(whole), refusals(refused, firstRefusals)].join('');
}

const row = ({ profile, persons, owingMore, owingLess, before, after, highestIncrease, highestDecrease }: ProfileEffect): string[] => [
  profile,
  ...[persons, owingMore, owingLess].map(String),
  ...[before, after].map(inEuros),
  signed(after.minus(before)),
  ...[highestIncrease, highestDecrease].map(inEuros),
];

function byLine({ byLine: differences }: ProfileEffect): string {
  const rows = Object.entries(differences).map(([code, amount]) => [code, signed(amount)]);
  return rows.length === 0 ? 'Aucune ligne ne change.\n' : table([{ title: 'Ligne' }, { title: 'Écart', align: 'right' }], rows);
}

function refusals(refused: number, first: readonly NotRehearsed[]): string {
  if (refused === 0) return '';
  const told = first.map(({ line, detail, field }) => `  ligne ${String(line)} : ${detail}${field === '' ? '' : ` (« ${field} »)`}\n`);
  return `\n${plural(refused, 'personne')} sans calcul :\n${told.join('')}`;
}

const inEuros = (amount: Money): string => euros(amount.toString());
const signed = (amount: Money): string => `${amount.isPositive ? '+' : ''}${inEuros(amount)}`;

/** Every parameter of the law, with its last value, as an overlay writes it. */
export function parameterTable(): string {
  const parameters = new Map([...rules, ...groundTexts].flatMap((text) => text.parameters).map((known) => [known.name, known]));
  const rows = [...parameters.values()].sort((a, b) => (a.name < b.name ? -1 : 1)).map(parameterRow);
  return table([{ title: 'Paramètre' }, { title: 'Depuis' }, { title: 'Valeur' }, { title: 'Ce que c’est' }], rows);
}

function parameterRow({ name, label, entries }: Dated<unknown>): string[] {
  const last = entries.at(-1);
  return [name, last?.from ?? '', valueText(last?.value), label];
}

function valueText(value: unknown): string {
  if (value === null) return 'plus de règle';
  if (!Array.isArray(value)) return String(value);
  return value.map((piece: unknown) => (isKnot(piece) ? `${String(piece.pass)}:${String(piece.rate)}` : String(piece))).join(' ');
}

const isKnot = (piece: unknown): piece is { pass: unknown; rate: unknown } =>
  typeof piece === 'object' && piece !== null && 'pass' in piece && 'rate' in piece;
