import { createPublicKey, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SaidNo, SystemClient, type Asker } from '@isu/isu';
import { eventually, personas } from '@isu/testing';
import { AccountNumber } from '@isu/values';
import { exportJWK, generateKeyPair, importJWK, SignJWT, UnsecuredJWT, type JWK, type JWTPayload } from 'jose';
import { differences, type Described } from './described-answers.js';
import { root, RunningSystem } from './running-system.js';
import { demandFor, moveIn, national, type TwoPeople } from './two-people.js';

const services = ['affiliation', 'collection', 'benefits', 'urssaf-sync'] as const;
type Service = (typeof services)[number];

/** Who is asked about: Karim of caisse 12, whom those of caisse 26 must not see, and the flow of Urssaf. */
interface Call {
  /** Of policy.matrix.md; `public` for what anybody may read. */
  readonly operation: string;
  /** What one who may gets: chosen so that nothing is changed, by asking what cannot be granted. */
  readonly allowed: number;
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly json?: unknown;
  readonly file?: { readonly type: string; readonly text: string };
  readonly headers?: Readonly<Record<string, string>>;
  /** Out of reach is not absent here: a search finds nobody, a list is short. */
  readonly filters?: true;
}

/** Every route, by hand. One of an OpenAPI document that is not here fails the spec. */
const everywhere: Readonly<Record<string, Call>> = {
  'GET /accounts/{account}/accesses': { operation: 'journal.read-own', allowed: 200 },
  'GET /journals/access': { operation: 'journal.audit', allowed: 200 },
  'GET /facts': { operation: 'facts.pull', allowed: 200, query: '?author=collection&stream=flow%2Fisu%2Faccounting&from=1&to=2' },
  'GET /facts/highest-position': { operation: 'facts.pull', allowed: 200, query: '?author=affiliation' },
  'GET /facts/from-position': { operation: 'facts.pull', allowed: 200, query: '?author=affiliation&position=0&limit=5' },
  'GET /facts/ends': { operation: 'facts.pull', allowed: 200, query: '?limit=5' },
  'POST /facts/resend': { operation: 'facts.resend', allowed: 202, json: { from: '999999999999999999' } },
  'GET /jobs': { operation: 'jobs.read', allowed: 200 },
  'GET /jobs/{name}/runs': { operation: 'jobs.read', allowed: 404, path: { name: 'nothing' } },
  'GET /jobs/{name}/runs/{id}': { operation: 'jobs.read', allowed: 404, path: { name: 'nothing', id: 'nothing' } },
  'POST /jobs/{name}/runs': { operation: 'jobs.run', allowed: 404, path: { name: 'nothing' }, json: { date: '2016-05-19' } },
  'GET /set-aside': { operation: 'set-aside.read', allowed: 200 },
  'GET /set-aside/{id}': { operation: 'set-aside.read', allowed: 404, path: { id: 'nothing' } },
  'POST /set-aside/{id}/retry': { operation: 'set-aside.act', allowed: 404, path: { id: 'nothing' } },
  'POST /set-aside/{id}/give-up': {
    operation: 'set-aside.act',
    allowed: 404,
    path: { id: 'nothing' },
    json: { reason: 'Rien de tel n’existe' },
  },
};

const accountViews: Readonly<Record<string, Call>> = {
  'GET /accounts/{account}/view': { operation: 'accounts.view', allowed: 200 },
  'GET /accounts/{account}/standing': { operation: 'accounts.standing', allowed: 200 },
  'GET /accounts/{account}/effective/{day}': { operation: 'accounts.view', allowed: 200, path: { day: '2016-05-20' } },
  'GET /fingerprints/tree': { operation: 'fingerprints.read', allowed: 200 },
  'GET /accounts/{account}/timeline': { operation: 'accounts.timeline', allowed: 200 },
};

