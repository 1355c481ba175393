import { eventually } from '@isu/testing';
import { AffiliationAlone, askers, insured, jean, karim, nadia, sophie, type Claims } from '../affiliation.spec-kit.js';
import { inventedBirths } from '../searches/searches.spec-kit.js';

let affiliation: AffiliationAlone;
beforeAll(async () => {
  affiliation = await AffiliationAlone.start();
});
afterAll(() => affiliation?.close());

const second = { ...askers.rsiNational, sub: 'rsi:second' };
const search = async (nir: string) =>
  ((await affiliation.ask('POST', '/insured-persons/search', { as: askers.rsiNational, body: { by: 'nir', nir } })).json['found'] as { account: string }[]).map(({ account }) => account); // prettier-ignore
const lettersOf = async (account: string) =>
  ((await affiliation.ask('GET', `/accounts/${account}/messages`, { as: askers.rsiNational })).json['messages'] as { kind: string; state: string }[]).map(({ kind, state }) => `${kind} ${state}`); // prettier-ignore
const provisionalNir = (rank: number): string => {
  const body = `7850169990${String(rank).padStart(3, '0')}`;
  return body + String(97 - Number(BigInt(body) % 97n)).padStart(2, '0');
};

describe('F61 — a provisional NIR gives way to the certified one', () => {
  it('both find the person, who is certified from now on; no topic carries a number', async () => {
    const provisional = provisionalNir(1);
    const account = await affiliation.registered(nadia, { nir: provisional });
    const certify = (nir: string) => affiliation.say(account, 'nir', { nir, reason: 'Retour du SNGI' });
    expect((await certify(provisionalNir(2))).json['code']).toBe('nir-still-provisional');
    const { status, json } = await certify(nadia.nir);
    expect([status, json]).toEqual([201, { account, nirStatus: 'certified' }]);
    expect([await search(provisional), await search(nadia.nir)]).toEqual([[account], [account]]);
    expect((await affiliation.register({ ...demand(nadia), nir: provisional })).json['code']).toBe('already-registered');
    await eventually(async () => (await affiliation.sentOf(account)).at(-1)?.type === 'affiliation.nir-certified.v1');
    expect((await certify(sophie.nir)).json['code']).toBe('nir-already-certified');
    expect(await affiliation.everythingStored()).not.toContain(nadia.nir);
  });
});

