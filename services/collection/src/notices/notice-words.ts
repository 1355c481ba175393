import type { IncomeKind, Means, Stage } from '@isu/contracts';
import { Day, Money } from '@isu/values';
import type { IncomeInput } from '../assessments/assessment-history.js';

/** French names of what a notice prints, by docs/glossary.md; a code that is missing here is printed as it is. */
const contributions: Readonly<Record<string, string>> = {
  maladie: 'Maladie-maternité',
  'indemnites-journalieres': 'Indemnités journalières',
  'allocations-familiales': 'Allocations familiales',
  'retraite-base': 'Retraite de base',
  'retraite-complementaire': 'Retraite complémentaire',
  'invalidite-deces': 'Invalidité-décès',
  'csg-crds': 'CSG-CRDS',
  cfp: 'Formation professionnelle',
  curps: 'CURPS',
  'micro-social': 'Forfait micro-social',
  'versement-liberatoire': 'Versement libératoire',
  'penalite-declaration-tardive': 'Pénalité de déclaration tardive',
  'penalite-declaration-manquante': 'Pénalité de déclaration manquante',
  'majoration-estimation': 'Majoration d’estimation',
  'majoration-initiale': 'Majoration de retard à l’échéance',
  'majoration-mensuelle': 'Majoration par mois de retard',
};
const ofSpouse = 'conjoint-';

/** What is called for a collaborating spouse bears the name of its contribution. */
export const contributionName = (code: string): string =>
  code.startsWith(ofSpouse) ? `Conjoint : ${contributionName(code.slice(ofSpouse.length))}` : (contributions[code] ?? code);

const stages: Readonly<Record<Stage, string>> = {
  'flat-first-year': 'provisionnelles, assiette forfaitaire de première année',
  'flat-second-year': 'provisionnelles, assiette forfaitaire de deuxième année',
  provisional: 'provisionnelles',
  adjusted: 'provisionnelles ajustées',
  definitive: 'définitives',
};
export const stageName = (stage: Stage): string => stages[stage];

const means: Readonly<Record<Means, string>> = {
  'direct-debit': 'prélèvement',
  transfer: 'virement',
  cheque: 'chèque',
  card: 'carte',
  online: 'en ligne',
};
export const meansName = (code: Means): string => means[code];

const kinds: Readonly<Record<IncomeKind, string>> = {
  declared: 'déclaré',
  estimated: 'estimé',
  'ex-officio': 'taxé d’office',
  tax: 'transmis par l’administration fiscale',
};

const doors: Readonly<Record<string, string>> = {
  portal: 'sur Mon compte',
  agent: 'auprès d’un agent',
  'net-entreprises': 'sur net-entreprises.fr',
  caisse: 'par la caisse',
  'tax-office': 'par l’administration fiscale',
};

/** The income that a part rests on: amount, year, whose word and when. */
export function incomeWords({ kind, year, amount, retained, source, effectiveOn, annualised, shortened }: IncomeInput): string {
  const door = doors[source] ?? source;
  const steps = [
    ...(annualised ? [`Ramené à une année entière (${annualised.activeDays} jours sur ${annualised.yearDays})`] : []),
    ...(shortened ? [`Ramené aux jours d’activité de l’année (${shortened.activeDays} sur ${shortened.yearDays})`] : []),
  ];
  const whole = steps.length > 0 ? ` ${steps.join(', puis ')} : ${Money.of(retained).print()}.` : '';
  return `Calculées sur le revenu de ${year}, ${Money.of(amount).print()}, ${kinds[kind]} ${door} le ${Day.of(effectiveOn).print()}.${whole}`;
}