const said = { from: '2016-05-20', reason: 'Essai' } as const;
const siret = personas.jean.siret;
const nobodys = '00000000-0000-7000-8000-000000000000';
/** What is said of a person at affiliation; each change asks for what cannot be. */
const ofPersons: Readonly<Record<string, Call>> = {
  'POST /cfe-files': {
    operation: 'cfe-files.submit',
    allowed: 422,
    file: { type: 'application/x-ndjson', text: 'no file\n' },
    filters: true,
  },
  'GET /cfe-files': { operation: 'cfe-files.read', allowed: 200, filters: true },
  'GET /cfe-files/{centre}/{number}': { operation: 'cfe-files.read', allowed: 404, path: { centre: 'cma-93', number: '1' } },
  'GET /cfe-files/{centre}/{number}/lines': { operation: 'cfe-files.read', allowed: 404, path: { centre: 'cma-93', number: '1' } },
  'GET /insured-persons/{account}/changes': { operation: 'insured-persons.read', allowed: 200 },
  'GET /insured-persons/{account}/situation': { operation: 'insured-persons.read', allowed: 200 },
  'POST /insured-persons/{account}/situation-changes': {
    operation: 'insured-persons.change',
    allowed: 422,
    json: { ...said, group: 'commercant' },
  },
  'GET /insured-persons/{account}/activities': { operation: 'insured-persons.read', allowed: 200 },
  'POST /insured-persons/{account}/activities': {
    operation: 'insured-persons.change',
    allowed: 422,
    json: { label: 'Conseil', register: 'none', startedOn: '2016-05-20', naf: '99.99Z', reason: 'Essai' },
  },
  'POST /insured-persons/{account}/activity-ends': {
    operation: 'insured-persons.change',
    allowed: 422,
    json: { activity: 99, on: '2016-05-20', reason: 'Essai' },
  },
  'POST /insured-persons/{account}/activity-incomes': {
    operation: 'insured-persons.change',
    allowed: 422,
    json: { year: 2015, incomes: [{ activity: 99, amount: '0' }], reason: 'Essai' },
  },
  'GET /insured-persons/{account}/proposals': { operation: 'insured-persons.change', allowed: 200 },
  'POST /insured-persons/{account}/transfers': { operation: 'insured-persons.change', allowed: 422, json: { ...said, department: '75' } },
  'POST /insured-persons/{account}/transfer-decisions': {
    operation: 'insured-persons.change',
    allowed: 404,
    json: { proposal: nobodys, accepted: true, reason: 'Essai' },
  },
  'GET /insured-persons/{account}/establishments': { operation: 'insured-persons.read', allowed: 200 },
  'POST /insured-persons/{account}/establishments': {
    operation: 'insured-persons.change',
    allowed: 422,
    json: { siret, openedOn: '2016-05-20', naf: '99.99Z', reason: 'Essai' },
  },
  'POST /insured-persons/{account}/establishment-closings': {
    operation: 'insured-persons.change',
    allowed: 422,
    json: { siret, on: '2016-05-20', reason: 'Essai' },
  },
  'POST /insured-persons/{account}/main-establishment': { operation: 'insured-persons.change', allowed: 422, json: { ...said, siret } },
  'GET /insured-persons/{account}/contact': { operation: 'insured-persons.read-identity', allowed: 200 },
  'PUT /insured-persons/{account}/contact': {
    operation: 'insured-persons.correct-contact',
    allowed: 412,
    json: { phone: '01 23 45 67 80' },
    headers: { 'if-match': '"999"' },
  },
  'GET /insured-persons/{account}/mandates': { operation: 'insured-persons.read', allowed: 200 },
  'GET /insured-persons/{account}/mandate-text': { operation: 'insured-persons.correct-bank-details', allowed: 200 },
  'POST /insured-persons/{account}/mandates': {
    operation: 'insured-persons.correct-bank-details',
    allowed: 409,
    json: { digest: '0'.repeat(64), accepted: true },
  },
  'POST /insured-persons/{account}/mandate-revocations': {
    operation: 'insured-persons.correct-bank-details',
    allowed: 422,
    json: { rum: 'ISU-1', reason: 'Essai' },
  },
  'POST /insured-persons/{account}/end-of-activity': {
    operation: 'insured-persons.request',
    allowed: 422,
    json: { on: '2009-03-31', cause: 'cessation', reason: 'Essai' },
  },
  'POST /insured-persons/{account}/reopenings': {
    operation: 'insured-persons.change',
    allowed: 409,
    json: { startedOn: '2016-05-20', register: 'none', regime: 'common', department: '93', activity: 'Conseil', reason: 'Essai' },
  },
  'GET /insured-persons/{account}/strike-offs': { operation: 'insured-persons.read', allowed: 200 },
  // Karim has declared: nobody may strike him off, and nothing is under way that could be answered or decided.
  'POST /insured-persons/{account}/strike-offs': { operation: 'insured-persons.change', allowed: 409, json: { reason: 'Essai' } },
  'POST /insured-persons/{account}/strike-off-evidence': {
    operation: 'insured-persons.change',
    allowed: 404,
    json: { body: 'insee', active: true, reason: 'Essai' },
  },
  'POST /insured-persons/{account}/strike-off-notices': { operation: 'insured-persons.change', allowed: 404, json: { proof: 'RAR 1' } },
  'POST /insured-persons/{account}/strike-off-answers': { operation: 'insured-persons.request', allowed: 404, json: { reason: 'Essai' } },
  'POST /insured-persons/{account}/strike-off-decisions': { operation: 'insured-persons.change', allowed: 404, json: { reason: 'Essai' } },
  'GET /insured-persons/{account}/news': { operation: 'insured-persons.read', allowed: 200 },
  'GET /funds/{code}/news': { operation: 'funds.publish-news', allowed: 200, path: { code: '12' } },
  // A day in the past: published for nobody.
  'POST /funds/{code}/news': {
    operation: 'funds.publish-news',
    allowed: 201,
    path: { code: '12' },
    json: { title: 'Essai', text: 'Essai', until: '2016-05-19' },
  },
  'POST /funds/{code}/news-withdrawals': {
    operation: 'funds.publish-news',
    allowed: 404,
    path: { code: '12' },
    json: { news: nobodys },
  },
  'GET /funds/{code}/messages': { operation: 'funds.read-messages', allowed: 200, path: { code: '12' } },
  'GET /insured-persons/{account}/fund-messages': { operation: 'insured-persons.request', allowed: 200 },
  'POST /insured-persons/{account}/fund-messages': {
    operation: 'insured-persons.request',
    allowed: 201,
    json: { subject: 'autre', text: 'Bonjour' },
  },
  'POST /insured-persons/{account}/fund-message-answers': {
    operation: 'insured-persons.change',
    allowed: 404,
    json: { reference: 'M12-2016-999999', text: 'Bonjour' },
  },
  'GET /accounts/{account}/messages': { operation: 'messages.read', allowed: 200 },
  'POST /outgoing-messages/takings': { operation: 'outgoing-messages.deliver', allowed: 200, json: { channel: 'letter' } },
  'POST /outgoing-messages/{id}/deliveries': {
    operation: 'outgoing-messages.deliver',
    allowed: 404,
    path: { id: '01890000-0000-4000-8000-000000000001' },
    json: { state: 'delivered' },
  },
  'GET /insured-persons/{account}/spouses': { operation: 'insured-persons.read', allowed: 200 },
  'POST /insured-persons/{account}/spouses': {
    operation: 'insured-persons.change',
    allowed: 404,
    json: { ...said, spouseAccount: AccountNumber.make('12', 99_998).toString(), bond: 'pacs', employees: 0 },
  },
  'POST /insured-persons/{account}/spouse-options': {
    operation: 'insured-persons.request',
    allowed: 409,
    json: { option: 'third-of-income', reason: 'Essai' },
  },
  'POST /insured-persons/{account}/spouse-ends': {
    operation: 'insured-persons.change',
    allowed: 409,
    json: { on: '2016-05-20', reason: 'Essai' },
  },
  'GET /insured-persons/{account}/household': { operation: 'insured-persons.read-identity', allowed: 200 },
  'POST /insured-persons/{account}/dependants': {
    operation: 'insured-persons.request',
    allowed: 422,
    json: { familyName: 'X', givenNames: 'Y', birthDate: '1970-01-01', reason: 'child', from: '2016-05-20' },
  },
  'POST /insured-persons/{account}/dependant-ends': {
    operation: 'insured-persons.request',
    allowed: 404,
    json: { dependant: nobodys, on: '2016-05-20', reason: 'Essai' },
  },
  'GET /insured-persons/{account}/acre-requests': { operation: 'insured-persons.read', allowed: 200 },
  'POST /insured-persons/{account}/acre-requests': { operation: 'insured-persons.request', allowed: 422, json: { complete: true } },
  'POST /insured-persons/{account}/acre-decisions': {
    operation: 'acre-requests.decide',
    allowed: 404,
    json: { granted: true, reason: 'Essai' },
  },
  'GET /duplicates': { operation: 'duplicates.read', allowed: 200 },
  'POST /insured-persons/{account}/merges': {
    operation: 'insured-persons.merge',
    allowed: 404,
    json: { into: AccountNumber.make('12', 99_998).toString(), reason: 'Essai' },
  },
  'POST /insured-persons/{account}/merge-decisions': {
    operation: 'insured-persons.merge',
    allowed: 404,
    json: { proposal: nobodys, accepted: true, reason: 'Essai' },
  },
  'POST /insured-persons/{account}/nir': {
    operation: 'insured-persons.change',
    allowed: 409,
    json: { nir: personas.jean.nir, reason: 'Essai' },
  },
  'POST /insured-persons/{account}/affiliation-refusals': {
    operation: 'insured-persons.request',
    allowed: 201,
    json: { reason: 'Essai' },
  },
  'GET /insured-persons/{account}/guide': { operation: 'insured-persons.read', allowed: 200 },
  'GET /regulation': { operation: 'public', allowed: 200, query: '?words=maladie' },
  'GET /portal-openings': { operation: 'public', allowed: 200 },
  'PUT /portal-openings/{code}': { operation: 'portal-openings.set', allowed: 404, path: { code: 'notaire' }, json: { opensOn: null } },
  'POST /debit-details': {
    operation: 'debit-details.read',
    allowed: 200,
    json: { accounts: [AccountNumber.make('12', 99_998).toString()] },
    filters: true,
  },
};

