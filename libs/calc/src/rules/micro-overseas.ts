// Micro-entrepreneur outre-mer : une fraction du taux. CSS, art. D. 756-5 (décret n° 2017-972).
import { Quarter, Rate } from '@isu/values';
import type { Day } from '@isu/values';
import { dated } from '../dated.js';
import type { Known } from '../dated.js';
import { D756_5 } from '../law/sources.js';
import type { Text } from '../owed.js';
import type { AppliedRate } from '../scale.js';
import type { Activity } from '../situation.js';

/** To the end of the seventh civil quarter after that of the start. */
const traders = dated('micro-outre-mer.debut', 'fraction du taux, ventes et services, début d’activité outre-mer', [
  { from: '2017-01-01', value: Rate.of('1/6'), source: D756_5 },
]);
const liberals = dated('micro-outre-mer.debut-liberaux', 'fraction du taux, activités libérales, début d’activité outre-mer', [
  {
    from: '2017-01-01',
    value: Rate.of('1/3'),
    source: D756_5,
    unsure: 'Activités libérales non réglementées : 1/3 comme le texte de 2017 ; mon-entreprise applique aujourd’hui 1/6.',
  },
]);
const thirdYear = dated('micro-outre-mer.troisieme-annee', 'fraction du taux jusqu’à la fin de la troisième année civile outre-mer', [
  { from: '2017-01-01', value: Rate.of('1/2'), source: D756_5 },
]);
const later = dated('micro-outre-mer.ensuite', 'fraction du taux à partir de la quatrième année civile outre-mer', [
  { from: '2017-01-01', value: Rate.of('2/3'), source: D756_5 },
]);

export const microOverseasText: Text = {
  id: 'micro-overseas',
  title: 'Micro-entrepreneur outre-mer',
  law: 'CSS, art. D. 756-5',
  parameters: [traders, liberals, thirdYear, later],
  unsure: ['La fraction vaut dans la limite du seuil de chiffre d’affaires du régime, qui n’est pas vérifiée ici.'],
};

const isLiberal = (activity: Activity): boolean => activity === 'bnc' || activity === 'bnc-cipav';
const indexOf = ({ year, number }: Quarter): number => year * 4 + number;

function fractionOn(startedOn: Day, lawOn: Day, activity: Activity): Known<Rate> {
  const quarters = indexOf(Quarter.containing(lawOn)) - indexOf(Quarter.containing(startedOn));
  if (quarters <= 7) return (isLiberal(activity) ? liberals : traders).on(lawOn);
  return (lawOn.year - startedOn.year < 3 ? thirdYear : later).on(lawOn);
}

const tenth = Rate.of('0.001');

/** « après arrondi au dixième de pour cent supérieur, à une fraction des taux ». Refuses the periods before 2017. */
export function overseasRate(
  rate: Known<Rate>,
  { startedOn, lawOn, activity }: { startedOn: Day; lawOn: Day; activity: Activity },
): AppliedRate {
  const fraction = fractionOn(startedOn, lawOn, activity);
  const exact = rate.value.times(fraction.value);
  const nearest = exact.roundedTo(tenth);
  const value = nearest.atLeast(exact) ? nearest : nearest.plus(tenth);
  return { kind: 'reduced', value, uses: [rate, fraction], share: fraction.value, why: 'activité outre-mer' };
}
