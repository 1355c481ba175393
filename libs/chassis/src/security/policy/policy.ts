import type { Actor } from './actors.js';
import type { Operation } from './operations.js';

/**
 * How the one who asks stands to what is asked for:
 * - `own`: their own account, or the partner's own flows;
 * - `region`: the caisse that holds the account today is one of the agent's (`holding-funds.ts`). Fund 29, the liberal professions
 *   of the whole country, is a fund like the others: it is seen by its own agents and by national ones;
 * - `national`: any account, for agents with a national office;
 * - `any`: whatever is asked for, for those whose office is not bound to a place;
 * - `service`: one of our services, working by itself. On somebody's behalf it may do what that person may, and no more.
 */
export const relations = ['own', 'region', 'national', 'any', 'service'] as const;
export type Relation = (typeof relations)[number];

export type Effect = 'allow' | 'mask' | 'deny';

/** The relation that opens the operation; with `masked`, NIR and IBAN are shown without the digits that identify, and health not at all. */
type Grant = Relation | `${Relation} masked`;

/** What a route must tell the guard about its target. `search`: the account is what the handler finds, and it journals it. */
export type Target = 'account' | 'search' | 'fund' | 'partner' | 'list' | 'nothing';

export interface Rule {
  readonly about: Target;
  /** Whether somebody else's personal data are shown: each such use enters the access journal, with its purpose. */
  readonly personal: boolean;
  /** Who is not named is denied. */
  readonly grants: Readonly<Partial<Record<Actor, Grant>>>;
}

const regionalAgents = { 'rsi-agent': 'region', 'urssaf-agent': 'region', 'cell-agent': 'region' } as const;
const nationalAgents = { 'rsi-agent-national': 'national', 'urssaf-agent-national': 'national' } as const;
const rsiAgents = { 'rsi-agent': 'region', 'rsi-agent-national': 'national' } as const;
const nationalAgentsAnywhere = { 'rsi-agent-national': 'any', 'urssaf-agent-national': 'any' } as const;
const everyAgentAnywhere = {
  ...nationalAgentsAnywhere,
  'rsi-agent': 'any',
  'urssaf-agent': 'any',
  'cell-agent': 'any',
} as const;

/** The account with its money: the same lines for both organisations, which is what the system is for. */
const accountReading: Rule = {
  about: 'account',
  personal: true,
  grants: { insured: 'own', ...regionalAgents, ...nationalAgents, mediator: 'region', auditor: 'any', service: 'service' },
};

/** Acts that change an account at the person's request, keyed by the person or by an agent at the desk. */
const actingForThePerson: Rule = { about: 'account', personal: true, grants: { insured: 'own', ...regionalAgents, ...nationalAgents } };

/** Acts that weigh on the person, decided by an agent in their office's name. */
const decidedByAgents: Rule = { about: 'account', personal: true, grants: { ...regionalAgents, ...nationalAgents } };

const batchReading: Rule = {
  about: 'partner',
  personal: false,
  grants: { 'partner-system': 'own', ...nationalAgentsAnywhere, 'cell-agent': 'any', auditor: 'any', operator: 'any', service: 'service' },
};

/**
 * The one policy of the system (`policy.matrix.md` is the sheet that was reviewed; a spec holds the two together, cell by cell).
 * Deny by default: an operation without a row does not compile, an actor without a grant is denied.
 */
