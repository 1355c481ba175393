import type { Group } from '@isu/contracts';
import type { Day } from '@isu/values';
import type { Situation, State } from '../situations/situation.js';
import { figure, lawOf } from './regulation.js';

/** A page of the guide as a person reads it: short, with the figures of the day. */
export interface GuidePage {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  /** The texts that its figures rest on, as the calculator names them, and those that the page itself cites. */
  readonly law: string;
}

interface Profile {
  readonly situation: Situation;
  readonly state: State;
  readonly day: Day;
}

interface Written extends Omit<GuidePage, 'law'> {
  /** What it rests on beside its figures: only texts that the sources of the project name. */
  readonly cites?: string;
  readonly for: (profile: Profile) => boolean;
}

const micro = ({ situation }: Profile): boolean => situation.regime === 'micro-social';
const working = ({ state }: Profile): boolean => state === 'pending' || state === 'active';
const is =
  (...groups: Group[]) =>
  ({ situation }: Profile): boolean =>
    groups.includes(situation.group);
const both =
  (...conditions: ((profile: Profile) => boolean)[]) =>
  (profile: Profile): boolean =>
    conditions.every((holds) => holds(profile));
const not =
  (condition: (profile: Profile) => boolean) =>
  (profile: Profile): boolean =>
    !condition(profile);
const youngYears = 2;
const starting = ({ situation: { startedOn }, day }: Profile): boolean => day.year - Number(startedOn.slice(0, 4)) < youngYears;

/** `{pass}` is the value of that parameter of the calculator on the day of the reader. */
const pages: readonly Written[] = [
  {
    id: 'creer-son-entreprise',
    title: 'Créer son entreprise',
    text:
      'Déclarez votre activité au centre de formalités des entreprises de votre profession : il prévient tous les organismes. Votre premier ' +
      'échéancier arrive dans les 60 jours de l’affiliation, et rien ne vous est demandé avant 90 jours d’activité. Vous pouvez demander ' +
      'l’ACCRE au plus tard le 45e jour.',
    cites: 'décret n° 2014-1690',
    for: both(working, starting),
  },
  {
    id: 'debut-forfaitaire',
    title: 'Les cotisations des deux premières années',
    text:
      'Vos premières cotisations sont calculées sur une base forfaitaire, part du plafond annuel de la sécurité sociale ({pass}) ; les ' +
      'indemnités journalières sur {debut.indemnites-journalieres} de ce plafond. Elles sont régularisées dès que votre revenu est connu.',
    for: both(working, starting, not(micro), is('artisan', 'commercant')),
  },
  {
    id: 'cotisations-artisan',
    title: 'Vos cotisations d’artisan',
    text:
      'Maladie-maternité : {maladie.taux} du revenu. Retraite de base : {retraite-base.taux-plafonne} jusqu’au plafond. Invalidité-décès : ' +
      '{invalidite-deces.taux-artisan}. La contribution à la formation des artisans ({cfp.taux-artisan} du plafond) est recouvrée par ' +
      'l’administration fiscale.',
    for: both(working, not(micro), is('artisan')),
  },
  {
    id: 'cotisations-commercant',
    title: 'Vos cotisations de commerçant',
    text:
      'Maladie-maternité : {maladie.taux} du revenu. Retraite de base : {retraite-base.taux-plafonne} jusqu’au plafond. Invalidité-décès : ' +
      '{invalidite-deces.taux-commercant}. Formation professionnelle : {cfp.taux} du plafond de l’année précédente.',
    for: both(working, not(micro), is('commercant')),
  },
  {
    id: 'cotisations-liberal',
    title: 'Profession libérale : qui fait quoi',
    text:
      'Le RSI vous assure pour la maladie et la maternité ({maladie.taux} du revenu). Votre retraite et votre invalidité-décès relèvent de ' +
      'la section de la CNAVPL de votre profession, ou de la CNBF pour les avocats : adressez-vous à elle.',
    for: both(working, is('profession-liberale')),
  },
  {
    id: 'micro-entrepreneur',
    title: 'Micro-entrepreneur : payer sur ce que l’on encaisse',
    text:
      'Vous déclarez votre chiffre d’affaires chaque mois ou chaque trimestre, et payez un forfait : {micro.vente} pour les ventes, ' +
      '{micro.services} pour les services, {micro.bnc-cipav} pour les libéraux de la CIPAV. Sans chiffre d’affaires, rien n’est dû, mais ' +
      'la déclaration reste obligatoire.',
    for: both(working, micro),
  },
  {
    id: 'conjoint-collaborateur',
    title: 'Travailler avec son conjoint',
    text:
      'Le conjoint marié ou pacsé qui participe régulièrement à l’activité choisit un statut. Conjoint collaborateur, il cotise pour sa ' +
      'retraite sur une base au choix : un tiers du plafond, ou une part de votre revenu. La formation passe à {cfp.taux-conjoint}.',
    cites: 'CSS, art. D. 633-19-2',
    for: both(working, is('artisan', 'commercant')),
  },
  {
    id: 'fin-d-activite',
    title: 'Après la fin de l’activité',
    text:
      'Plus rien n’est appelé. Déclarez vos derniers revenus dans les 90 jours : votre compte est alors soldé, le trop-payé remboursé. ' +
      'Vos droits à la maladie sont maintenus un temps.',
    cites: 'CSS, art. R. 133-26',
    for: not(working),
  },
  {
    id: 'retraite',
    title: 'Cumuler retraite et activité',
    text:
      'Retraité en activité, vous cotisez comme les autres : maladie-maternité {maladie.taux}, retraite de base ' +
      '{retraite-base.taux-plafonne} jusqu’au plafond.',
    for: both(({ situation }) => situation.pensioner, not(micro), is('artisan', 'commercant')),
  },
];

const figures = /\{([a-z.-]+)\}/g;

/** What concerns a person on a day, and nothing else (F7, F11); the figures are those of the calculator, and so are their texts. */
export const guideFor = (profile: Profile): GuidePage[] =>
  pages
    .filter((page) => page.for(profile))
    .map(({ id, title, text, cites }) => ({
      id,
      title,
      text: text.replaceAll(figures, (_, name: string) => figure(name, profile.day)),
      law: [...new Set([...(cites === undefined ? [] : [cites]), ...[...text.matchAll(figures)].map(([, name = '']) => lawOf(name))])].join(
        ' · ',
      ),
    }));
