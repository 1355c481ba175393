import { Day, Money } from '@isu/values';
import { dated } from '../dated.js';

const SERIES = 'OpenFisca-France-Pension, commit 4c3db6b (salval)';
const COMPUTED = '150 SMIC horaires au 1er janvier';

/**
 * Revenu validant un trimestre de retraite de base. CSS, art. R. 351-9: « 200 fois le salaire minimum de croissance horaire en vigueur
 * au 1er janvier », 150 fois from 2014 (décret 2014-349). One value a civil year; at most four quarters are validated with it.
 */
export const quarterIncomes = dated<Money>('retraite-base.revenu-par-trimestre', 'revenu validant un trimestre de retraite', [
  { from: '2008-01-01', value: Money.euros(1688), source: SERIES },
  { from: '2009-01-01', value: Money.euros(1742), source: SERIES },
  { from: '2010-01-01', value: Money.euros(1772), source: SERIES },
  { from: '2011-01-01', value: Money.euros(1800), source: SERIES },
  { from: '2012-01-01', value: Money.euros(1844), source: SERIES },
  { from: '2013-01-01', value: Money.euros(1886), source: SERIES },
  { from: '2014-01-01', value: Money.of('1429.50'), source: SERIES },
  { from: '2015-01-01', value: Money.of('1441.50'), source: SERIES },
  { from: '2016-01-01', value: Money.of('1450.50'), source: SERIES },
  { from: '2017-01-01', value: Money.euros(1464), source: SERIES },
  { from: '2018-01-01', value: Money.euros(1482), source: SERIES },
  { from: '2019-01-01', value: Money.of('1504.50'), source: SERIES },
  { from: '2020-01-01', value: Money.of('1522.50'), source: SERIES },
  { from: '2021-01-01', value: Money.of('1537.50'), source: SERIES },
  { from: '2022-01-01', value: Money.of('1585.50'), source: SERIES },
  { from: '2023-01-01', value: Money.of('1690.50'), source: SERIES },
  { from: '2024-01-01', value: Money.of('1747.50'), source: COMPUTED },
  { from: '2025-01-01', value: Money.euros(1782), source: COMPUTED },
  { from: '2026-01-01', value: Money.euros(1803), source: COMPUTED },
]);

/** What income of a civil year validates one quarter; refuses before 2008, where the joint account begins. */
export const quarterIncome = (year: number): Money => quarterIncomes.on(Day.at(year, 1, 1)).value;
