import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Identity } from '../tokens/claims.js';
import { actors, type Actor } from './actors.js';
import { decide as decideOn, mustJournal } from './decision.js';
import type { Operation } from './operations.js';
import { effectOf, operations, policy, relations, type Effect, type Relation } from './policy.js';
import { aimedAt, type Aim } from './reach.js';

interface Cell {
  operation: Operation;
  actor: Actor;
  word: string;
  personal: boolean;
}

/** The sheet that people reviewed: what the code is held against. */
const sheet = readFileSync(new URL('./policy.matrix.md', import.meta.url), 'utf8');
const [head = [], , ...lines] = sheet
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .map((line) => line.split('|').slice(1, -1).map((word) => word.trim())); // prettier-ignore
const columns = head.slice(2) as Actor[];
const cells: Cell[] = lines.flatMap(([operation, personal, ...words]) =>
  words.map((word, column) => ({ operation: operation as Operation, actor: columns[column]!, word, personal: personal === 'yes' })),
);

const relationIn = (word: string) => word.replace('*', '');
const effectIn = (word: string): Exclude<Effect, 'deny'> => (word.endsWith('*') ? 'mask' : 'allow');

const inCreteil = '1300001234517';
const inLyon = '2600001234560';
const liberal = '2900001234555';

const decide = (identity: Identity, operation: Operation, aims: readonly Aim[]) => decideOn(identity, operation, aims, '2016-05-20');
/** An account that is still with the caisse that opened it. */
const at = (account: string, heldBy = account.slice(0, 2)): Aim => ({ account, heldBy });

const nobody = { funds: [] as string[], account: null, purpose: null };
const identities: Record<Actor, Identity> = {
  insured: { ...nobody, sub: 'insured:1', org: 'isu', role: 'insured', account: inCreteil },
  'third-party': { ...nobody, sub: 'third-party:1', org: 'isu', role: 'third-party', account: inCreteil },
  'rsi-agent': { ...nobody, sub: 'rsi:1', org: 'rsi', role: 'agent', funds: ['12', '13'] },
  'rsi-agent-national': { ...nobody, sub: 'rsi:2', org: 'rsi', role: 'agent-national' },
  'urssaf-agent': { ...nobody, sub: 'urssaf:1', org: 'urssaf', role: 'agent', funds: ['13'] },
  'urssaf-agent-national': { ...nobody, sub: 'urssaf:2', org: 'urssaf', role: 'agent-national' },
  'cell-agent': { ...nobody, sub: 'cell:1', org: 'cell', role: 'agent', funds: ['13'] },
  'prevention-officer': { ...nobody, sub: 'rsi:3', org: 'rsi', role: 'prevention-officer', funds: ['13'] },
  mediator: { ...nobody, sub: 'rsi:4', org: 'rsi', role: 'mediator', funds: ['13'] },
  auditor: { ...nobody, sub: 'isu:1', org: 'isu', role: 'auditor' },
  'partner-system': { ...nobody, sub: 'partner:urssaf', org: 'partner', role: 'partner-system' },
  operator: { ...nobody, sub: 'operator:1', org: 'operator', role: 'operator' },
  service: { ...nobody, sub: 'service:collection', org: 'isu', role: 'service' },
};

/** What each relation reaches, written from the words of the sheet: near is Créteil or Urssaf's flow, far is elsewhere. */
const aimsFor = (operation: Operation): { near: Aim; far: Aim } => {
  const { about } = policy[operation];
  if (about === 'partner') return { near: { partner: 'urssaf' }, far: { partner: 'banque-postale' } };
  return about === 'fund' ? { near: { fund: '13' }, far: { fund: '26' } } : { near: at(inCreteil), far: at(inLyon) };
};
const stopsAtTheBorder = ['own', 'region'];

describe('I9 R15 — the policy is the reviewed sheet', () => {
  it('names the same operations and the same actors as the sheet, each once', () => {
    expect(lines.map(([operation]) => operation).sort()).toEqual([...operations].sort());
    expect([...columns].sort()).toEqual([...actors].sort());
    expect(cells).toHaveLength(88 * 13);
  });

  it.each(cells)('$operation for $actor: $word', ({ operation, actor, word, personal }) => {
    for (const relation of relations) {
      expect(effectOf(operation, actor, relation)).toBe(relation === relationIn(word) ? effectIn(word) : 'deny');
    }
    expect(policy[operation].personal).toBe(personal);

    const identity = identities[actor];
    const { near, far } = aimsFor(operation);
    if (word === '-') {
      for (const aims of [[near], [far], []]) expect(decide(identity, operation, aims)).toEqual({ effect: 'deny', because: 'function' });
      return;
    }
    expect(decide(identity, operation, [near])).toMatchObject({ effect: effectIn(word), relation: relationIn(word) });
    const beyond = decide(identity, operation, [far]);
    if (stopsAtTheBorder.includes(relationIn(word))) expect(beyond).toEqual({ effect: 'deny', because: 'scope' });
    else expect(beyond).toMatchObject({ effect: effectIn(word) });
  });
});

