/** French names of what affiliation says of a person. */
export const named =
  (names: Readonly<Record<string, string>>) =>
  (code: string): string =>
    names[code] ?? code;

export const stateName = named({
  pending: 'Activité à venir',
  active: 'En activité',
  ended: 'Activité terminée',
  settled: 'Activité terminée, compte soldé',
});

export const regimeName = named({ common: 'Sur le revenu professionnel', 'micro-social': 'Micro-entrepreneur, sur le chiffre d’affaires' });

export const periodicityName = named({
  'monthly-5': 'chaque mois, le 5',
  'monthly-20': 'chaque mois, le 20',
  quarterly: 'chaque trimestre',
});

export const messageSubjects = [
  { value: 'affiliation', text: 'Mon affiliation' },
  { value: 'cotisations', text: 'Mes cotisations' },
  { value: 'paiement', text: 'Un paiement' },
  { value: 'sante', text: 'Ma santé, mes indemnités' },
  { value: 'retraite', text: 'Ma retraite' },
  { value: 'reclamation', text: 'Une réclamation' },
  { value: 'autre', text: 'Autre chose' },
] as const;
export const messageSubjectName = (code: string): string => messageSubjects.find(({ value }) => value === code)?.text ?? code;

export const spouseOptions = [
  { value: 'third-of-pass', text: 'Un tiers du plafond de la sécurité sociale' },
  { value: 'third-of-income', text: 'Un tiers du revenu du chef d’entreprise' },
  { value: 'half-of-income', text: 'La moitié du revenu du chef d’entreprise' },
  { value: 'shared-third', text: 'Un tiers du revenu, retiré de celui du chef d’entreprise (avec son accord)' },
  { value: 'shared-half', text: 'La moitié du revenu, retirée de celui du chef d’entreprise (avec son accord)' },
] as const;
export const spouseOptionName = (code: string): string => spouseOptions.find(({ value }) => value === code)?.text ?? code;

export const endCauses = [
  { value: 'cessation', text: 'Cessation d’activité' },
  { value: 'sale', text: 'Cession de l’entreprise' },
  { value: 'dissolution', text: 'Dissolution de la société' },
  { value: 'retirement', text: 'Départ à la retraite' },
] as const;

/** An activity that ended on the day of its beginning. */
export const nothingEverDue = 'not-begun';
const otherEndCauses: Readonly<Record<string, string>> = {
  death: 'Décès',
  'ex-officio': 'Radiation d’office, faute de revenu déclaré deux années de suite',
  [nothingEverDue]: 'Activité terminée le jour de son début : rien n’est dû',
};
export const endCauseName = (code: string): string => endCauses.find(({ value }) => value === code)?.text ?? otherEndCauses[code] ?? code;

export const turnoverActivities = [
  { value: 'vente', text: 'Vente de marchandises, hébergement' },
  { value: 'services-commerciaux', text: 'Services commerciaux' },
  { value: 'services-artisanaux', text: 'Services artisanaux' },
  { value: 'bnc', text: 'Profession libérale relevant du RSI' },
  { value: 'bnc-cipav', text: 'Profession libérale relevant de la Cipav' },
] as const;
export const turnoverActivityName = (code: string): string => turnoverActivities.find(({ value }) => value === code)?.text ?? code;

const months = ['janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre'];
const quarters = ['1er', '2e', '3e', '4e'];

/** `2016-05` as « mai 2016 », `2016-Q2` as « 2e trimestre 2016 ». */
export function periodName(id: string): string {
  const [year = '', part = ''] = id.split('-');
  return part.startsWith('Q')
    ? `${quarters[Number(part.slice(1)) - 1] ?? part} trimestre ${year}`
    : `${months[Number(part) - 1] ?? part} ${year}`;
}

export const changeName = (subject: string, change: string): string =>
  changes[`${subject} ${change}`] ?? `${subjectName(subject)} : ${change}`;

export const subjectName = named({
  situation: 'Situation',
  activity: 'Activité',
  business: 'Entreprise',
  establishment: 'Établissement',
  contact: 'Coordonnées',
  'bank-details': 'Coordonnées bancaires',
  mandate: 'Mandat de prélèvement',
  spouse: 'Conjoint collaborateur',
  dependant: 'Ayant droit',
  acre: 'Aide aux créateurs (ACCRE)',
  nir: 'Numéro de sécurité sociale',
  'strike-off': 'Radiation d’office',
  account: 'Compte',
});

const changes: Readonly<Record<string, string>> = {
  'situation registered': 'Affiliation',
  'situation changed': 'Situation changée',
  'situation ended': 'Fin d’activité',
  'situation reopened': 'Reprise d’activité',
  'activity started': 'Activité commencée',
  'activity ended': 'Activité arrêtée',
  'activity income': 'Revenus par activité',
  'establishment opened': 'Établissement ouvert',
  'establishment closed': 'Établissement fermé',
  'establishment main': 'Établissement principal changé',
  'business legal-form': 'Forme juridique',
  'contact corrected': 'Coordonnées corrigées',
  'bank-details changed': 'Coordonnées bancaires changées',
  'mandate signed': 'Mandat de prélèvement signé',
  'mandate revoked': 'Mandat de prélèvement révoqué',
  'dependant added': 'Ayant droit rattaché',
  'dependant ended': 'Ayant droit détaché',
  'spouse linked': 'Conjoint collaborateur déclaré',
  'spouse option': 'Option du conjoint collaborateur',
  'spouse ended': 'Conjoint collaborateur parti',
  'nir certified': 'Numéro de sécurité sociale certifié',
  'account refusal-answered': 'Refus d’affiliation, réponse envoyée',
  'account merged': 'Comptes réunis',
};
