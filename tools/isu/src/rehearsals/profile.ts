import type { Situation, Status } from '@isu/calc';

const statuses: Record<Status, string> = {
  artisan: 'artisan',
  commercant: 'commerçant',
  'profession-liberale': 'profession libérale',
  'micro-entrepreneur': 'micro-entrepreneur',
};

const bands: readonly (readonly [below: number, words: string])[] = [
  [0, 'en perte'],
  [10_000, 'moins de 10 000 €'],
  [20_000, '10 000 à 20 000 €'],
  [40_000, '20 000 à 40 000 €'],
  [80_000, '40 000 à 80 000 €'],
  [Infinity, '80 000 € et plus'],
];

/** The profile a person is counted in when none was given: the status and the band of what was declared. */
export function profileOf(situation: Situation): string {
  const cents = declaredCents(situation);
  const band = cents === null ? 'année forfaitaire' : (bands.find(([below]) => cents < below * 100)?.[1] ?? '');
  return `${statuses[situation.status]}, ${band}`;
}

function declaredCents(situation: Situation): number | null {
  if (situation.status === 'micro-entrepreneur') return situation.turnover.cents;
  const { earnings } = situation;
  if (earnings.kind === 'income') return earnings.income.cents;
  return earnings.kind === 'gross-income' ? earnings.grossIncome.cents : null;
}