export const policy: Readonly<Record<Operation, Rule>> = {
  'insured-persons.register': { about: 'fund', personal: false, grants: { ...rsiAgents, service: 'service' } },
  'insured-persons.read': accountReading,
  'insured-persons.search': {
    about: 'search',
    personal: true,
    grants: { ...regionalAgents, ...nationalAgents, service: 'service' },
  },
  /** Whether a NIR and an e-mail are those of one person: for the portal, before anybody has signed in (F1). */
  'insured-persons.recognise': { about: 'search', personal: true, grants: { service: 'service' } },
  'insured-persons.read-identity': {
    about: 'account',
    personal: true,
    grants: {
      insured: 'own masked',
      ...rsiAgents,
      'urssaf-agent': 'region masked',
      'urssaf-agent-national': 'national masked',
      'cell-agent': 'region',
      mediator: 'region masked',
      auditor: 'any masked',
      service: 'service',
    },
  },
  'insured-persons.correct-bank-details': { about: 'account', personal: true, grants: { insured: 'own', ...rsiAgents } },
  /** Whoever has the person on the phone corrects the address; both organisations hold the new one (F12). */
  'insured-persons.correct-contact': actingForThePerson,
  /** Who is insured, since when, under which scheme, is the RSI's to say. */
  'insured-persons.change': { about: 'account', personal: true, grants: { ...rsiAgents, service: 'service' } },
  /** What the person asks or declares: an end of activity, ACCRE, a spouse's option, an answer; an agent may key it for them. */
  'insured-persons.request': { about: 'account', personal: true, grants: { insured: 'own', ...rsiAgents } },
  /** Two accounts made one may stand in two regions: an agent with a national office alone sees both. */
  'insured-persons.merge': { about: 'account', personal: true, grants: { 'rsi-agent-national': 'national' } },
  /** Urssaf decides on aid to business creators, and the joint cell for it. */
  'acre-requests.decide': {
    about: 'account',
    personal: true,
    grants: { 'urssaf-agent': 'region', 'urssaf-agent-national': 'national', 'cell-agent': 'region' },
  },
  /** A file of a formalities centre: each line acts as far as who hands it in may see. */
  'cfe-files.submit': { about: 'list', personal: false, grants: { ...rsiAgents, 'cell-agent': 'region', operator: 'any' } },
  /** Formalities by number, reference and outcome: nothing of the person, and the account only within reach. */
  'cfe-files.read': {
    about: 'list',
    personal: false,
    grants: { ...rsiAgents, 'cell-agent': 'region', auditor: 'any', operator: 'any', service: 'service' },
  },
  'duplicates.read': { about: 'list', personal: true, grants: { 'rsi-agent-national': 'national', auditor: 'any', service: 'service' } },

  /** IBANs in clear by the thousand: for a service at its own work, in memory only. */
  'debit-details.read': { about: 'list', personal: true, grants: { service: 'service' } },

  'funds.publish-news': { about: 'fund', personal: false, grants: rsiAgents },
  'funds.read-messages': { about: 'fund', personal: true, grants: rsiAgents },
  'portal-openings.set': { about: 'nothing', personal: false, grants: { operator: 'any' } },

  'incomes.declare': actingForThePerson,
  'incomes.read': accountReading,
  'estimates.make': actingForThePerson,
  'estimates.read': accountReading,
  'estimates.decide-surcharge': decidedByAgents,
  'ex-officio-assessments.decide': decidedByAgents,
  'turnovers.declare': actingForThePerson,
  'turnovers.read': accountReading,
  'assessments.read': accountReading,
  'schedules.read': accountReading,
  'schedules.choose-periodicity': actingForThePerson,
  'notices.read': accountReading,
  'cash-calendars.read': accountReading,
  'messages.read': accountReading,
  /** The portal alone sends e-mails; it reads there what it must send, and to which account. */
  'outgoing-messages.deliver': { about: 'nothing', personal: false, grants: { service: 'service' } },
  'payments.read': accountReading,
  /** The person pays their own due dates; an agent makes no payment in somebody's place. */
  'online-payments.make': { about: 'account', personal: true, grants: { insured: 'own' } },
  'online-payments.read': accountReading,
  /** Whose debts money without an owner may be meant for, by its amount: for urssaf-sync, which proposes. */
  'debts.find': { about: 'list', personal: true, grants: { service: 'service' } },
  'surcharges.read': accountReading,
  'surcharge-remissions.ask': actingForThePerson,
  'surcharge-remissions.decide': decidedByAgents,
  'debits.read': accountReading,
  /** Account by account, with the reason of each return: of the region, as the worklist. */
  'returned-debits.read': {
    about: 'list',
    personal: true,
    grants: { ...regionalAgents, ...nationalAgents, mediator: 'region', auditor: 'any', service: 'service' },
  },
  /** What is done about a debit whose reason does not say enough. */
  'returned-debits.examine': decidedByAgents,
  'debit-runs.start': { about: 'nothing', personal: false, grants: { operator: 'any', service: 'service' } },
  /** How many, how much and why not, by day: no account is named. */
  'debit-runs.read': {
    about: 'nothing',
    personal: false,
    grants: { ...everyAgentAnywhere, auditor: 'any', operator: 'any', service: 'service' },
  },
  'refunds.read': accountReading,
  'refunds.choose': actingForThePerson,
  'refunds.approve': decidedByAgents,
  /** What waits for signatures and what is late, of the accounts within reach. */
  'refunds.list': { about: 'list', personal: true, grants: { ...regionalAgents, ...nationalAgents, auditor: 'any' } },
  'account-periods.read': accountReading,
  'account-journal.read': accountReading,
  'accounts.view': accountReading,
  'accounts.standing': accountReading,
  /** Every fact in full: what benefits says tells of sickness and maternity, and is withheld from Urssaf agents. */
  'accounts.timeline': {
    ...accountReading,
    grants: { ...accountReading.grants, 'urssaf-agent': 'region masked', 'urssaf-agent-national': 'national masked' },
  },

  /** Rights tell of sickness and maternity, which Urssaf agents never see; the joint cell sees the whole account. */
  'rights.read': {
    about: 'account',
    personal: true,
    grants: { insured: 'own', ...rsiAgents, 'cell-agent': 'region', mediator: 'region', auditor: 'any', service: 'service' },
  },

  /** An operator carries in a file that came by another road; the partner's signature vouches for it, not the carrier. */
  'batches.submit': { about: 'partner', personal: false, grants: { 'partner-system': 'own', operator: 'any' } },
  'batches.read': batchReading,
  'batches.receipt': batchReading,
  /** What we tell a partner, line by line, of every account: for that partner alone. */
  'batches.collect': { about: 'partner', personal: false, grants: { 'partner-system': 'own' } },
  /** As for a batch: the partner's signature vouches for its receipt, not who carries it. */
  'batches.acknowledge': { about: 'partner', personal: false, grants: { 'partner-system': 'own', operator: 'any' } },
  /** The same bytes once more, by the road that was agreed: whoever watches over the flows may ask for it. */
  'batches.resend': { about: 'partner', personal: false, grants: { ...nationalAgentsAnywhere, 'cell-agent': 'any', operator: 'any' } },
  /** A batch that its author has lost too will never come: one of a joint cell proposes to go on without it, another approves. */
  'batches.give-up': { about: 'partner', personal: false, grants: { 'cell-agent': 'any' } },
  /** Of whom a batch tells, theirs or ours, and what became of each line: account numbers, references and amounts, nothing of the person. */
  'batch-lines.read': {
    about: 'list',
    personal: false,
    grants: { ...regionalAgents, ...nationalAgents, auditor: 'any', service: 'service' },
  },
  'bank-files.submit': { about: 'partner', personal: false, grants: { 'partner-system': 'own', operator: 'any' } },
  'flows.read': {
    about: 'partner',
    personal: false,
    grants: { 'partner-system': 'own', ...everyAgentAnywhere, mediator: 'any', auditor: 'any', operator: 'any', service: 'service' },
  },
  'partner-references.status': {
    about: 'partner',
    personal: false,
    grants: { 'partner-system': 'own', ...everyAgentAnywhere, auditor: 'any', operator: 'any', service: 'service' },
  },

  'facts.pull': { about: 'nothing', personal: false, grants: { service: 'service' } },
  'facts.resend': { about: 'nothing', personal: false, grants: { operator: 'any' } },
  'set-aside.read': { about: 'nothing', personal: false, grants: { operator: 'any', auditor: 'any' } },
  'set-aside.act': { about: 'nothing', personal: false, grants: { operator: 'any' } },
  'jobs.read': { about: 'nothing', personal: false, grants: { operator: 'any', auditor: 'any' } },
  'jobs.run': { about: 'nothing', personal: false, grants: { operator: 'any' } },
  'accounting-days.close': { about: 'nothing', personal: false, grants: { operator: 'any', service: 'service' } },
  /** Control totals over every book, and who closed what: no account is named. */
  'accounting-days.read': {
    about: 'nothing',
    personal: false,
    grants: { ...everyAgentAnywhere, auditor: 'any', operator: 'any', service: 'service' },
  },
  'account-runs.start': { about: 'nothing', personal: false, grants: { operator: 'any', service: 'service' } },
  'account-runs.read': { about: 'nothing', personal: false, grants: { auditor: 'any', operator: 'any', service: 'service' } },

  /** Who has looked at my account: for the person alone. */
  'journal.read-own': { about: 'account', personal: false, grants: { insured: 'own' } },
  /** Every reader of every account, with the links that prove it whole: the auditor's reading is journaled like any other. */
  'journal.audit': { about: 'nothing', personal: true, grants: { auditor: 'any' } },
  /** What crossed between the organisations: files and digests, nobody's account. */
  'exchange-journal.read': { about: 'nothing', personal: false, grants: { auditor: 'any', operator: 'any' } },

  'anomalies.read': {
    about: 'list',
    personal: true,
    grants: { ...regionalAgents, ...nationalAgents, mediator: 'region', auditor: 'any', service: 'service' },
  },
  /** Copies of accounts by digest, account by account: between services, never for a person. */
  'fingerprints.read': { about: 'nothing', personal: false, grants: { service: 'service' } },
  /** How many and how old, by region: public to the managers (F53); no account is named. */
  'anomalies.count': {
    about: 'nothing',
    personal: false,
    grants: { ...everyAgentAnywhere, mediator: 'any', auditor: 'any', operator: 'any', service: 'service' },
  },
  /** The joint cell clears the anomalies of its region: one of it proposes, another approves. */
  'anomalies.handle': { about: 'list', personal: true, grants: { 'cell-agent': 'region' } },
  'anomalies.approve': { about: 'list', personal: true, grants: { 'cell-agent': 'region' } },
  /** What the comparisons found: account numbers, digests and numbers of facts, nothing of the person. */
  'reconciliation.read': {
    about: 'list',
    personal: false,
    grants: { ...regionalAgents, ...nationalAgents, auditor: 'any', operator: 'any', service: 'service' },
  },
  'reconciliation.run': {
    about: 'account',
    personal: false,
    grants: { ...regionalAgents, ...nationalAgents, operator: 'any', service: 'service' },
  },
  /** Money that no account has claimed yet belongs to no region: every cell may look for its owner. */
  'to-be-matched.read': {
    about: 'nothing',
    personal: false,
    grants: { ...nationalAgentsAnywhere, 'cell-agent': 'any', auditor: 'any', service: 'service' },
  },
  /** Whose it may be names accounts: the cell sees those of its region, one of it proposes and another approves. */
  'to-be-matched.settle': { about: 'list', personal: true, grants: { 'cell-agent': 'region' } },
};

export const operations = Object.keys(policy) as readonly Operation[];

/** One cell of the policy. */
export function effectOf(operation: Operation, actor: Actor, relation: Relation): Effect {
  const grant = policy[operation].grants[actor];
  if (grant === relation) return 'allow';
  return grant === `${relation} masked` ? 'mask' : 'deny';
}

/** The relation through which an actor may use an operation; null where the function itself is closed to them. */
export function openingOf(operation: Operation, actor: Actor): Relation | null {
  return relations.find((relation) => effectOf(operation, actor, relation) !== 'deny') ?? null;
}
