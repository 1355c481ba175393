import { Quarter, Year } from '@isu/values';
import { Day } from '@isu/values';
import type { Dated } from './dated.js';
import { refuse } from './fields.js';

const form = /^(\d{4})-(?:Q([1-4])|(0[1-9]|1[0-2]))$/;

/**
 * The day whose law prices a micro-entrepreneur's declaration: the first of its month or quarter (`2017-05`, `2017-Q2`). Without
 * a period the whole year is meant, which is refused for a year in which the rate changed.
 */
export function readPeriod(period: string | null, year: number, rate: Dated<unknown>): Day {
  if (period === null) return firstOfConstantYear(year, rate);
  const [, ofYear, quarter, month] = form.exec(period) ?? [];
  if (ofYear === undefined)
    throw refuse('bad-value', 'period', 'Cette période n’existe pas.', `un mois ou un trimestre, « ${year}-05 » ou « ${year}-Q2 »`);
  if (Number(ofYear) !== year)
    throw refuse('date-outside-year', 'period', 'Cette période n’est pas dans l’année.', `une période de ${year}`);
  return quarter === undefined ? Day.at(year, Number(month), 1) : Quarter.of(year, Number(quarter) as 1 | 2 | 3 | 4).first;
}

function firstOfConstantYear(year: number, rate: Dated<unknown>): Day {
  const { first, last } = Year.of(year);
  if (rate.on(first) === rate.on(last)) return first;
  throw refuse(
    'rate-changes-within-period',
    'period',
    'Le taux a changé dans l’année : il faut dire de quel mois ou de quel trimestre est ce chiffre d’affaires.',
    `un mois ou un trimestre, « ${year}-05 » ou « ${year}-Q2 »`,
  );
}