describe('I9 — how far one sees', () => {
  it('an agent of the liberal fund sees fund 29, a regional agent does not, a national one does', () => {
    const liberals: Identity = { ...identities['rsi-agent'], funds: ['29'] };
    expect(decide(liberals, 'accounts.view', [at(liberal)]).effect).toBe('allow');
    expect(decide(identities['rsi-agent'], 'accounts.view', [at(liberal)]).effect).toBe('deny');
    expect(decide(identities['rsi-agent-national'], 'accounts.view', [at(liberal)]).effect).toBe('allow');
  });

  it('a list is opened with the reach that it must be filtered by', () => {
    expect(decide(identities['cell-agent'], 'anomalies.read', [])).toMatchObject({
      reach: { kind: 'funds', funds: ['13'], on: '2016-05-20' },
    });
    expect(decide(identities['partner-system'], 'flows.read', [])).toMatchObject({ reach: { kind: 'partner', partner: 'urssaf' } });
  });

  it('an agent without a fund and a partner without a name reach nothing, even where nothing is aimed at', () => {
    expect(decide({ ...identities['rsi-agent'], funds: [] }, 'anomalies.read', [])).toEqual({ effect: 'deny', because: 'scope' });
    expect(decide({ ...identities['partner-system'], sub: 'urssaf' }, 'flows.read', [])).toEqual({ effect: 'deny', because: 'scope' });
  });

  it('a transferred account is within reach of the caisse that holds it now, and no longer of the one whose code it bears', () => {
    const inLyonNow = at(inCreteil, '26');
    const ofLyon: Identity = { ...identities['rsi-agent'], funds: ['26'] };
    expect(decide(identities['rsi-agent'], 'accounts.view', [inLyonNow])).toEqual({ effect: 'deny', because: 'scope' });
    expect(decide(ofLyon, 'accounts.view', [inLyonNow]).effect).toBe('allow');
    for (const actor of ['rsi-agent-national', 'insured', 'auditor', 'service'] as const)
      expect(decide(identities[actor], 'accounts.view', [inLyonNow]).effect).toBe('allow');
  });

  it('who holds an account is looked up for agents of caisses only', async () => {
    const asked: string[][] = [];
    const holding = { of: async (accounts: readonly string[]) => (asked.push([...accounts]), accounts.map(() => '26')) };
    expect(await aimedAt([{ account: inCreteil }, { partner: 'urssaf' }], true, holding)).toEqual([
      at(inCreteil, '26'),
      { partner: 'urssaf' },
    ]);
    expect(decide(identities.auditor, 'accounts.view', await aimedAt([{ account: inCreteil }], false, holding)).effect).toBe('allow');
    expect(asked).toEqual([[inCreteil]]);
  });

  it('two targets must both be in reach', () => {
    expect(decide(identities['rsi-agent'], 'accounts.view', [at(inCreteil), at(inLyon)]).effect).toBe('deny');
  });

  it('a role that its organisation cannot give is nobody', () => {
    expect(decide({ ...identities['rsi-agent'], org: 'partner' }, 'accounts.view', [at(inCreteil)])).toEqual({
      effect: 'deny',
      because: 'function',
    });
  });
});

describe('I9 — what enters the journal', () => {
  it.each<[string, Actor, Relation, boolean]>([
    ['an agent looking at somebody', 'rsi-agent', 'region', true],
    ['a national agent looking at somebody', 'urssaf-agent-national', 'national', true],
    ['the auditor looking at somebody', 'auditor', 'any', true],
  ])('%s does', (_, actor, relation, personal) => expect(mustJournal(identities[actor], relation, personal)).toBe(true));

  it.each<[string, Actor, Relation, boolean]>([
    ['the person looking at themselves', 'insured', 'own', true],
    ['a service at its own work', 'service', 'service', true],
    ['an agent reading what tells of nobody', 'rsi-agent', 'any', false],
  ])('%s does not', (_, actor, relation, personal) => expect(mustJournal(identities[actor], relation, personal)).toBe(false));
});
