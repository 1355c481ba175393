import type { AccountKind, LedgerAccount } from '@isu/ledger';

const accounts: Readonly<Record<AccountKind, string>> = {
  receivable: 'Cotisations à payer',
  surcharge: 'Majorations de retard à payer',
  penalty: 'Pénalités à payer',
  fee: 'Frais à payer',
  credit: 'Crédit',
  refund: 'Remboursement en cours',
  bank: 'Banque',
  contributions: 'Cotisations appelées',
  surcharges: 'Majorations de retard appelées',
  penalties: 'Pénalités appelées',
  fees: 'Frais appelés',
  suspense: 'Encaissements à identifier',
  transfers: 'Virements entre comptes',
  remissions: 'Majorations remises',
  'write-offs': 'Créances abandonnées',
};

/** What an account of the books is called for people. */
export const accountName = ({ kind }: Pick<LedgerAccount, 'kind'>): string => accounts[kind];

const entries: Readonly<Record<string, string>> = {
  assessment: 'Calcul des cotisations',
  payment: 'Paiement',
  credit: 'Crédit placé sur des échéances',
  release: 'Trop-payé repris d’une échéance',
  reversal: 'Paiement rejeté',
  surcharge: 'Majorations de retard',
  cancellation: 'Majorations annulées',
  remission: 'Majorations remises',
  refund: 'Remboursement ordonné',
  'refund-settled': 'Remboursement versé',
  'refund-returned': 'Remboursement revenu',
};

/** The act that an entry tells of; one that is missing here is named as the books name it. */
export const entryName = (reason: string): string => entries[reason] ?? reason;