describe('F61 S3 — two accounts of one person', () => {
  it('are found, made one by two agents, and the call that was one too many can be withdrawn', async () => {
    const kept = await affiliation.registered(karim);
    const twice = await affiliation.registered(karim, { nir: provisionalNir(3) });
    const claim = await affiliation.say(twice, 'nir', { nir: karim.nir, reason: 'Retour du SNGI' });
    expect([claim.status, claim.json['code'], String(claim.json['detail']).includes(kept)]).toEqual([409, 'nir-of-another', true]);
    const pairs = await affiliation.ask('GET', '/duplicates', { as: askers.rsiNational });
    expect(pairs.json).toEqual([
      { accounts: [kept, twice], because: 'name-email' },
      { accounts: [kept, twice], because: 'siren' },
    ]);

    const shown = await affiliation.ask('GET', `/insured-persons/${twice}/mandate-text`, { as: insured(twice) });
    await affiliation.say(twice, 'mandates', { digest: shown.json['digest'], accepted: true }, insured(twice));
    const { json } = await affiliation.say(twice, 'merges', { into: kept, reason: 'Même NIR' });
    const decide = (as: Claims) =>
      affiliation.say(twice, 'merge-decisions', { proposal: json['id'], accepted: true, reason: 'Vérifié' }, as);
    expect((await decide(askers.rsiNational)).json['code']).toBe('four-eyes');
    expect((await decide(second)).json['state']).toBe('accepted');
    // Nothing is debited under it any more: the mandate goes with the account.
    expect((await affiliation.factsOf(twice)).slice(-2)).toMatchObject([
      { type: 'affiliation.account-merged.v1', data: { into: kept } },
      { type: 'affiliation.mandate-revoked.v1' },
    ]);
    expect(await search(provisionalNir(3))).toEqual([kept]);
    // The notice of affiliation under the number withdrawn was not printed yet: it is not any more; the other one still is.
    expect([await lettersOf(twice), await lettersOf(kept)]).toEqual([['affiliation-notice failed'], ['affiliation-notice waiting']]);
    const card = await affiliation.ask('GET', `/insured-persons/${twice}`, { as: askers.rsiNational });
    expect(card.json['mergedInto']).toBe(kept);
    expect((await affiliation.ask('GET', '/duplicates', { as: askers.rsiNational })).json).toEqual([]);
    const closed = await affiliation.say(twice, 'situation-changes', { from: '2016-05-20', pensioner: true, reason: 'Retraite' });
    expect([closed.status, closed.json['code']]).toEqual([409, 'account-merged']);
    const history = await affiliation.ask('GET', `/insured-persons/${kept}/changes?subject=account`, { as: insured(kept) });
    expect(history.json['changes']).toEqual([expect.objectContaining({ change: 'absorbed', detail: { account: twice } })]);
  });

  let rank = 598;
  it.each<[string, Claims, number]>([
    ['an agent of the caisse, who may see only one of them', askers.rsi12, 403],
    ['an agent of Urssaf', askers.urssafNational, 403],
    ['the person', insured('1200000000176'), 403],
  ])('I9 are not merged by %s', async (_, as, status) => {
    rank += 2;
    const [account = '', other = ''] = [await someone(rank), await someone(rank + 1)];
    expect((await affiliation.say(account, 'merges', { into: other, reason: 'Même NIR' }, as)).status).toBe(status);
    expect((await affiliation.say(account, 'merges', { into: account, reason: 'Même' })).json['code']).toBe('merge-with-itself');
  });
});

describe('F102 — affiliation cannot be refused', () => {
  it('is answered with the law, Limoges 23 March 2015 among it, by letter too; the account stays', async () => {
    const account = await someone(610);
    const { status, json } = await affiliation.say(
      account,
      'affiliation-refusals',
      { reason: 'Je préfère m’assurer ailleurs' },
      insured(account),
    );
    expect([status, json['accountStays'], json['receivedOn']]).toEqual([201, true, '2016-05-20']);
    const [limoges, penalty] = json['sources'] as { reference: string; says: string }[];
    expect(limoges?.reference).toBe('Cour d’appel de Limoges, 23 mars 2015');
    // collection.md: deliberate refusal, 6 months and/or 15 000; incitement, 30 000; only a manual four-eyes act may start one.
    expect(penalty?.says).toMatch(/six mois.*15 000 €.*30 000 €.*second/);
    const { json: situation } = await affiliation.ask('GET', `/insured-persons/${account}/situation`, { as: insured(account) });
    expect(situation['state']).toBe('active');
    const told = await affiliation.ask('GET', `/accounts/${account}/messages`, { as: insured(account) });
    expect((told.json['messages'] as { kind: string }[]).map(({ kind }) => kind)).toContain('affiliation-refusal');
    expect((await affiliation.factsOf(account)).map(({ type }) => type)).toEqual(['affiliation.registered.v1']);
  });
});

describe('F5 — the portal opens profession by profession', () => {
  const openings = async () => (await affiliation.ask('GET', '/portal-openings')).json as unknown as { group: string; open: boolean; instead: string | null }[]; // prettier-ignore
  const set = (as: Claims, opensOn: string | null, group = 'profession-liberale') =>
    affiliation.ask('PUT', `/portal-openings/${group}`, { as, body: { opensOn } });

  it('an operator sets the day; before it the person is told where to go', async () => {
    expect((await set(askers.operator, '2016-05-21')).json).toMatchObject({ open: false, opensOn: '2016-05-21' });
    expect((await openings()).map(({ group, open }) => [group, open])).toEqual([['artisan', true], ['commercant', true], ['profession-liberale', false]]); // prettier-ignore
    expect((await openings())[2]?.instead).toMatch(/3648/);
    expect((await set(askers.operator, '2016-05-20')).json).toMatchObject({ open: true, instead: null });
    expect((await set(askers.operator, '2016-05-20', 'notaire')).status).toBe(404);
    expect((await set(askers.rsiNational, null)).status).toBe(403);
  });
});

