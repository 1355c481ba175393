import { Money } from '@isu/values';
import { refuse } from './fields.js';
import type { Fields } from './fields.js';
import { pensionsAreCalled } from './rules/liberal-basic-pension.js';
import type { AssessedSituation, Earnings, HealthProfession, LiberalSituation, PensionSection } from './situation.js';

const healthProfessions: readonly HealthProfession[] = ['medecin', 'chirurgien-dentiste', 'autres'];
const sections: readonly PensionSection[] = ['cipav', 'other'];

/** What every assessed situation has, before what is proper to its status. */
type Facts = Omit<LiberalSituation, 'status' | 'declaredPensionContributions' | 'curps' | 'section' | 'conventionedIncome'>;

/** What the law asks of a liberal beside the rest. Refuses pension contributions declared where they are priced, or bear on nothing. */
export function readLiberal(fields: Fields, facts: Facts): AssessedSituation {
  const situation: LiberalSituation = {
    status: 'profession-liberale',
    ...facts,
    declaredPensionContributions: fields.has('declaredPensionContributions')
      ? fields.positiveAmount('declaredPensionContributions')
      : Money.zero,
    curps: fields.optionalWord('curps', healthProfessions),
    section: fields.optionalWord('section', sections) ?? 'other',
    conventionedIncome: fields.has('conventionedIncome') ? fields.positiveAmount('conventionedIncome') : null,
  };
  if (situation.conventionedIncome !== null) refuseIllDivided(facts.earnings, situation.conventionedIncome);
  if (!fields.has('declaredPensionContributions')) return situation;
  if (facts.earnings.kind === 'gross-income') {
    throw contributionsUnasked(
      'Depuis l’assiette sociale unique, les cotisations de retraite n’entrent plus dans l’assiette de la CSG-CRDS.',
    );
  }
  if (pensionsAreCalled(situation)) {
    throw contributionsUnasked('Depuis 2023, les cotisations de retraite de la CIPAV sont calculées avec les autres.');
  }
  return situation;
}

const contributionsUnasked = (detail: string) =>
  refuse('field-not-of-year', 'declaredPensionContributions', detail, 'ne pas donner ce champ');

/** A conventioned income is a part of an income: there is no such part of a flat base, and none is known of the single base. */
function refuseIllDivided(earnings: Earnings, conventionedIncome: Money): void {
  if (earnings.kind !== 'income') {
    throw refuse(
      'figures-unknown',
      'conventionedIncome',
      'La part conventionnée de cette assiette n’est pas établie : ce calcul n’est pas tarifé.',
      'un revenu jusqu’aux appels de 2025, hors années forfaitaires',
    );
  }
  const most = Money.max(earnings.income, Money.zero);
  if (!conventionedIncome.atMost(most)) {
    throw refuse(
      'bad-value',
      'conventionedIncome',
      'Le revenu conventionné est une part du revenu.',
      'un montant qui n’est pas au-dessus de « income »',
    );
  }
}
