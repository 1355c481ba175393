import { wire } from '@isu/chassis';
import { stages } from '@isu/contracts';
import type { Money } from '@isu/values';
import type { Called } from '../schedules/schedules.service.js';
import { recordedIncome } from './income-answers.js';
import type { Income } from './income.js';

/** What a word about an income led to: assessments of years that changed, and the calendars issued anew. */
export interface WhatItChanged {
  readonly income: Income;
  readonly assessments: readonly { year: number; stage: string; version: number; total: Money }[];
  readonly schedules: readonly { year: number; version: number }[];
}

export const whatItChanged = ({ income, called }: { income: Income; called: Called | null }): WhatItChanged => ({
  income,
  assessments: (called?.assessments ?? []).map(({ year, stage, version, total }) => ({ year, stage, version, total })),
  schedules: (called?.schedules ?? []).map(({ schedule }) => ({ year: schedule.year, version: schedule.version })),
});

export const whatItChangedAnswer = {
  income: wire.record<Income>(recordedIncome),
  assessments: wire.listOf(
    wire.record<WhatItChanged['assessments'][number]>({
      year: wire.year,
      stage: wire.choice(stages),
      version: wire.count,
      total: wire.euros,
    }),
  ),
  schedules: wire.listOf(wire.record<WhatItChanged['schedules'][number]>({ year: wire.year, version: wire.count })),
};
