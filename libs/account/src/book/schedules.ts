import type { Fact, Periodicity } from '@isu/contracts';
import type { TakenFacts } from '../taken-facts.js';
import { sumOf } from './euros.js';
import { versionsOf, type VersionOf, type VersionState } from './versions.js';

/** The calendar of a civil year's payments; its instalments are a part of their own, for those in force only. */
export interface Schedule {
  readonly fact: string;
  readonly year: number;
  readonly version: number;
  readonly periodicity: Periodicity;
  readonly replaces: string | null;
  readonly total: string;
  readonly state: VersionState;
}

export type IssuedSchedule = VersionOf<Fact<'collection.schedule-issued.v1'>>;

/** By year, version. */
export const issuedSchedules = (taken: TakenFacts): IssuedSchedule[] => versionsOf(taken.ofType('collection.schedule-issued.v1'));

export function schedulesOf(issued: readonly IssuedSchedule[]): Schedule[] {
  return issued.map(({ fact: { id, data }, state }) => ({
    fact: id,
    year: data.year,
    version: data.version,
    periodicity: data.periodicity,
    replaces: data.replaces ?? null,
    total: sumOf(data.instalments.flatMap((instalment) => instalment.lines.map((line) => line.amount))).toString(),
    state,
  }));
}
