import type { Group } from '@isu/contracts';
import { Money, type Day } from '@isu/values';
import { changesOf, type PersonChange } from '../history/person-change.js';

/** Where an activity is registered: the register decides the group, never the NAF code. */
export const registers = ['repertoire-des-metiers', 'registre-du-commerce', 'none'] as const;
export type Register = (typeof registers)[number];

export const groupOf: Readonly<Record<Register, Group>> = {
  'repertoire-des-metiers': 'artisan',
  'registre-du-commerce': 'commercant',
  none: 'profession-liberale',
};

/** One of the activities of a person; their incomes are added up, and one affiliation unites them. */
export interface Activity {
  readonly id: number;
  /** In the person's own words. */
  readonly label: string | null;
  readonly naf: string | null;
  readonly register: Register;
  readonly startedOn: string;
  readonly endedOn: string | null;
  /** Of the last year declared activity by activity. */
  readonly income: { readonly year: number; readonly amount: string } | null;
}

export function activitiesOf(changes: readonly PersonChange[]): Activity[] {
  const activities = new Map<number, Activity>();
  for (const { detail } of changesOf(changes, 'activity')) {
    const { id, ...said } = detail as unknown as Activity;
    const before = activities.get(id) ?? { endedOn: null, income: null };
    activities.set(id, { ...before, ...said, id } as Activity);
  }
  return [...activities.values()];
}

/**
 * The main one decides the group: the first registered with the répertoire des métiers, else the one with the higher income of the last
 * declared year, else the first begun (collection.md 1.3, by default). Null once all have ended.
 */
export function mainActivity(activities: readonly Activity[], day: Day): Activity | null {
  const going = activities
    .filter(({ startedOn, endedOn }) => startedOn <= day.iso && (endedOn === null || endedOn >= day.iso))
    .sort((a, b) => (a.startedOn === b.startedOn ? a.id - b.id : a.startedOn < b.startedOn ? -1 : 1));
  const craft = going.find(({ register }) => register === 'repertoire-des-metiers');
  if (craft) return craft;
  const year = Math.max(...going.map(({ income }) => income?.year ?? 0));
  const declared = going.filter(({ income }) => income !== null && income.year === year);
  const best = declared.reduce<Activity | null>((found, one) => (found !== null && !earnsMore(one, found) ? found : one), null);
  return best ?? going[0] ?? null;
}

const earnsMore = ({ income: one }: Activity, { income: other }: Activity): boolean =>
  Money.of(one?.amount ?? '0').compare(Money.of(other?.amount ?? '0')) > 0;