describe('F61 — spouse, household, ACCRE over HTTP', () => {
  it('a spouse with an account of their own is linked, and chooses', async () => {
    const [head = '', spouse = ''] = [await someone(620), await someone(621)];
    const link = { spouseAccount: spouse, bond: 'marriage', employees: 2, from: '2016-05-01', reason: 'Mention au registre' };
    expect((await affiliation.say(head, 'spouses', link)).status).toBe(201);
    const chosen = await affiliation.say(head, 'spouse-options', { option: 'shared-half', reason: 'Choix écrit' }, insured(head));
    expect(chosen.json).toEqual([
      { spouseAccount: spouse, from: '2016-05-01', to: null, options: [{ option: 'shared-half', from: '2016-05-01' }] },
    ]);
    expect((await affiliation.factsOf(head)).at(-1)?.data).toEqual({ spouseAccount: spouse, option: 'shared-half', from: '2016-05-01' });
    expect(await collaborationsOf(spouse)).toEqual([{ headAccount: head, from: '2016-05-01', to: null, options: [{ option: 'shared-half', from: '2016-05-01' }] }]); // prettier-ignore
    expect((await affiliation.say(head, 'spouse-ends', { on: '2016-05-19', reason: 'Divorce' })).status).toBe(201);
    expect(await collaborationsOf(spouse)).toMatchObject([{ headAccount: head, to: '2016-05-19' }]);
    expect(await collaborationsOf(head)).toEqual([]);
  });

  /** As the spouse reads it, who may not open the head's account. */
  const collaborationsOf = async (account: string) =>
    (await affiliation.ask('GET', `/insured-persons/${account}/situation`, { as: insured(account) })).json['collaborations'];

  it('a dependant has a reason and an end, is sealed, and never leaves on a topic', async () => {
    const account = await someone(630);
    const child = { familyName: 'Haddad', givenNames: 'Zélie', birthDate: '2010-04-01', reason: 'child', from: '2016-01-01' };
    const added = await affiliation.say(account, 'dependants', child, insured(account));
    expect([added.status, added.json['until']]).toEqual([201, '2028-12-31']);
    expect(added.text).not.toContain('Zélie');
    const list = await affiliation.ask('GET', `/insured-persons/${account}/household`, { as: insured(account) });
    expect(list.json).toEqual([expect.objectContaining({ givenNames: 'Zélie', until: '2028-12-31' })]);
    const ended = await affiliation.say(account, 'dependant-ends', { dependant: added.json['id'], on: '2016-05-20', reason: 'Garde' });
    expect(ended.json['until']).toBe('2016-05-20');
    expect(await affiliation.everythingStored()).not.toContain('Zélie');
    expect((await affiliation.factsOf(account)).map(({ type }) => type)).toEqual(['affiliation.registered.v1']);
  });

  it('R2 a dependant told of twenty times at once is one, ended twenty times at once ends once; a twin is another one', async () => {
    const account = await someone(631);
    const child = { familyName: 'Haddad', givenNames: 'Zélie', birthDate: '2010-04-01', reason: 'child', from: '2016-01-01' };
    const add = (changes: object = {}) => affiliation.say(account, 'dependants', { ...child, ...changes }, insured(account));
    const twenty = (one: () => Promise<{ status: number }>) => Promise.all(Array.from({ length: 20 }, async () => (await one()).status));
    const once = [201, ...Array.from({ length: 19 }, () => 422)];
    expect((await twenty(add)).sort()).toEqual(once);
    const { status, json } = await add({ givenNames: 'Line' });
    expect(status).toBe(201);
    const end = () => affiliation.say(account, 'dependant-ends', { dependant: json['id'], on: '2016-05-20', reason: 'Garde' });
    expect((await twenty(end)).sort()).toEqual(once);
    // Covered again from a later day.
    expect((await add({ givenNames: 'Line', from: '2016-05-21' })).status).toBe(201);
  });

  it('ACCRE asked for in time is decided by Urssaf, or by its silence', async () => {
    const [decided = '', silent = ''] = [await someone(640, '2016-04-10'), await someone(641, '2016-04-10')];
    for (const account of [decided, silent]) expect((await affiliation.say(account, 'acre-requests', { complete: true }, insured(account))).json['decideBy']).toBe('2016-06-20'); // prettier-ignore
    expect((await affiliation.say(decided, 'acre-requests', { complete: true })).json['code']).toBe('acre-requested');
    const refused = await affiliation.say(decided, 'acre-decisions', { granted: false, reason: 'Activité antérieure' }, askers.urssaf12);
    expect(refused.json).toMatchObject({ decision: 'refused', bySilence: false });
    expect((await affiliation.factsOf(decided)).at(-1)?.data).toEqual({ decision: 'refused', from: '2016-04-10' });
    expect((await affiliation.say(decided, 'acre-decisions', { granted: true, reason: 'Non' }, askers.rsi12)).status).toBe(403);
    await affiliation.database.query(`UPDATE affiliation.acre_request SET decide_by = '2016-05-19' WHERE account = $1`, [silent]);
    expect(await affiliation.acceptSilentAcre()).toBe(1);
    expect(await affiliation.acceptSilentAcre()).toBe(0);
    const said = (await affiliation.factsOf(silent)).at(-1);
    expect([said?.effectiveon, said?.data]).toEqual(['2016-05-20', { decision: 'granted', from: '2016-04-10' }]);
  });

  it('F63 F7 a liberal is of the national fund, and is directed to the CNAVPL for the pension; sickness-maternity is 6,5 % in 2016 (contributions.md)', async () => {
    const [nir] = inventedBirths(1, 660);
    const account = await affiliation.registered(karim, {
      nir,
      group: 'profession-liberale',
      fund: '29',
      siret: undefined,
      iban: undefined,
    });
    const pages = (await affiliation.ask('GET', `/insured-persons/${account}/guide`, { as: insured(account) })).json as unknown as {
      id: string;
      text: string;
    }[];
    const liberal = pages.find(({ id }) => id === 'cotisations-liberal')?.text ?? '';
    expect(account.slice(0, 2)).toBe('29');
    expect(liberal).toContain('CNAVPL');
    expect(liberal).toMatch(/6,5\s%/);
    expect(pages.map(({ id }) => id).filter((id) => /artisan|commercant|conjoint|retraite/.test(id))).toEqual([]);
  });

  it('F11 F10 the guide follows the situation, and the regulation is searched without signing in', async () => {
    const account = await affiliation.registered(jean);
    const guide = async (on: string) =>
      ((await affiliation.ask('GET', `/insured-persons/${account}/guide?on=${on}`, { as: insured(account) })).json as unknown as { id: string }[]).map(({ id }) => id); // prettier-ignore
    await affiliation.say(account, 'situation-changes', { from: '2016-06-01', regime: 'micro-social', reason: 'Option' });
    expect([(await guide('2016-05-31')).includes('micro-entrepreneur'), (await guide('2016-06-01')).includes('micro-entrepreneur')]).toEqual([false, true]); // prettier-ignore
    const { status, json } = await affiliation.ask('GET', `/regulation?words=${encodeURIComponent('invalidité décès')}`);
    expect([status, (json as unknown as { id: string }[])[0]?.id]).toEqual([200, 'disability-death']);
  });
});

const demand = (persona: typeof nadia) => ({
  ...{ familyName: persona.lastName, givenNames: persona.firstName, birthDate: persona.bornOn, group: 'artisan', startedOn: '2016-01-01' },
  ...{ department: '69', fund: '26' },
});
const someone = (rank: number, startedOn = '2016-01-01') =>
  affiliation.registered(karim, { nir: inventedBirths(1, rank)[0], startedOn, iban: undefined, siret: undefined, email: undefined });
