// Pluriactifs et retraités actifs dont un autre régime sert les prestations maladie. CSS, art. L. 613-4 et D. 612-9 (jusqu’en 2015).
import { dated } from '../dated.js';
import { BLOG_2016, CERFRANCE_2016, L131_6_3 } from '../law/sources.js';
import type { Text } from '../owed.js';
import type { AssessedSituation } from '../situation.js';

const dailyAllowances = dated<'not-owed' | 'owed'>(
  'servis-ailleurs.indemnites-journalieres',
  'indemnités journalières de qui est servi par un autre régime',
  [
    { from: '2012-01-01', value: 'not-owed', source: BLOG_2016 },
    { from: '2016-01-01', value: 'owed', source: `${BLOG_2016} ; ${CERFRANCE_2016}` },
  ],
);

const sicknessMinimum = dated<'waived' | 'applied'>(
  'servis-ailleurs.minimum-maladie',
  'assiette minimale maladie de qui est servi par un autre régime',
  [
    {
      from: '2012-01-01',
      value: 'waived',
      source: L131_6_3,
    },
    { from: '2016-01-01', value: 'applied', source: L131_6_3 },
  ],
);

export const insuredElsewhereText: Text = {
  id: 'insured-elsewhere',
  title: 'Pluriactifs et retraités actifs',
  law: 'CSS, art. L. 613-4, L. 613-7 et D. 612-9 (jusqu’en 2015)',
  parameters: [dailyAllowances, sicknessMinimum],
  unsure: [
    'Depuis 2016 toutes les lignes sont dues, assiettes minimales comprises : la dispense votée en 2014 pour 2016 a été abrogée avant d’entrer en vigueur (PLFSS 2016).',
  ],
};

/** Until 2015 who is served by another scheme owes no daily allowances; since 2016 everyone does. */
export const owesNoDailyAllowances = ({ insuredElsewhere, term }: AssessedSituation): boolean =>
  insuredElsewhere && dailyAllowances.on(term.lawOn).value === 'not-owed';

/** And pays sickness on the real income, without its minimum. */
export const sicknessMinimumIsWaived = ({ insuredElsewhere, term }: AssessedSituation): boolean =>
  insuredElsewhere && sicknessMinimum.on(term.lawOn).value === 'waived';
