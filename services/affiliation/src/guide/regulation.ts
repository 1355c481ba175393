import { groundTexts, rules, type Dated } from '@isu/calc';
import { Day } from '@isu/values';

/** A value of the regulation with its days of force, as the calculator uses it (F10). */
export interface RuleValue {
  readonly label: string;
  readonly from: string;
  /** Eve of the next value; null while it is the last one known. */
  readonly until: string | null;
  readonly value: string;
  readonly source: string;
  /** What is not proved, and the default taken. */
  readonly unsure: string | null;
}

/** A text of the law, found by the words of its title, its reference or its values. */
export interface RegulationText {
  readonly id: string;
  readonly title: string;
  readonly law: string;
  /** Those in force on the day asked about. */
  readonly values: readonly RuleValue[];
}

const texts = [...rules, ...groundTexts];

/** The texts in which every word of the question stands, accents and case aside; their values are those in force on the day. */
export function searchRegulation(question: string, day: Day): RegulationText[] {
  const words = plain(question)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 1);
  if (words.length === 0) return [];
  return texts
    .filter(({ title, law, parameters }) => {
      const whole = plain([title, law, ...parameters.map(({ label }) => label)].join(' '));
      return words.every((word) => whole.includes(word));
    })
    .map(({ id, title, law, parameters }) => ({ id, title, law, values: parameters.flatMap((parameter) => valueOn(parameter, day)) }))
    .filter(({ values }) => values.length > 0);
}

/** The printed value of a parameter on a day, by its name in the calculator; a wrong name is a fault. */
export const figure = (name: string, day: Day): string => printed(found(name).parameter.on(day).value);

/** The text of the law that holds the parameter. */
export const lawOf = (name: string): string => found(name).law;

function found(name: string) {
  for (const { law, parameters } of texts) {
    const parameter = parameters.find((one) => one.name === name);
    if (parameter) return { law, parameter };
  }
  throw new Error(`The calculator has no parameter « ${name} ».`);
}

function valueOn({ label, entries }: Dated<unknown>, day: Day): RuleValue[] {
  const rank = entries.findLastIndex(({ from }) => from <= day.iso);
  const entry = entries[rank];
  if (!entry || entry.value === null) return [];
  const next = entries[rank + 1];
  const until = next === undefined ? null : eveOf(next.from);
  return [{ label, from: entry.from, until, value: printed(entry.value), source: entry.source, unsure: entry.unsure ?? null }];
}

const eveOf = (iso: string): string => Day.of(iso).minusDays(1).iso;

function printed(value: unknown): string {
  if (Array.isArray(value)) return value.map(printed).join(', ');
  if (typeof value !== 'object' || value === null) return value === true ? 'oui' : String(value);
  if ('print' in value && typeof value.print === 'function') return String(value.print());
  return Object.entries(value)
    .map(([name, part]) => `${name} ${printed(part)}`)
    .join(' ; ');
}

const plain = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