const flow = { partner: 'urssaf', flow: 'payments' };
const routes: Readonly<Record<Service, Readonly<Record<string, Call>>>> = {
  affiliation: {
    ...everywhere,
    'GET /funds': { operation: 'public', allowed: 200 },
    'GET /funds/{code}': { operation: 'public', allowed: 200, path: { code: '12' } },
    'POST /insured-persons': {
      operation: 'insured-persons.register',
      allowed: 422,
      json: { ...demandFor(personas.jean, '20'), fund: '12' },
    },
    'POST /insured-persons/search': {
      operation: 'insured-persons.search',
      allowed: 200,
      json: { by: 'nir', nir: personas.karim.nir },
      filters: true,
    },
    'POST /insured-persons/recognitions': {
      operation: 'insured-persons.recognise',
      allowed: 200,
      json: { nir: personas.karim.nir, email: personas.karim.email },
      filters: true,
    },
    'GET /insured-persons/{account}': { operation: 'insured-persons.read', allowed: 200 },
    'GET /insured-persons/{account}/identity': { operation: 'insured-persons.read-identity', allowed: 200 },
    'GET /insured-persons/{account}/bank-details': { operation: 'insured-persons.read-identity', allowed: 200 },
    'PUT /insured-persons/{account}/bank-details': {
      operation: 'insured-persons.correct-bank-details',
      allowed: 412,
      json: { iban: personas.jean.iban },
      headers: { 'if-match': '"999"' },
    },
    ...ofPersons,
  },
  collection: {
    ...everywhere,
    ...accountViews,
    'POST /accounts/{account}/incomes': {
      operation: 'incomes.declare',
      allowed: 422,
      json: { year: 2016, amount: '26000', source: 'agent' },
    },
    'GET /accounts/{account}/incomes': { operation: 'incomes.read', allowed: 200 },
    'POST /accounts/{account}/estimates': {
      operation: 'estimates.make',
      allowed: 422,
      json: { year: 2015, amount: '26000', source: 'agent' },
    },
    'POST /accounts/{account}/estimates/preview': {
      operation: 'estimates.make',
      allowed: 422,
      json: { year: 2015, amount: '26000' },
    },
    'GET /accounts/{account}/estimates': { operation: 'estimates.read', allowed: 200 },
    'PUT /accounts/{account}/estimates/{year}/surcharge': {
      operation: 'estimates.decide-surcharge',
      allowed: 409,
      path: { year: '2012' },
      json: { applies: true, reason: 'Aucune estimation de 2012' },
    },
    'GET /accounts/{account}/surcharges': { operation: 'surcharges.read', allowed: 200 },
    'POST /accounts/{account}/surcharge-remissions': {
      operation: 'surcharge-remissions.ask',
      allowed: 409,
      json: { reason: 'Essai', externalEvent: false },
    },
    'POST /accounts/{account}/surcharge-remission-decisions': {
      operation: 'surcharge-remissions.decide',
      allowed: 404,
      json: { remission: nobodys, granted: true, reason: 'Essai' },
    },
    'POST /accounts/{account}/ex-officio-assessments': {
      operation: 'ex-officio-assessments.decide',
      allowed: 422,
      json: { year: 2016 },
    },
    'POST /accounts/{account}/turnovers': {
      operation: 'turnovers.declare',
      allowed: 422,
      json: { period: '2016-Q1', activity: 'vente', amount: '1', source: 'agent' },
    },
    'PUT /accounts/{account}/turnover-choice': {
      operation: 'turnovers.declare',
      allowed: 422,
      json: { rhythm: 'monthly', incomeTaxOption: false },
    },
    'GET /accounts/{account}/turnovers': { operation: 'turnovers.read', allowed: 422 },
    'GET /accounts/{account}/assessments': { operation: 'assessments.read', allowed: 200 },
    'GET /accounts/{account}/assessments/{year}': { operation: 'assessments.read', allowed: 200, path: { year: '2016' } },
    'GET /accounts/{account}/assessments/{year}/versions': { operation: 'assessments.read', allowed: 200, path: { year: '2016' } },
    'GET /accounts/{account}/schedules/{year}': { operation: 'schedules.read', allowed: 200, path: { year: '2016' } },
    'GET /accounts/{account}/instalments': { operation: 'schedules.read', allowed: 200, query: '?from=2016-01-01&to=2016-12-31' },
    'GET /accounts/{account}/refunds': { operation: 'refunds.read', allowed: 200 },
    'PUT /accounts/{account}/refund-choice': { operation: 'refunds.choose', allowed: 200, json: { choice: 'refund' } },
    'POST /accounts/{account}/refund-approvals': { operation: 'refunds.approve', allowed: 404, json: { refund: nobodys } },
    'POST /accounts/{account}/debit-examinations': {
      operation: 'returned-debits.examine',
      allowed: 404,
      json: { debit: 'ISU-0', action: 'leave-unpaid', reason: 'Refus du titulaire' },
    },
    'GET /refunds': { operation: 'refunds.list', allowed: 200, query: '?kind=overdue', filters: true },
    'PUT /accounts/{account}/periodicity': {
      operation: 'schedules.choose-periodicity',
      allowed: 204,
      json: { periodicity: 'monthly-5' },
    },
    'GET /accounts/{account}/notices': { operation: 'notices.read', allowed: 200 },
    'GET /accounts/{account}/notices/{year}/{version}': { operation: 'notices.read', allowed: 200, path: { year: '2016', version: '1' } },
    'GET /accounts/{account}/notices/{year}/{version}/pdf': {
      operation: 'notices.read',
      allowed: 404,
      path: { year: '2012', version: '1' },
    },
    'POST /accounts/{account}/cash-calendars': {
      operation: 'cash-calendars.read',
      // Nobody here has an income of 2014, which the forecast starts from.
      allowed: 422,
      json: { scenarios: [{ name: 'attendu', income: '26000' }] },
    },
    'GET /accounts/{account}/messages': { operation: 'messages.read', allowed: 200 },
    'POST /outgoing-messages/takings': { operation: 'outgoing-messages.deliver', allowed: 200, json: { channel: 'letter' } },
    'POST /outgoing-messages/{id}/deliveries': {
      operation: 'outgoing-messages.deliver',
      allowed: 404,
      path: { id: '01890000-0000-4000-8000-000000000001' },
      json: { state: 'delivered' },
    },
    'GET /accounts/{account}/payments': { operation: 'payments.read', allowed: 200 },
    'GET /accounts/{account}/payments/{payment}/receipt': { operation: 'payments.read', allowed: 404, path: { payment: nobodys } },
    'GET /accounts/{account}/payments/{payment}/receipt/pdf': { operation: 'payments.read', allowed: 404, path: { payment: nobodys } },
    'GET /debts': { operation: 'debts.find', allowed: 200, query: '?amount=0.01&on=2016-05-20', filters: true },
    'GET /accounts/{account}/online-payments': { operation: 'online-payments.read', allowed: 200 },
    'GET /accounts/{account}/online-payments/{order}': { operation: 'online-payments.read', allowed: 404, path: { order: nobodys } },
    // Nothing is left of a due date that never was.
    'POST /accounts/{account}/online-payments': { operation: 'online-payments.make', allowed: 422, json: { instalments: ['2010-01'] } },
    'POST /accounts/{account}/online-payments/preview': {
      operation: 'online-payments.make',
      allowed: 422,
      json: { instalments: ['2010-01'] },
    },
    'GET /accounts/{account}/periods': { operation: 'account-periods.read', allowed: 200 },
    // Of tomorrow.
    'GET /accounts/{account}/statement/pdf': { operation: 'account-periods.read', allowed: 422, query: '?on=2016-05-21' },
    'GET /accounts/{account}/journal/csv': { operation: 'account-journal.read', allowed: 422, query: '?on=2016-05-21' },
    'GET /accounts/{account}/debits': { operation: 'debits.read', allowed: 200 },
    'GET /returned-debits': { operation: 'returned-debits.read', allowed: 200, filters: true },
    // A Saturday.
    'POST /debit-runs/{day}': { operation: 'debit-runs.start', allowed: 422, path: { day: '2016-05-21' } },
    'GET /debit-runs/{day}': { operation: 'debit-runs.read', allowed: 404, path: { day: '2016-05-21' } },
    'POST /debit-runs/{day}/deliveries': { operation: 'debit-runs.start', allowed: 404, path: { day: '2016-05-21' } },
    'POST /accounting-days/{day}/close': { operation: 'accounting-days.close', allowed: 422, path: { day: '2016-05-21' } },
    'GET /accounting-days': { operation: 'accounting-days.read', allowed: 200 },
    'GET /accounting-days/{day}': { operation: 'accounting-days.read', allowed: 200, path: { day: '2016-05-19' } },
    'POST /runs/{kind}': { operation: 'account-runs.start', allowed: 422, path: { kind: 'ex-officio' }, json: { year: 2030 } },
    'GET /runs/{kind}/{year}': { operation: 'account-runs.read', allowed: 200, path: { kind: 'provisional', year: '2016' } },
  },
  benefits: {
    ...everywhere,
    ...accountViews,
    'GET /accounts/{account}/rights': { operation: 'rights.read', allowed: 200 },
    'GET /payment-to-rights': { operation: 'public', allowed: 200 },
  },
  'urssaf-sync': {
    ...everywhere,
    'GET /journals/exchange': { operation: 'exchange-journal.read', allowed: 200 },
    ...accountViews,
    'POST /flows/{partner}/{flow}/batches': {
      operation: 'batches.submit',
      allowed: 422,
      path: flow,
      file: { type: 'application/x-ndjson', text: '{}\n' },
    },
    'GET /flows/{partner}/{flow}/batches/{number}/receipt': {
      operation: 'batches.receipt',
      allowed: 200,
      path: { ...flow, number: '1' },
    },
    // Payments come in: there is nothing of ours to take, or to acknowledge.
    'GET /flows/{partner}/{flow}/batches': { operation: 'batches.read', allowed: 404, path: flow },
    'GET /flows/{partner}/{flow}/batches/{number}': { operation: 'batches.collect', allowed: 404, path: { ...flow, number: '1' } },
    'GET /flows/{partner}/{flow}/batches/{number}/lines': {
      operation: 'batch-lines.read',
      allowed: 404,
      path: { ...flow, number: '1' },
      filters: true,
    },
    'GET /flows/{partner}/{flow}/batches/{number}/received-lines': {
      operation: 'batch-lines.read',
      allowed: 200,
      path: { ...flow, number: '1' },
      filters: true,
    },
    'POST /flows/{partner}/{flow}/batches/{number}/sendings': {
      operation: 'batches.resend',
      allowed: 404,
      path: { ...flow, number: '1' },
    },
    'POST /flows/{partner}/{flow}/batches/{number}/acknowledgement': {
      operation: 'batches.acknowledge',
      allowed: 404,
      path: { ...flow, number: '1' },
      file: { type: 'application/vnd.isu.receipt+json', text: '{}' },
    },
    'GET /flows': { operation: 'flows.read', allowed: 200, filters: true },
    'GET /flows/{partner}/{flow}': { operation: 'flows.read', allowed: 200, path: flow },
    'POST /bank-files': {
      operation: 'bank-files.submit',
      allowed: 422,
      file: { type: 'application/xml', text: '<Document/>' },
      filters: true,
    },
    // Anybody may knock; what is not signed by the provider is refused.
    'POST /online-payments/notifications': { operation: 'public', allowed: 400, file: { type: 'application/json', text: '{}' } },
    'GET /flows/{partner}/{flow}/give-ups': { operation: 'batches.give-up', allowed: 200, path: flow },
    'POST /flows/{partner}/{flow}/give-ups': {
      operation: 'batches.give-up',
      allowed: 409,
      path: flow,
      json: { from: 999_999, to: 999_999, attestation: 'ATT-0', reason: 'Aucun lot ne manque là' },
    },
    'POST /flows/{partner}/{flow}/give-ups/{id}/approval': {
      operation: 'batches.give-up',
      allowed: 404,
      path: { ...flow, id: nobodys },
    },
    'POST /flows/{partner}/{flow}/give-ups/{id}/refusal': {
      operation: 'batches.give-up',
      allowed: 404,
      path: { ...flow, id: nobodys },
      json: { reason: 'Rien de tel n’existe' },
    },
    'GET /to-be-matched/{id}': { operation: 'to-be-matched.settle', allowed: 404, path: { id: nobodys } },
    'POST /to-be-matched/{id}/proposals': {
      operation: 'to-be-matched.settle',
      allowed: 404,
      path: { id: nobodys },
      json: { kind: 'send-back', reason: 'Rien de tel n’existe' },
    },
    'POST /to-be-matched/{id}/proposals/{proposal}/approval': {
      operation: 'to-be-matched.settle',
      allowed: 404,
      path: { id: nobodys, proposal: nobodys },
    },
    'POST /to-be-matched/{id}/proposals/{proposal}/refusal': {
      operation: 'to-be-matched.settle',
      allowed: 404,
      path: { id: nobodys, proposal: nobodys },
      json: { reason: 'Rien de tel n’existe' },
    },
    'GET /to-be-matched': { operation: 'to-be-matched.read', allowed: 200 },
    'GET /anomalies': { operation: 'anomalies.read', allowed: 200, filters: true },
    'GET /anomalies/counts': { operation: 'anomalies.count', allowed: 200 },
    'GET /anomalies/{id}': { operation: 'anomalies.read', allowed: 404, path: { id: 'nothing' } },
    'PUT /anomalies/{id}/assignment': { operation: 'anomalies.handle', allowed: 404, path: { id: 'nothing' }, json: { to: 'me' } },
    'POST /anomalies/{id}/proposals': {
      operation: 'anomalies.handle',
      allowed: 404,
      path: { id: 'nothing' },
      json: { correction: { kind: 'none' }, reason: 'Rien de tel n’existe' },
    },
    'POST /anomalies/{id}/proposals/{proposal}/approval': {
      operation: 'anomalies.approve',
      allowed: 404,
      path: { id: 'nothing', proposal: 'nothing' },
    },
    'POST /anomalies/{id}/proposals/{proposal}/refusal': {
      operation: 'anomalies.approve',
      allowed: 404,
      path: { id: 'nothing', proposal: 'nothing' },
      json: { reason: 'Rien de tel n’existe' },
    },
    'GET /divergences': { operation: 'reconciliation.read', allowed: 200, filters: true },
    'GET /reconciliation': { operation: 'reconciliation.read', allowed: 200, filters: true },
    'POST /accounts/{account}/reconciliation': { operation: 'reconciliation.run', allowed: 200 },
    'GET /accounts/{account}/anomalies': { operation: 'anomalies.read', allowed: 200 },
    'GET /partner-references/{reference}/status': {
      operation: 'partner-references.status',
      allowed: 200,
      path: { reference: 'URS-1' },
      query: '?partner=urssaf',
    },
  },
};

