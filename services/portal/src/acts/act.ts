import type { Service } from '../face/parts.js';

/** Something that a person or an agent tells a service through a screen. What it must say, and who may say it, the service decides. */
export interface Act {
  readonly service: Service;
  /** `@` stands for the account, or the caisse, that it is about. */
  readonly path: string;
  readonly method?: 'PUT';
  /** Adds what the screen may not choose: by which door the word came. */
  readonly source?: 'portal' | 'agent';
}

const ofPerson = (name: string): Act => ({ service: 'affiliation', path: `insured-persons/@/${name}` });
const ofAccount = (name: string): Act => ({ service: 'collection', path: `accounts/@/${name}` });
const replacing = (act: Act): Act => ({ ...act, method: 'PUT' });

/** What the person and an agent may both say of the account. */
const common = {
  contact: replacing(ofPerson('contact')),
  'bank-details': replacing(ofPerson('bank-details')),
  'mandate-revocation': ofPerson('mandate-revocations'),
  dependant: ofPerson('dependants'),
  'dependant-end': ofPerson('dependant-ends'),
  'spouse-option': ofPerson('spouse-options'),
  'end-of-activity': ofPerson('end-of-activity'),
  'affiliation-refusal': ofPerson('affiliation-refusals'),
  'strike-off-answer': ofPerson('strike-off-answers'),
  'estimate-preview': ofAccount('estimates/preview'),
  'turnover-choice': replacing(ofAccount('turnover-choice')),
  periodicity: replacing(ofAccount('periodicity')),
  'refund-choice': replacing(ofAccount('refund-choice')),
} as const satisfies Readonly<Record<string, Act>>;

export const actsOfInsured: Readonly<Record<string, Act>> = {
  ...common,
  mandate: ofPerson('mandates'),
  'fund-message': ofPerson('fund-messages'),
  estimate: { ...ofAccount('estimates'), source: 'portal' },
  turnover: { ...ofAccount('turnovers'), source: 'portal' },
  'cash-calendar': ofAccount('cash-calendars'),
  'online-payment-preview': ofAccount('online-payments/preview'),
  'online-payment': ofAccount('online-payments'),
};

export const actsOfAgent: Readonly<Record<string, Act>> = {
  ...common,
  'situation-change': ofPerson('situation-changes'),
  'establishment-opening': ofPerson('establishments'),
  'establishment-closing': ofPerson('establishment-closings'),
  'main-establishment': ofPerson('main-establishment'),
  activity: ofPerson('activities'),
  'activity-end': ofPerson('activity-ends'),
  'activity-incomes': ofPerson('activity-incomes'),
  spouse: ofPerson('spouses'),
  'spouse-end': ofPerson('spouse-ends'),
  'acre-request': ofPerson('acre-requests'),
  'acre-decision': ofPerson('acre-decisions'),
  nir: ofPerson('nir'),
  'fund-message-answer': ofPerson('fund-message-answers'),
  reopening: ofPerson('reopenings'),
  transfer: ofPerson('transfers'),
  'transfer-decision': ofPerson('transfer-decisions'),
  merge: ofPerson('merges'),
  'merge-decision': ofPerson('merge-decisions'),
  'strike-off': ofPerson('strike-offs'),
  'strike-off-evidence': ofPerson('strike-off-evidence'),
  'strike-off-notice': ofPerson('strike-off-notices'),
  'strike-off-decision': ofPerson('strike-off-decisions'),
  estimate: { ...ofAccount('estimates'), source: 'agent' },
  'refund-approval': ofAccount('refund-approvals'),
  'debit-examination': ofAccount('debit-examinations'),
  income: { ...ofAccount('incomes'), source: 'agent' },
  turnover: { ...ofAccount('turnovers'), source: 'agent' },
};

/** What an agent says for a caisse. */
export const actsForFund: Readonly<Record<string, Act>> = {
  news: { service: 'affiliation', path: 'funds/@/news' },
  'news-withdrawal': { service: 'affiliation', path: 'funds/@/news-withdrawals' },
};

/** Said of nobody yet: it opens an account. */
export const registration: Act = { service: 'affiliation', path: 'insured-persons' };
