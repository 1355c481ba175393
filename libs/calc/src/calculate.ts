import { breakdownOf } from './breakdown.js';
import type { Breakdown, ExplainedBreakdown } from './breakdown.js';
import type { Owed, Rule, Text } from './owed.js';
import { rulesVersion } from './revisions.js';
import { acreText, relieved } from './rules/acre.js';
import { automaticAssessmentText } from './rules/automatic-assessment.js';
import { basicPension, basicPensionRule } from './rules/basic-pension.js';
import { cipavDisabilityDeath, cipavDisabilityDeathRule } from './rules/cipav-disability-death.js';
import { cipavSupplementaryPension, cipavSupplementaryPensionRule } from './rules/cipav-supplementary-pension.js';
import { collaboratingSpouseText } from './rules/collaborating-spouse.js';
import { conventionedPractitionersRule } from './rules/conventioned-practitioners.js';
import { csgCrds, csgCrdsRule } from './rules/csg-crds.js';
import { curps, curpsRule } from './rules/curps.js';
import { dailyAllowances, dailyAllowancesRule, liberalDailyAllowances, liberalsOweDailyAllowances } from './rules/daily-allowances.js';
import { disabilityDeath, disabilityDeathRule } from './rules/disability-death.js';
import { familyAllowances, familyAllowancesRule } from './rules/family-allowances.js';
import { incomeTaxOption, incomeTaxOptionRule } from './rules/income-tax-option.js';
import { insuredElsewhereText, owesNoDailyAllowances } from './rules/insured-elsewhere.js';
import { declarationDeadlineText } from './rules/declaration-deadline.js';
import { microExitText } from './rules/micro-exit.js';
import { lateDeclarationText } from './rules/late-declaration.js';
import { lateSurchargesText } from './rules/late-surcharges.js';
import { smallDebtsText } from './rules/small-debts.js';
import { surchargeRemissionText } from './rules/surcharge-remission.js';
import { liberalBasicPension, liberalBasicPensionRule, pensionsAreCalled } from './rules/liberal-basic-pension.js';
import { microAcreText } from './rules/micro-acre.js';
import { microMissingDeclarationText } from './rules/micro-missing-declaration.js';
import { microOverseasText } from './rules/micro-overseas.js';
import { microSocial, microSocialRule } from './rules/micro-social.js';
import { microTraining, microTrainingRule } from './rules/micro-training.js';
import { onlineDeclarationText } from './rules/online-declaration.js';
import { overseasText, relievedOverseas } from './rules/overseas.js';
import { sicknessMaternity, sicknessMaternityRule } from './rules/sickness-maternity.js';
import { singleBaseText } from './rules/single-base.js';
import { startOfActivityText } from './rules/start-of-activity.js';
import { supplementaryPension, supplementaryPensionRule } from './rules/supplementary-pension.js';
import { training, trainingRule } from './rules/training.js';
import { underEstimateText } from './rules/under-estimate.js';
import type { LiberalSituation, MicroSituation, Situation, TraderSituation } from './situation.js';

/** Every rule of the library, in legal order. */
export const rules: readonly Rule[] = [
  sicknessMaternityRule,
  conventionedPractitionersRule,
  dailyAllowancesRule,
  familyAllowancesRule,
  basicPensionRule,
  liberalBasicPensionRule,
  supplementaryPensionRule,
  cipavSupplementaryPensionRule,
  disabilityDeathRule,
  cipavDisabilityDeathRule,
  csgCrdsRule,
  trainingRule,
  curpsRule,
  microSocialRule,
  microTrainingRule,
  incomeTaxOptionRule,
];

/** The texts that make no line of their own: what the lines bear on. */
export const groundTexts: readonly Text[] = [
  startOfActivityText,
  singleBaseText,
  acreText,
  microAcreText,
  overseasText,
  microOverseasText,
  insuredElsewhereText,
  collaboratingSpouseText,
  lateSurchargesText,
  surchargeRemissionText,
  smallDebtsText,
  automaticAssessmentText,
  declarationDeadlineText,
  lateDeclarationText,
  microExitText,
  onlineDeclarationText,
  underEstimateText,
  microMissingDeclarationText,
];

/** What this person owes for the year, line by line; refuses the years whose rules are not written. */
export function price(situation: Situation, asked: { derivation: true }): ExplainedBreakdown;
export function price(situation: Situation, asked?: { derivation?: boolean }): Breakdown;
export function price(situation: Situation, { derivation = false }: { derivation?: boolean } = {}): Breakdown {
  const version = rulesVersion(situation.year);
  return breakdownOf(situation, owedBy(situation), { version, derivation });
}

/** The same figures, each with its derivation. */
export const explain = (situation: Situation): ExplainedBreakdown => price(situation, { derivation: true });

function owedBy(situation: Situation): readonly Owed[] {
  switch (situation.status) {
    case 'artisan':
    case 'commercant':
      return traderOwes(situation);
    case 'profession-liberale':
      return liberalOwes(situation);
    case 'micro-entrepreneur':
      return microOwes(situation);
  }
}

/** The six contributions first; their sum feeds the CSG-CRDS base, and nothing feeds back. */
function traderOwes(situation: TraderSituation): readonly Owed[] {
  const contributions = traderContributions(situation);
  const csg = situation.overseas
    ? relievedOverseas(situation, (at) => csgCrds(at, traderContributions(at)))
    : csgCrds(situation, contributions);
  return due([...contributions, csg, training(situation)]);
}

/** Two reliefs of starters, which nobody has together. */
function traderContributions(situation: TraderSituation): readonly Owed[] {
  const starting = situation.overseas ? relievedOverseas : relieved<TraderSituation>;
  const contributions = [starting(situation, sicknessMaternity)];
  if (!owesNoDailyAllowances(situation)) contributions.push(starting(situation, dailyAllowances));
  contributions.push(
    starting(situation, familyAllowances),
    starting(situation, basicPension),
    supplementaryPension(situation),
    starting(situation, disabilityDeath),
  );
  return contributions;
}

/** Pensions and disability-death of a liberal are paid to the section of the profession, those of the CIPAV called here since 2023; daily allowances begin in 2021. */
function liberalOwes(situation: LiberalSituation): readonly Owed[] {
  const contributions = [relieved(situation, sicknessMaternity)];
  if (liberalsOweDailyAllowances(situation)) contributions.push(relieved(situation, liberalDailyAllowances));
  contributions.push(relieved(situation, familyAllowances));
  if (pensionsAreCalled(situation)) {
    contributions.push(
      relieved(situation, liberalBasicPension),
      cipavSupplementaryPension(situation),
      relieved(situation, cipavDisabilityDeath),
    );
  }
  return due([...contributions, csgCrds(situation, contributions), training(situation), curps(situation)]);
}

function microOwes(situation: MicroSituation): readonly Owed[] {
  return due([microSocial(situation), microTraining(situation), incomeTaxOption(situation)]);
}

const due = (lines: readonly (Owed | null)[]): readonly Owed[] => lines.filter((line) => line !== null);