/** Operations of the sheet that no route carries out yet. */
const withoutRoute: readonly string[] = [];

/** The reviewed sheet: operation → actor → word. */
const sheet = readFileSync(join(root, 'libs/chassis/src/security/policy/policy.matrix.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .map((line) => line.split('|').slice(1, -1).map((word) => word.trim())); // prettier-ignore
const actors = (sheet[0] ?? []).slice(2);
const matrix = new Map(
  sheet.slice(2).map(([operation = '', , ...words]) => [operation, new Map(actors.map((actor, at) => [actor, words[at] ?? '']))] as const),
);

interface Somebody {
  readonly actor: string;
  readonly asker: Asker;
  /** Of Karim’s caisse or of Urssaf’s flow, or of elsewhere; those without a place stand near everything. */
  readonly near: boolean;
}

const purpose = 'Réclamation du 12 mai';
const regional = (actor: string, role: string, org: string): Somebody[] =>
  ['12', '26'].map((funds) => ({ actor, asker: { role, org, funds, purpose }, near: funds === '12' }));

const everybody = ({ karim, nadia }: TwoPeople): readonly Somebody[] => [
  { actor: 'insured', asker: { role: 'insured', account: karim }, near: true },
  { actor: 'insured', asker: { role: 'insured', account: nadia }, near: false },
  { actor: 'third-party', asker: { role: 'third-party', account: karim }, near: true },
  ...regional('rsi-agent', 'agent', 'rsi'),
  { actor: 'rsi-agent-national', asker: { role: 'agent-national', org: 'rsi', purpose }, near: true },
  ...regional('urssaf-agent', 'agent', 'urssaf'),
  { actor: 'urssaf-agent-national', asker: { role: 'agent-national', org: 'urssaf', purpose }, near: true },
  ...regional('cell-agent', 'agent', 'cell'),
  ...regional('prevention-officer', 'prevention-officer', 'rsi'),
  ...regional('mediator', 'mediator', 'rsi'),
  { actor: 'auditor', asker: { role: 'auditor', org: 'isu', purpose }, near: true },
  { actor: 'partner-system', asker: { role: 'partner-system', partner: 'urssaf' }, near: true },
  { actor: 'partner-system', asker: { role: 'partner-system', partner: 'cipav' }, near: false },
  { actor: 'operator', asker: { role: 'operator' }, near: true },
  { actor: 'service', asker: { role: 'service', sub: 'service:portal' }, near: true },
];

/** What the sheet promises somebody: 403 where the function is closed, 404 out of reach, else the answer of the content. */
function promised({ operation, allowed, filters }: Call, { actor, near }: Somebody): number {
  if (operation === 'public') return allowed;
  const word = matrix.get(operation)?.get(actor)?.replace('*', '');
  if (word === undefined) throw new Error(`The sheet has no cell for ${operation} and ${actor}.`);
  if (word === '-') return 403;
  const stopsAtTheBorder = word === 'own' || word === 'region';
  return stopsAtTheBorder && !near && !filters ? 404 : allowed;
}

const unknownOf = (fund: string): string => AccountNumber.make(fund, 99_999).toString();
const withoutInstance = (text: string): string => text.replace(/"instance":"[^"]*"/, '');

let system: RunningSystem;
let people: TwoPeople;
let client: SystemClient;
const faults: string[] = [];
beforeAll(async () => {
  system = await RunningSystem.start();
  people = await moveIn(system);
  client = new SystemClient(system.url);
});
afterAll(() => system?.remove());

interface Answered {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
}

async function ask(service: Service, route: string, call: Call, { account = people.karim, token = '' } = {}): Promise<Answered> {
  const [method = '', template = ''] = route.split(' ');
  const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => (name === 'account' ? account : (call.path?.[name] ?? '')));
  const headers = new Headers({ 'idempotency-key': randomUUID(), ...call.headers });
  if (token !== '') headers.set('authorization', token);
  const type = call.file?.type ?? (call.json === undefined ? null : 'application/json');
  if (type) headers.set('content-type', type);
  const body = call.file?.text ?? (call.json === undefined ? null : JSON.stringify(call.json));
  const answer = await fetch(`${system.url}/api/${service}/v1${path}${call.query ?? ''}`, { method, headers, body });
  const text = await answer.text();
  if (answer.status >= 500) faults.push(`${service} ${route}: ${text}`);
  return { status: answer.status, text, headers: answer.headers };
}

const bearer = async (asker: Asker): Promise<string> => `Bearer ${await client.token(asker)}`;
const named = ({ asker }: Somebody): string => Object.values(asker).join(' ');
const table = services.flatMap((service) => Object.entries(routes[service]).map(([route, call]) => ({ service, route, call })));
const closed = table.filter(({ call }) => call.operation !== 'public');

describe('the policy, exercised over HTTP', () => {
  it.each(services)('I9 knows every route that %s publishes, and no other', async (service) => {
    const document = (await (await fetch(`${system.url}/api/${service}/v1/openapi.json`)).json()) as { paths: Record<string, object> };
    const published = Object.entries(document.paths).flatMap(([path, verbs]) =>
      Object.keys(verbs).map((verb) => `${verb.toUpperCase()} ${path.slice(`/api/${service}/v1`.length)}`),
    );
    expect(published.sort()).toEqual(Object.keys(routes[service]).sort());
  });

  it('I9 has a cell for every operation on a route, and a route for every operation of the sheet but those to come', () => {
    const onRoutes = new Set(closed.map(({ call }) => call.operation));
    expect([...onRoutes, ...withoutRoute].sort()).toEqual([...matrix.keys()].sort());
    expect(new Set(everybody(people).map(({ actor }) => actor))).toEqual(new Set(actors));
  });

  it.each(table)('I9 R15 $service $route answers each role as the sheet says', async ({ service, route, call }) => {
    const wrong = await Promise.all(
      everybody(people).map(async (somebody) => {
        const { status, text } = await ask(service, route, call, { token: await bearer(somebody.asker) });
        const wanted = promised(call, somebody);
        return status === wanted ? [] : [`${named(somebody)}: ${String(status)} instead of ${String(wanted)} ${text.slice(0, 200)}`];
      }),
    );
    expect(wrong.flat()).toEqual([]);
    const { status, headers } = await ask(service, route, call);
    expect(status).toBe(call.operation === 'public' ? call.allowed : 401);
    if (status === 401) expect(headers.get('www-authenticate')).toBe('Bearer realm="isu"');
  });

  const aboutAnAccount = closed.filter(({ route }) => route.includes('{account}'));
  it.each(aboutAnAccount)('I9 $service $route: out of reach and unknown are the same to the byte', async ({ service, route, call }) => {
    const outside = everybody(people).filter((somebody) => promised(call, somebody) === 404);
    for (const { asker } of outside) {
      const token = await bearer(asker);
      // In the asker's own caisse: what is compared with is truly absent, not out of reach too.
      const absent = unknownOf(asker.funds ?? '26');
      const [hidden, unknown] = [await ask(service, route, call, { token }), await ask(service, route, call, { token, account: absent })];
      expect([unknown.status, withoutInstance(unknown.text)]).toEqual([404, withoutInstance(hidden.text)]);
    }
  });

  it('I9 a search out of reach finds nobody, with the bytes of a number that nobody has', async () => {
    const call = routes.affiliation['POST /insured-persons/search'] as Call;
    const token = await bearer({ role: 'agent', org: 'rsi', funds: '26', purpose });
    const hidden = await ask('affiliation', 'POST /insured-persons/search', call, { token });
    const unknown = await ask(
      'affiliation',
      'POST /insured-persons/search',
      { ...call, json: { by: 'nir', nir: personas.claire.nir } },
      { token },
    );
    expect([hidden.text, unknown.text]).toEqual(['{"found":[],"more":false}', '{"found":[],"more":false}']);
  });
});

describe('I9 — a transfer to another caisse', () => {
  it.each(services)('%s opens the account to the agents of the new caisse, and no longer to those of the old one', async (service) => {
    const moved = await transferred();
    const path = service === 'affiliation' ? `insured-persons/${moved}` : `accounts/${moved}/standing`;
    const statusFor = async (funds: string, org: string) =>
      (await client.get(`/api/${service}/v1/${path}`, { role: 'agent', org, funds, purpose }).catch((no: SaidNo) => no)).status;
    await eventually(async () => (await statusFor('26', 'cell')) === 200, { withinMs: 5_000 });
    for (const org of ['rsi', 'urssaf', 'cell']) expect([await statusFor('26', org), await statusFor('12', org)]).toEqual([200, 404]);
  });
});

describe('F12 F61 — what affiliation says', () => {
  it('is in every other service within five seconds, with its version and without a word of the address', async () => {
    const account = await transferred();
    const json = { address: '4 rue du Lac, 69003 Lyon' };
    await client.ask('PUT', `/api/affiliation/v1/insured-persons/${account}/contact`, { as: national, json });
    const heard = (service: Service) =>
      client.get(`/api/${service}/v1/facts?author=affiliation&stream=${account}&from=1&to=50`, { role: 'service', sub: 'service:portal' });
    for (const service of services) {
      await eventually(async () => (await heard(service)).text.includes('affiliation.contact-changed.v1'), { withinMs: 5_000 });
      expect((await heard(service)).text).not.toContain('rue du Lac');
    }
  });
});

let ofSophie: Promise<string> | undefined;
/** Registered at caisse 12, and given to caisse 26 by two agents. */
const transferred = (): Promise<string> =>
  (ofSophie ??= (async () => {
    const persons = '/api/affiliation/v1/insured-persons';
    const json = { ...demandFor(personas.sophie, '93'), fund: '12' };
    const { account } = (await client.post<{ account: string }>(persons, { as: national, json })).body;
    const demand = { department: '69', from: '2016-05-20', reason: 'Déménagement' };
    const { id } = (await client.post<{ id: string }>(`${persons}/${account}/transfers`, { as: national, json: demand })).body;
    const decision = { proposal: id, accepted: true, reason: 'Justificatif vu' };
    await client.post(`${persons}/${account}/transfer-decisions`, { as: { ...national, sub: 'rsi:second' }, json: decision });
    return account;
  })());

interface PublishedOperation {
  readonly responses: Readonly<Record<string, { readonly description?: string; readonly content?: Readonly<Record<string, { readonly schema: Described }>> }>>; // prettier-ignore
}

describe('what the documents of the API promise', () => {
  const documents = new Map<Service, Record<string, Record<string, PublishedOperation>>>();
  const operationOf = (service: Service, route: string): PublishedOperation | undefined => {
    const [verb = '', path = ''] = route.split(' ');
    return documents.get(service)?.[`/api/${service}/v1${path}`]?.[verb.toLowerCase()];
  };
  beforeAll(async () => {
    for (const service of services) {
      const document = (await (await fetch(`${system.url}/api/${service}/v1/openapi.json`)).json()) as { paths: never };
      documents.set(service, document.paths);
    }
  });

  it('every route says in French what it answers, and in which form', () => {
    const silent = table.filter(({ service, route }) => {
      const [status, success] = Object.entries(operationOf(service, route)?.responses ?? {}).find(([code]) => code.startsWith('2')) ?? [];
      return !success?.description || (status !== '204' && !success.content);
    });
    expect(silent.map(({ service, route }) => `${service} ${route}`)).toEqual([]);
  });

  const answering = table.filter(({ call }) => call.allowed === 200 || call.allowed === 201);
  it.each(answering)('$service $route answers what its document describes', async ({ service, route, call }) => {
    const somebody = everybody(people).find((one) => promised(call, one) === call.allowed);
    const token = call.operation === 'public' || !somebody ? '' : await bearer(somebody.asker);
    const { status, text } = await ask(service, route, call, { token });
    const described = operationOf(service, route)?.responses[String(status)]?.content ?? {};
    const json = described['application/json'];
    if (json) expect(differences(JSON.parse(text), json.schema)).toEqual([]);
    else expect(Object.keys(described)).toEqual(['application/x-ndjson']);
  });
});

describe('R15 — tokens that open nothing, anywhere', () => {
  /** The claims of one who may do almost everything, so that nothing but the token can be what is refused. */
  const claims = { sub: 'rsi:forged', org: 'rsi', role: 'agent-national', funds: [], purpose } as const;
  const now = (): number => Math.floor(Date.now() / 1000);
  const tokens = new Map<string, string>();
  let issuerKey: JWK & { kid: string };

  const signed = async (changes: JWTPayload = {}, key: JWK = issuerKey): Promise<string> =>
    new SignJWT({ iss: `${system.url}/oidc`, aud: 'isu', iat: now(), exp: now() + 600, ...claims, ...changes })
      .setProtectedHeader({ alg: 'ES256', kid: issuerKey.kid, typ: 'at+jwt' })
      .sign(await importJWK(key, 'ES256'));

  beforeAll(async () => {
    const keeping = JSON.parse(readFileSync(join(system.folder, 'issuer/issuer.json'), 'utf8')) as {
      signingKeys: (JWK & { kid: string })[];
    };
    issuerKey = keeping.signingKeys.find(({ alg }) => alg === 'ES256') as typeof issuerKey;
    const stranger = await exportJWK((await generateKeyPair('ES256', { extractable: true })).privateKey);
    const publicPem = createPublicKey({ key: issuerKey as never, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
    const good = await signed();
    const payload = (changes: object) =>
      Buffer.from(JSON.stringify({ ...JSON.parse(Buffer.from(good.split('.')[1] ?? '', 'base64url').toString()), ...changes })).toString('base64url'); // prettier-ignore
    const full = { iss: `${system.url}/oidc`, aud: 'isu', iat: now(), exp: now() + 600, ...claims };

    tokens.set('expired', await signed({ iat: now() - 1200, exp: now() - 600 }));
    tokens.set('for another audience', await signed({ aud: 'portal' }));
    tokens.set('without an audience', await signed({ aud: undefined }));
    tokens.set('of another issuer', await signed({ iss: 'https://issuer.example' }));
    tokens.set('not valid yet', await signed({ nbf: now() + 600 }));
    tokens.set('living longer than an hour', await signed({ exp: now() + 7200 }));
    tokens.set('without an end', await signed({ exp: undefined }));
    tokens.set('unsigned, alg none', new UnsecuredJWT(full).encode());
    tokens.set('signed with another key under our key’s name', await signed({}, stranger));
    tokens.set('signed with our public key as a secret', await new SignJWT(full).setProtectedHeader({ alg: 'HS256', kid: issuerKey.kid }).sign(Buffer.from(publicPem))); // prettier-ignore
    tokens.set('with claims changed after it was signed', good.split('.').with(1, payload({ role: 'operator', org: 'operator' })).join('.')); // prettier-ignore
    tokens.set('of a role that does not exist', await signed({ role: 'administrator' }));
    tokens.set('of a role that its organisation cannot give', await signed({ org: 'partner' }));
    tokens.set('of an insured person without an account', await signed({ role: 'insured', org: 'isu', account: undefined }));
    tokens.set('cut short', good.slice(0, -10));
    tokens.set('of 9 KiB', `${good}${'A'.repeat(9 * 1024)}`);
  });

  const kinds = [
    'expired',
    'for another audience',
    'without an audience',
    'of another issuer',
    'not valid yet',
    'living longer than an hour',
    'without an end',
    'unsigned, alg none',
    'signed with another key under our key’s name',
    'signed with our public key as a secret',
    'with claims changed after it was signed',
    'of a role that does not exist',
    'of a role that its organisation cannot give',
    'of an insured person without an account',
    'cut short',
    'of 9 KiB',
  ];

  it('the same claims, signed as they should be, open what the role may: the rest is refused for the token alone', async () => {
    const call = routes.collection['GET /accounts/{account}/incomes'] as Call;
    const answer = await ask('collection', 'GET /accounts/{account}/incomes', call, { token: `Bearer ${await signed()}` });
    expect(answer.status).toBe(200);
  });

  it.each(kinds)('a token %s: 401 on every route, and nobody is told what was wrong with it', async (kind) => {
    const token = tokens.get(kind) ?? '';
    expect(token).not.toBe('');
    const answers = await Promise.all(
      closed.map(async ({ service, route, call }) => ({
        where: `${service} ${route}`,
        ...(await ask(service, route, call, { token: `Bearer ${token}` })),
      })),
    );
    expect(answers.filter(({ status }) => status !== 401).map(({ where, status }) => `${where}: ${String(status)}`)).toEqual([]);
    expect(new Set(answers.map(({ text }) => withoutInstance(text))).size).toBe(1);
    expect(new Set(answers.map(({ headers }) => headers.get('www-authenticate')))).toEqual(
      new Set(['Bearer realm="isu", error="invalid_token"']),
    );
    for (const { text } of answers) expect(text).not.toContain(token.slice(0, 40));
  });

  it.each([
    ['Basic', async () => `Basic ${Buffer.from('operator:operator').toString('base64')}`],
    ['the scheme alone', async () => 'Bearer'],
    ['two tokens', async () => `Bearer ${await signed()} ${await signed()}`],
    ['another scheme', async () => `Token ${await signed()}`],
  ])('%s in the header: 401 on every route', async (_, header) => {
    const token = await header();
    const statuses = await Promise.all(closed.map(async ({ service, route, call }) => (await ask(service, route, call, { token })).status));
    expect(new Set(statuses)).toEqual(new Set([401]));
  });

  it('a token in the address or in a cookie is not looked at', async () => {
    const call = routes.collection['GET /accounts/{account}/incomes'] as Call;
    const inAddress = { ...call, query: `?access_token=${await signed()}` };
    const inCookie = { ...call, headers: { cookie: `access_token=${await signed()}` } };
    for (const attempt of [inAddress, inCookie]) {
      expect((await ask('collection', 'GET /accounts/{account}/incomes', attempt)).status).toBe(401);
    }
  });
});

it('I10 nothing of all this met a fault of ours', () => {
  expect(faults).toEqual([]);
});
