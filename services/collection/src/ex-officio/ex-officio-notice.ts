import type { OutgoingMessage } from '@isu/chassis';
import { Money, type Day } from '@isu/values';
import type { Income } from '../incomes/income.js';
import type { Called } from '../schedules/schedules.service.js';

const bases = {
  'half-pass': 'la moitié du plafond annuel de la sécurité sociale',
  'mean-income': 'la moyenne de vos revenus des deux années précédentes',
  'tax-income': 'le revenu déclaré à l’administration fiscale, augmenté de 30 %',
  'last-known': 'votre dernier revenu connu',
} as const;

/** The letter of a taxation d’office (a means that proves receipt): on what it rests, and how it goes away. */
export function exOfficioNotice(
  { account, year, amount, grounds }: Income,
  { called, writtenOn, correlation }: { called: Called | null; writtenOn: Day; correlation: string },
): OutgoingMessage {
  const owed = called?.assessments.find((assessment) => assessment.year === year)?.total ?? Money.zero;
  const retained = grounds
    ? `Elles sont calculées sur ${bases[grounds.retained]}, soit ${Money.of(grounds.beforeIncrease).print()}, portée à ${amount.print()} (majoration de 25 % par année non déclarée : ${grounds.consecutiveYears}).`
    : '';
  return {
    ...{ account, kind: 'ex-officio-notice', channel: 'letter', documents: [], writtenOn, correlation },
    subject: `Taxation d’office pour ${year}, faute de déclaration de revenus`,
    text: `Madame, Monsieur,

Nous n’avons pas reçu la déclaration de votre revenu professionnel de ${year}. Vos cotisations de ${year} sont fixées d’office à ${owed.print()}.
${retained}

Déclarez ce revenu : la taxation sera remplacée par vos cotisations réelles, avec la pénalité de déclaration tardive, et ce que vous auriez payé en trop vous sera rendu. Vous pouvez contester cette décision devant la commission de recours amiable dans les deux mois.`,
  };
}
