import { describe, expect, it } from '@jest/globals';
import { readClaims, TokenRefused } from './claims.js';

const account = '1300001234517';
const agent = { sub: 'rsi:odile', org: 'rsi', role: 'agent', funds: ['13'] };
const insured = { sub: 'insured:7', org: 'isu', role: 'insured', account };
const partner = { sub: 'partner:urssaf', org: 'partner', role: 'partner-system' };
const service = { sub: 'service:collection', org: 'isu', role: 'service', act: { sub: 'service:collection' } };
const { sub, ...origin } = agent;
const onBehalf = { sub, org: 'isu', role: 'service', act: { sub: 'service:collection' }, origin };

const claimRefused = (claims: Record<string, unknown>) => {
  try {
    readClaims(claims);
    return 'accepted';
  } catch (fault) {
    if (fault instanceof TokenRefused) return fault.reason.replace('claim-', '');
    throw fault;
  }
};

describe('I9 — the claims of a token', () => {
  it('tell who asks', () => {
    expect(readClaims(agent)).toEqual({ ...agent, account: null, purpose: null, via: [] });
    expect(readClaims(insured)).toEqual({ ...insured, funds: [], purpose: null, via: [] });
    expect(readClaims(service)).toMatchObject({ sub: 'service:collection', role: 'service', via: [] });
  });

  it('on somebody’s behalf, say for whom and through whom, nearest first', () => {
    expect(readClaims(onBehalf)).toEqual({ ...agent, account: null, purpose: null, via: ['service:collection'] });
    const twice = { ...onBehalf, act: { sub: 'service:affiliation', act: { sub: 'service:collection' } } };
    expect(readClaims(twice).via).toEqual(['service:affiliation', 'service:collection']);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['an unknown role', { ...agent, role: 'root' }, 'role'],
    ['a role in a list', { ...agent, role: ['agent'] }, 'role'],
    ['an agent of a partner', { ...agent, org: 'partner' }, 'org'],
    ['a national agent of the cell', { sub: 'c', org: 'cell', role: 'agent-national' }, 'org'],
    ['an insured person of the RSI', { ...insured, org: 'rsi' }, 'org'],
    ['a service of Urssaf', { ...service, org: 'urssaf' }, 'org'],
    ['an agent without a fund', { ...agent, funds: [] }, 'funds'],
    ['funds as text', { ...agent, funds: '13' }, 'funds'],
    ['fund 00', { ...agent, funds: ['00'] }, 'funds'],
    ['fund 30', { ...agent, funds: ['30'] }, 'funds'],
    ['fund 1', { ...agent, funds: ['1'] }, 'funds'],
    ['a fund as a number', { ...agent, funds: [13] }, 'funds'],
    ['the same fund twice', { ...agent, funds: ['13', '13'] }, 'funds'],
    ['every fund by a star', { ...agent, funds: ['*'] }, 'funds'],
    ['funds of an insured person', { ...insured, funds: ['13'] }, 'funds'],
    ['funds of the operator', { sub: 'o', org: 'operator', role: 'operator', funds: ['13'] }, 'funds'],
    ['an insured person without an account', { ...insured, account: undefined }, 'account'],
    ['an account whose key is wrong', { ...insured, account: '1300001234508' }, 'account'],
    ['an account as a number', { ...insured, account: 1300001234517 }, 'account'],
    ['two accounts', { ...insured, account: [account, account] }, 'account'],
    ['an agent with an account', { ...agent, account }, 'account'],
    ['an empty subject', { ...agent, sub: '' }, 'sub'],
    ['a subject with a line feed', { ...agent, sub: 'rsi:odile\nadmin' }, 'sub'],
    ['a subject as an object', { ...agent, sub: { name: 'odile' } }, 'sub'],
    ['a partner without a name', { ...partner, sub: 'urssaf' }, 'sub'],
    ['a partner whose name is a path', { ...partner, sub: 'partner:../bnp' }, 'sub'],
    ['a service without its name', { ...service, sub: 'collection' }, 'sub'],
    ['a purpose of two characters', { ...agent, purpose: 'ok' }, 'purpose'],
    ['a purpose that turns the text around', { ...agent, purpose: 'dossier \u202e81-6102' }, 'purpose'],
    ['a purpose of 201 characters', { ...agent, purpose: 'a'.repeat(201) }, 'purpose'],
    ['an agent who carries for another', { ...agent, act: { sub: 'service:collection' } }, 'act'],
    ['an agent with another origin', { ...agent, origin }, 'act'],
    ['a service that does not say that it acts', { ...service, act: undefined }, 'act'],
    ['a service that acts as another', { ...service, act: { sub: 'service:benefits' } }, 'act'],
    ['a carrier that is no service', { ...onBehalf, act: { sub: 'rsi:bruno' } }, 'act'],
    ['five carriers', { ...onBehalf, act: [1, 2, 3, 4].reduce<object>((act) => ({ sub: 'service:a', act }), { sub: 'service:a' }) }, 'act'],
    ['an origin that is a service', { ...onBehalf, origin: { org: 'isu', role: 'service' } }, 'sub'],
    ['an origin promoted by its organisation', { ...onBehalf, origin: { ...origin, org: 'operator' } }, 'org'],
    ['an origin that names a prototype', { ...onBehalf, origin: [] }, 'origin'],
  ])('refuse %s', (_, claims, reason) => expect(claimRefused(claims)).toBe(reason));
});
