// ACCRE puis ACRE du micro-entrepreneur : une part du taux reste due. CSS, art. D. 131-6-3 (jusqu’en 2019) ; D. 131-6-1 s. depuis 2020.
import { Quarter, Rate } from '@isu/values';
import type { Day } from '@isu/values';
import { dated } from '../dated.js';
import type { Known } from '../dated.js';
import { MICRO_ACRE, MON_ENTREPRISE } from '../law/sources.js';
import type { Text } from '../owed.js';
import { single } from '../scale.js';
import type { AppliedRate } from '../scale.js';
import type { Activity } from '../situation.js';

/** Share of the rate still due: to the end of the third civil quarter after that of the start, then by four quarters. */
const factors = dated<readonly Rate[]>('micro-acre.parts', 'part du taux restant due (selon la date de début)', [
  {
    from: '2012-01-01',
    value: [Rate.percent('25'), Rate.percent('50'), Rate.percent('75')],
    source: MICRO_ACRE,
    unsure:
      'Créations de 2018 et 2019 : la troisième part serait de 90 % et les deux premières auraient changé au 1er avril 2020 ; non retenu.',
  },
  {
    from: '2020-01-01',
    value: [Rate.percent('50')],
    source: MON_ENTREPRISE,
    unsure: 'Date de passage au régime d’un an : 1er janvier 2020 retenu, 1er avril 2020 est l’autre lecture.',
  },
  { from: '2026-07-01', value: [Rate.percent('75')], source: MON_ENTREPRISE },
]);

/** The published rates are in tenths of a point: always rounded up before 2020 (3.35 % is called 3.4 %), to the nearest since. */
const rounding = dated<'up' | 'nearest'>('micro-acre.arrondi', 'arrondi du taux réduit au dixième de point', [
  { from: '2012-01-01', value: 'up', source: MICRO_ACRE },
  { from: '2020-01-01', value: 'nearest', source: MON_ENTREPRISE },
]);

/** Since 2020 the reduced rate of the CIPAV is not a share of the whole rate: its supplementary pension is not relieved. */
const cipav = dated('micro-acre.cipav', 'taux réduit des activités relevant de la CIPAV', [
  { from: '2020-01-01', value: Rate.percent('12.1'), source: MON_ENTREPRISE },
  { from: '2024-07-01', value: Rate.percent('13.9'), source: MON_ENTREPRISE },
  {
    from: '2026-01-01',
    value: Rate.percent('13.4'),
    source: MON_ENTREPRISE,
    unsure: 'Le même taux est gardé pour les créations depuis juillet 2026, faute de taux publié.',
  },
]);

export const microAcreText: Text = {
  id: 'micro-acre',
  title: 'ACCRE, ACRE du micro-entrepreneur',
  law: 'CSS, art. D. 131-6-3 (jusqu’en 2019) ; L. 131-6-4 (depuis 2020)',
  parameters: [factors, rounding, cipav],
  unsure: [],
};

/** The share of the rate due in a period, or nothing once the relief is over. */
export function microAcreFactor(startedOn: Day, lawOn: Day): { known: Known<readonly Rate[]>; share: Rate } | null {
  const known = factors.on(startedOn);
  const quarters = indexOf(Quarter.containing(lawOn)) - indexOf(Quarter.containing(startedOn));
  const share = known.value[Math.floor(quarters / 4)];
  return share === undefined ? null : { known, share };
}

/** Whether a period is relieved still. */
export const microReliefRunsOn = (startedOn: Day, lawOn: Day): boolean => microAcreFactor(startedOn, lawOn) !== null;

const indexOf = ({ year, number }: Quarter): number => year * 4 + number;

const tenth = Rate.of('0.001');

/** The rate of a starter, as it is published. */
export function reducedRate(
  rate: Known<Rate>,
  { startedOn, lawOn, activity }: { startedOn: Day; lawOn: Day; activity: Activity },
): AppliedRate {
  const factor = microAcreFactor(startedOn, lawOn);
  if (factor === null) return single(rate);
  const way = rounding.on(startedOn);
  if (activity === 'bnc-cipav' && cipav.isKnownOn(startedOn)) return single(cipav.on(lawOn));
  const exact = rate.value.times(factor.share);
  const nearest = exact.roundedTo(tenth);
  const value = way.value === 'up' && !nearest.atLeast(exact) ? nearest.plus(tenth) : nearest;
  return { kind: 'reduced', value, uses: [rate, factor.known, way], share: factor.share, why: 'début d’activité exonéré' };
}
