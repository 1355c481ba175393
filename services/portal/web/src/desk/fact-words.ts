import type { FactType } from '@isu/contracts';
import { printedWhole } from '../ui/figures.js';
import { stageName } from '../words/contributions.js';

/** What each kind of fact tells, for who reads a timeline. A type of the catalogue without words is a type error. */
const facts: Readonly<Record<FactType, string>> = {
  'affiliation.registered.v1': 'Affiliation enregistrée',
  'affiliation.status-changed.v1': 'Statut modifié',
  'affiliation.ended.v1': 'Radiation',
  'affiliation.bank-details-changed.v1': 'Coordonnées bancaires modifiées',
  'affiliation.fund-changed.v1': 'Changement de caisse',
  'affiliation.contact-changed.v1': 'Coordonnées modifiées',
  'affiliation.establishments-changed.v1': 'Activités ou établissements modifiés',
  'affiliation.mandate-signed.v1': 'Mandat de prélèvement signé',
  'affiliation.mandate-revoked.v1': 'Mandat de prélèvement révoqué',
  'affiliation.spouse-linked.v1': 'Conjoint collaborateur',
  'affiliation.acre-decided.v1': 'Décision ACCRE',
  'affiliation.nir-certified.v1': 'Numéro de sécurité sociale certifié',
  'affiliation.account-merged.v1': 'Compte réuni à un autre',
  'affiliation.cfe-file-taken.v1': 'Fichier de formalités traité',
  'affiliation.cfe-file-refused.v1': 'Fichier de formalités refusé',
  'collection.account-opened.v1': 'Compte de cotisations ouvert',
  'collection.income-recorded.v1': 'Revenu enregistré',
  'collection.turnover-recorded.v1': 'Chiffre d’affaires enregistré',
  'collection.assessed.v1': 'Cotisations calculées',
  'collection.schedule-issued.v1': 'Échéancier émis',
  'collection.payment-posted.v1': 'Paiement comptabilisé',
  'collection.online-payment-opened.v1': 'Paiement en ligne commencé',
  'collection.credit-allocated.v1': 'Crédit imputé',
  'collection.allocation-released.v1': 'Imputation reprise en crédit',
  'collection.payment-reversed.v1': 'Paiement annulé',
  'collection.refund-ordered.v1': 'Remboursement ordonné',
  'collection.refund-settled.v1': 'Remboursement versé',
  'collection.refund-returned.v1': 'Remboursement revenu',
  'collection.surcharge-charged.v1': 'Majorations de retard notifiées',
  'collection.surcharge-cancelled.v1': 'Majorations de retard annulées',
  'collection.surcharge-remitted.v1': 'Majorations de retard remises',
  'collection.debit-presented.v1': 'Prélèvement demandé à la banque',
  'collection.debit-returned.v1': 'Prélèvement revenu impayé',
  'collection.debit-examined.v1': 'Prélèvement impayé examiné',
  'collection.day-closed.v1': 'Journée comptable close',
  'urssaf-sync.payment-reported.v1': 'Paiement signalé par l’Urssaf',
  'urssaf-sync.online-payment-settled.v1': 'Issue d’un paiement en ligne',
  'urssaf-sync.money-unmatched.v1': 'Encaissement à identifier',
  'urssaf-sync.unmatched-settled.v1': 'Encaissement identifié',
  'urssaf-sync.reversal-reported.v1': 'Rejet signalé par l’Urssaf',
  'urssaf-sync.order-rejected.v1': 'Ordre rejeté par la banque',
  'urssaf-sync.income-received.v1': 'Déclaration de revenu reçue',
  'urssaf-sync.turnover-received.v1': 'Chiffre d’affaires reçu',
  'urssaf-sync.anomaly-opened.v1': 'Anomalie ouverte',
  'urssaf-sync.anomaly-closed.v1': 'Anomalie close',
  'urssaf-sync.batch-accepted.v1': 'Lot accepté',
  'urssaf-sync.batch-refused.v1': 'Lot refusé',
  'urssaf-sync.gap-opened.v1': 'Lot manquant',
  'urssaf-sync.gap-closed.v1': 'Lot manquant retrouvé ou abandonné',
  'urssaf-sync.completed-through.v1': 'Flux complet',
  'urssaf-sync.conflict-recorded.v1': 'Contradiction enregistrée',
  'urssaf-sync.conflict-recorded.v2': 'Contradiction enregistrée',
  'urssaf-sync.flow-late.v1': 'Flux en retard',
  'urssaf-sync.batch-sent.v1': 'Lot envoyé',
  'urssaf-sync.batch-acknowledged.v1': 'Lot accusé par le partenaire',
  'urssaf-sync.acknowledgement-late.v1': 'Reçu du partenaire en retard',
};
/** A type that this version of the screens does not know yet shows as it is. */
export const factName = (type: string): string => facts[type as FactType] ?? type;

const authors: Readonly<Record<string, string>> = {
  affiliation: 'Affiliation (RSI)',
  collection: 'Recouvrement',
  benefits: 'Prestations (RSI)',
  'urssaf-sync': 'Urssaf',
};
export const authorName = (author: string): string => authors[author] ?? author;

/** What the fact is about in a few words, where its content has them: `768 €`, `2016, Provisionnelles ajustées`. */
export function factGist(content: unknown): string | null {
  if (typeof content !== 'object' || content === null) return null;
  const { year, stage, amount } = content as { readonly year?: unknown; readonly stage?: unknown; readonly amount?: unknown };
  const parts = [
    typeof year === 'number' ? String(year) : null,
    typeof stage === 'string' ? stageName(stage) : null,
    typeof amount === 'string' ? printedWhole(amount) : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(', ');
}
