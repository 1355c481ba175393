/** French names of the codes that travel, by docs/glossary.md. A code that is missing here shows as it is: nothing is hidden. */
const contributions: Readonly<Record<string, string>> = {
  maladie: 'Maladie-maternité',
  'indemnites-journalieres': 'Indemnités journalières',
  'allocations-familiales': 'Allocations familiales',
  'retraite-base': 'Retraite de base',
  'retraite-complementaire': 'Retraite complémentaire (RCI)',
  'invalidite-deces': 'Invalidité-décès',
  'csg-crds': 'CSG-CRDS',
  cfp: 'Formation professionnelle (CFP)',
  curps: 'Unions régionales des professionnels de santé (CURPS)',
  'micro-social': 'Forfait micro-social',
  'versement-liberatoire': 'Versement libératoire de l’impôt',
  'penalite-declaration-tardive': 'Pénalité de déclaration tardive',
  'majoration-estimation': 'Majoration pour estimation trop basse',
  'majoration-initiale': 'Majoration de retard à l’échéance',
  'majoration-mensuelle': 'Majoration par mois de retard',
  'penalite-declaration-manquante': 'Pénalité de déclaration manquante',
};
const ofSpouse = 'conjoint-';

/** What is called for a collaborating spouse bears the name of its contribution. */
export const contributionName = (code: string): string =>
  code.startsWith(ofSpouse) ? `Conjoint : ${contributionName(code.slice(ofSpouse.length))}` : (contributions[code] ?? code);

/** What each contribution is for, in a line. */
const purposes: Readonly<Record<string, string>> = {
  maladie: 'Rembourse vos soins et ceux de vos enfants, et couvre la maternité.',
  'indemnites-journalieres': 'Vous verse un revenu quand un arrêt de travail vous empêche d’exercer.',
  'allocations-familiales': 'Finance les prestations versées à toutes les familles.',
  'retraite-base': 'Valide vos trimestres et votre retraite de base.',
  'retraite-complementaire': 'Vous donne des points, qui s’ajoutent à la retraite de base.',
  'invalidite-deces': 'Assure une pension en cas d’invalidité, un capital à vos proches en cas de décès.',
  'csg-crds': 'Contribution de tous au financement de la sécurité sociale et au remboursement de sa dette.',
  cfp: 'Ouvre droit au financement de vos formations.',
  curps: 'Finance la représentation régionale de votre profession de santé.',
  'micro-social': 'Un pourcentage unique du chiffre d’affaires, pour toutes vos cotisations.',
  'versement-liberatoire': 'Remplace l’impôt sur le revenu de votre activité, à votre demande.',
};
export const contributionPurpose = (code: string): string | null => purposes[code] ?? null;

const stages: Readonly<Record<string, string>> = {
  'flat-first-year': 'Provisionnelles, base forfaitaire de 1re année',
  'flat-second-year': 'Provisionnelles, base forfaitaire de 2e année',
  provisional: 'Provisionnelles',
  adjusted: 'Provisionnelles ajustées',
  definitive: 'Définitives',
};
export const stageName = (stage: string | null): string => (stage === null ? 'Pas encore calculées' : (stages[stage] ?? stage));

const stageMeanings: Readonly<Record<string, string>> = {
  'flat-first-year':
    'Vous débutez : en attendant votre premier revenu, vos cotisations sont calculées sur une base forfaitaire, un pourcentage du plafond de la sécurité sociale.',
  'flat-second-year':
    'Deuxième année d’activité : en attendant votre premier revenu, vos cotisations sont calculées sur une base forfaitaire, un pourcentage du plafond de la sécurité sociale.',
  provisional: 'Votre revenu de l’an dernier n’est pas encore connu : le calcul se fait sur celui d’il y a deux ans.',
  adjusted: 'Le calcul se fait sur votre revenu de l’an dernier, dès qu’il est connu.',
  definitive: 'Votre revenu de l’année est connu : le calcul est définitif.',
};
export const stageMeaning = (stage: string): string | null => stageMeanings[stage] ?? null;
