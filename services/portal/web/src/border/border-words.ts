import type { AgentNames } from '../../../src/face/desk-file.js';
import type { Correction, FlowStanding, LineRun, NamedPayment, Stretch, WorklistItem } from '../../../src/face/border.js';
import type { MenuEntry } from '../layout/menu.js';
import { printed, printedDay } from '../ui/figures.js';
import type { Tone } from '../ui/notice.js';
import { meansName } from '../words/payments.js';

/** The pages of the border, in the menus of the desk. */
export const borderEntries: readonly MenuEntry[] = [
  { to: '/bureau/anomalies', text: 'Anomalies de la région' },
  { to: '/bureau/encaissements', text: 'Encaissements à identifier' },
  { to: '/bureau/rapprochements', text: 'Rapprochements' },
  { to: '/bureau/flux', text: 'Flux des partenaires' },
];

const partners: Readonly<Record<string, string>> = {
  urssaf: 'Urssaf',
  'net-entreprises': 'net-entreprises.fr',
  dgfip: 'administration fiscale',
  autoentrepreneur: 'lautoentrepreneur.fr',
  cnavpl: 'CNAVPL',
  bank: 'banque',
  'payment-provider': 'prestataire de paiement',
};
export const partnerName = (partner: string): string => partners[partner] ?? partner;

const flows: Readonly<Record<string, string>> = {
  payments: 'Paiements et rejets',
  incomes: 'Déclarations de revenu',
  balances: 'Soldes',
  turnovers: 'Chiffres d’affaires',
  'tax-incomes': 'Revenus fiscaux',
  affiliations: 'Affiliations',
  'incomes-out': 'Revenus enregistrés',
  assessments: 'Cotisations calculées',
  schedules: 'Échéanciers',
  allocations: 'Imputations des paiements',
  recovery: 'Majorations de retard',
};
export const flowName = ({ partner, flow }: Pick<FlowStanding, 'partner' | 'flow'>): string =>
  `${flows[flow] ?? flow} — ${partnerName(partner)}`;

const calendars: Readonly<Record<string, string>> = {
  'business-days': 'un lot par jour ouvré, même vide',
  daily: 'un lot par jour, même vide',
  nightly: 'les livres de chaque soir, dans la nuit',
  monthly: 'un lot par mois',
  yearly: 'un lot par an',
};
export const calendarName = (calendar: string | null): string =>
  calendar === null ? 'rien n’est encore promis' : (calendars[calendar] ?? calendar);

/** `le lot 12`, `les lots 12 à 14`. */
export const stretchName = ({ from, to }: Stretch): string =>
  from === to ? `le lot ${String(from)}` : `les lots ${String(from)} à ${String(to)}`;

/** `le fait n° 12`, `les faits n° 12 à 14`. */
export const stretchOfFacts = ({ from, to }: Stretch): string =>
  from === to ? `le fait n° ${String(from)}` : `les faits n° ${String(from)} à ${String(to)}`;

export const lineOutcomes: Readonly<Record<LineRun['outcome'], { readonly text: string; readonly tone: Tone }>> = {
  posted: { text: 'Placées', tone: 'good' },
  'to-be-matched': { text: 'À identifier', tone: 'wait' },
  duplicate: { text: 'Déjà connues', tone: 'plain' },
  conflict: { text: 'En contradiction', tone: 'bad' },
  refused: { text: 'Refusées', tone: 'bad' },
};

const origins: Readonly<Record<WorklistItem['origin'], string>> = {
  line: 'une ligne d’un lot',
  transit: 'la surveillance des délais : ce qui est annoncé doit être suivi d’effet',
  copies: 'la comparaison des copies du compte',
  balances: 'la comparaison avec les livres de l’Urssaf',
  told: 'une ligne que nous avons dite et que le partenaire refuse',
};
export const originName = (origin: string): string => origins[origin as WorklistItem['origin']] ?? origin;

/** What a correction does, in a sentence: what a second pair of eyes is asked to approve. */
export function correctionText(correction: Correction, payments: readonly NamedPayment[] = []): string {
  const payment = 'payment' in correction ? paymentText(payments.find(({ id }) => id === correction.payment)) : '';
  switch (correction.kind) {
    case 'report-payment':
      return `Signaler le paiement que le partenaire détient : ${printed(correction.amount)} reçus le ${printedDay(correction.valueOn)}, ${meansName(correction.means).toLowerCase()}.`;
    case 'reverse-payment':
      return `Annuler ${payment}, qui n’existe pas chez le partenaire ou y est compté une seule fois.`;
    case 'move-payment':
      return `Annuler sur l’autre compte ${payment} et le porter sur celui-ci.`;
    case 'correct-amount':
      return `Annuler ${payment} et le porter pour son vrai montant, ${printed(correction.amount)}.`;
    case 'attribute-payment':
      return `Attribuer à ce compte ${payment}, qui attend d’être identifié.`;
    case 'none':
      return 'Clore sans mouvement d’argent.';
  }
}

const paymentText = (payment: NamedPayment | undefined): string =>
  payment === undefined
    ? 'le paiement'
    : `le paiement ${payment.reference} de ${printed(payment.amount)} (reçu le ${printedDay(payment.valueOn)}, lot ${payment.batch})`;

/** Who reads, and how their colleagues are called. */
export interface Colleagues {
  readonly me: string;
  readonly names: AgentNames;
}

/** Who has the file, or made the proposal; by the identifier of their issuer where they never came in here. Never told to the person. */
export const agentText = (who: string | null, { me, names }: Colleagues): string =>
  who === null ? 'personne' : who === me ? 'vous' : (names[who] ?? who);
