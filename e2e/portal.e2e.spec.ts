import { createPrivateKey, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { paymentsBatch, sendBatch, SystemClient } from '@isu/isu';
import { eventually, personas } from '@isu/testing';
import { AccountNumber } from '@isu/values';
import { PortalBrowser, type Answered } from './portal-browser.js';
import { RunningSystem } from './running-system.js';
import { demandFor, moveIn, national, type TwoPeople } from './two-people.js';

const password = 'girafe tambour lundi';
const patience = { withinMs: 30_000 };

let system: RunningSystem;
let people: TwoPeople;
let url: string;
beforeAll(async () => {
  system = await RunningSystem.start();
  people = await moveIn(system);
  url = system.url;
}, 180_000);
afterAll(() => system?.remove());

const courier = async (): Promise<string> => (await fetch(`${url}/courrier`)).text();
const linksIn = (page: string): string[] => [...page.matchAll(/\/mot-de-passe#([\w-]{43})"/g)].map(([, token]) => token ?? '');
const withoutInstance = ({ text }: Answered): string => text.replace(/"instance":"[^"]*"/, '');
const part = (page: Answered, name: string) =>
  (page.json as { parts: Record<string, { state: string; data?: unknown; says?: string }> }).parts[name];

/** Asks for an account, and answers the token of the link that comes by mail. */
async function openingLink(browser: PortalBrowser, { nir, email }: { nir: string; email: string }): Promise<string> {
  const before = linksIn(await courier()).length;
  await browser.ask('POST', 'account-openings', { json: { nir, email } });
  await eventually(async () => linksIn(await courier()).length > before, patience);
  return linksIn(await courier())[0] ?? '';
}

describe('F1, F2 — an account opened with a NIR and an e-mail', () => {
  let karim: PortalBrowser;

  it('F1 answers the same bytes for a NIR that is known, one that is not, and an e-mail that is not held', async () => {
    const browser = await PortalBrowser.open(url);
    const ask = (nir: string, email: string) => browser.ask('POST', 'account-openings', { json: { nir, email } });
    const answers = [await ask(personas.nadia.nir, 'autre@exemple.example'), await ask(personas.jean.nir, personas.jean.email)];
    expect(answers.map(({ status }) => status)).toEqual([202, 202]);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  });

  it('F2 sends a link within the minute, to the e-mail that affiliation holds and to nobody else', async () => {
    karim = await PortalBrowser.open(url);
    const token = await openingLink(karim, personas.karim);
    expect(token).toMatch(/^[\w-]{43}$/);
    const page = await courier();
    expect(page).toContain(personas.karim.email);
    expect(page).not.toContain('autre@exemple.example');
    expect(page).not.toContain(personas.jean.email);

    expect((await karim.ask('POST', 'one-time-links/check', { json: { token } })).json).toMatchObject({ kind: 'link' });
    const weak = await karim.ask('POST', 'passwords', { json: { token, password: 'motdepasse123' } });
    expect([weak.status, weak.json['code']]).toEqual([422, 'password-too-weak']);
    const entered = await karim.enter('passwords', { token, password });
    expect([entered.status, entered.json.who]).toEqual([201, expect.objectContaining({ kind: 'insured', account: people.karim })]);

    const again = await (await PortalBrowser.open(url)).ask('POST', 'passwords', { json: { token, password: 'autre tambour mardi' } });
    const guessed = await (await PortalBrowser.open(url)).ask('POST', 'passwords', { json: { token: 'A'.repeat(43), password } });
    expect([again.status, guessed.status]).toEqual([410, 410]);
    expect(withoutInstance(again)).toBe(withoutInstance(guessed));
  });

  it('R15 a wrong password and an unknown e-mail are one answer; the right one enters under a new cookie, and the one before is nobody’s (fixation)', async () => {
    const browser = await PortalBrowser.open(url);
    const planted = browser.cookie;
    const wrong = await browser.ask('POST', 'sessions', { json: { email: personas.karim.email, password: 'brouette ardoise pluie' } });
    const nobody = await browser.ask('POST', 'sessions', {
      json: { email: 'personne@exemple.example', password: 'brouette ardoise pluie' },
    });
    expect([wrong.status, nobody.status]).toEqual([401, 401]);
    expect(withoutInstance(nobody)).toBe(withoutInstance(wrong));

    expect((await browser.enter('sessions', { email: personas.karim.email.toUpperCase(), password })).status).toBe(201);
    expect(browser.cookie).not.toBe(planted);
    const thief = new PortalBrowser(url);
    thief.cookie = planted;
    expect((await thief.session()).who).toEqual({ kind: 'nobody' });
    expect((await thief.ask('GET', 'my/home')).status).toBe(401);
  });

  it('F2 another password ends the sessions of every device', async () => {
    expect((await karim.ask('GET', 'my/home')).status).toBe(200);
    const elsewhere = await PortalBrowser.open(url);
    const before = linksIn(await courier()).length;
    await elsewhere.ask('POST', 'password-resets', { json: { email: personas.karim.email } });
    await eventually(async () => linksIn(await courier()).length > before, patience);
    const token = linksIn(await courier())[0] ?? '';
    expect((await elsewhere.enter('passwords', { token, password: 'brouette ardoise vendredi' })).status).toBe(201);
    expect((await karim.ask('GET', 'my/home')).status).toBe(401);
    expect((await elsewhere.ask('GET', 'my/home')).status).toBe(200);
    expect((await elsewhere.ask('DELETE', 'sessions/current')).status).toBe(200);
    expect((await elsewhere.ask('GET', 'my/home')).status).toBe(401);
  });

  it('R15 many tries are slowed down, with Retry-After, for an e-mail that is known and for one that is not', async () => {
    for (const email of [personas.karim.email, 'inconnue@exemple.example']) {
      const browser = await PortalBrowser.open(url);
      const tries: Answered[] = [];
      for (let n = 0; n < 12; n += 1)
        tries.push(await browser.ask('POST', 'sessions', { json: { email, password: `essai ${String(n)} tambour` } }));
      const refused = tries.find(({ status }) => status === 429);
      expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(tries.every(({ status }) => status === 401 || status === 429)).toBe(true);
    }
  });
});

describe('I9 — requests that no page of ours makes', () => {
  const attempt = { email: 'personne@exemple.example', password: 'x' };

  it.each<[string, (browser: PortalBrowser) => Record<string, string>]>([
    ['without a token', () => ({ 'isu-csrf': '' })],
    ['with another session’s token', () => ({ 'isu-csrf': 'A'.repeat(43) })],
    ['from another site', () => ({ origin: 'https://ailleurs.example' })],
    ['from a sandboxed frame', () => ({ origin: 'null' })],
    ['that the browser calls cross-site', () => ({ 'sec-fetch-site': 'cross-site' })],
    ['that a neighbouring host makes', () => ({ 'sec-fetch-site': 'same-site' })],
    ['without a cookie', () => ({ cookie: '' })],
  ])('a change %s is refused before it is read', async (_, headersOf) => {
    const browser = await PortalBrowser.open(url);
    const answer = await browser.ask('POST', 'sessions', { json: attempt, headers: headersOf(browser) });
    expect([answer.status, answer.json['code']]).toEqual([403, 'forged-request']);
  });

  it('a form, which needs no script to be sent, is refused', async () => {
    const browser = await PortalBrowser.open(url);
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await browser.ask('POST', 'sessions', { json: attempt, headers });
    expect(answer.status).toBe(415);
  });

  it('another site learns nothing by reading', async () => {
    const browser = await PortalBrowser.open(url);
    expect((await browser.ask('GET', 'session', { headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(403);
  });

  it('the cookie is of this host alone, out of reach of scripts and of other sites’ requests', async () => {
    const { headers } = await new PortalBrowser(url).ask('GET', 'session');
    expect(headers.getSetCookie()).toEqual([expect.stringMatching(/^__Host-isu=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax$/)]);
  });
});

describe('F23, F52, N1 — two agents of two organisations at the desk', () => {
  let odile: PortalBrowser;
  let karimAgent: PortalBrowser;
  const purpose = 'Réclamation du 12 mai';
  const open = (browser: PortalBrowser, account: string) => browser.ask('POST', 'desk/openings', { json: { account, purpose } });

  beforeAll(async () => {
    [odile, karimAgent] = await Promise.all([PortalBrowser.open(url), PortalBrowser.open(url)]);
    expect(await odile.signInAgent('rsi:helene')).toBe('/bureau');
    expect(await karimAgent.signInAgent('urssaf:sophie')).toBe('/bureau');
  });

  it('F52 open the same account at once, and see the same fingerprint and the same lines', async () => {
    const pages = await Promise.all(
      [odile, karimAgent].map(async (browser) => {
        expect((await open(browser, people.karim)).status).toBe(201);
        return browser.ask('GET', `desk/accounts/${people.karim}`);
      }),
    );
    const viewsOf = (page: Answered) =>
      (page.json as { parts: { views: Record<string, { data: { fingerprint: string; book: unknown } }> } }).parts.views;
    const [one, other] = pages.map(viewsOf);
    expect(one?.['benefits']?.data).toEqual(other?.['benefits']?.data);
    expect((pages[0]?.json as { comparison: { verdict: string } }).comparison.verdict).toBe('same');
    expect(part(pages[0] as Answered, 'rights')?.state).toBe('ok');
    expect(part(pages[1] as Answered, 'rights')?.state).toBe('closed');
  });

  it('F52 an account that was not opened is not shown, and why it was opened is told to the person', async () => {
    expect((await odile.ask('GET', `desk/accounts/${people.nadia}`)).json['code']).toBe('opening-required');
    const person = await PortalBrowser.open(url);
    await person.enter('passwords', { token: await openingLink(person, personas.nadia), password });
    await open(odile, people.nadia);
    const { json } = await person.ask<{ readings: { purpose: string; organisation: string }[] }>('GET', 'my/readings');
    expect(json.readings[0]).toMatchObject({ purpose, organisation: 'rsi' });
    expect(JSON.stringify(json)).not.toContain('helene');
  });

  it('I9 another fund’s account is refused in the words of one that does not exist', async () => {
    const regional = await PortalBrowser.open(url);
    await regional.signInAgent('rsi:bruno');
    const far = await open(regional, people.karim);
    const absent = await open(regional, AccountNumber.make('26', 99_999).toString());
    expect([far.status, absent.status]).toEqual([404, 404]);
    expect(withoutInstance(far)).toBe(withoutInstance(absent));
    const { json } = await regional.ask<{ found: unknown[] }>('POST', 'desk/searches', {
      json: { by: 'nir', nir: personas.karim.nir, purpose },
    });
    expect(json.found).toEqual([]);
  });

  it('N3, N2 facts with who holds them, the account as each organisation knew it, and why each euro', async () => {
    const { json } = await odile.ask<{ facts: { learnedAt: Record<string, string | null> }[] }>(
      'GET',
      `desk/accounts/${people.karim}/facts`,
    );
    expect(json.facts.length).toBeGreaterThan(3);
    expect(json.facts.every(({ learnedAt }) => Object.keys(learnedAt).length === 3)).toBe(true);
    for (const by of ['rsi', 'urssaf']) {
      const known = await odile.ask('GET', `desk/accounts/${people.karim}/known?on=2016-05-20&by=${by}`);
      expect(part(known, 'view')?.state).toBe('ok');
    }
    const contributions = await odile.ask('GET', `desk/accounts/${people.karim}/contributions/2016`);
    expect(JSON.stringify(part(contributions, 'versions'))).toContain('"restsOn":[{');
  });

  it('I9 the callback of a sign-in that this browser did not begin signs nobody in', async () => {
    const stranger = await PortalBrowser.open(url);
    const answer = await stranger.ask('GET', 'agents/callback?code=abc&state=def');
    expect(answer.headers.get('location')).toBe('/connexion?agent=recommencer');
    expect((await stranger.session()).who).toEqual({ kind: 'nobody' });
  });
});

describe('F3, F30 — Mon compte, live, and with one service stopped', () => {
  let karim: PortalBrowser;
  beforeAll(async () => {
    karim = await PortalBrowser.open(url);
    await karim.enter('passwords', { token: await openingLink(karim, personas.karim), password });
  });

  it('F16, F18, F23, F29, F31 shows every page whole, with its proof', async () => {
    const pages: Record<string, readonly string[]> = {
      'my/home': ['person', 'account', 'standing', 'rights', 'readings'],
      'my/summary': ['periods', 'account', 'standing'],
      'my/summary?on=2016-05-20': ['periods', 'account', 'standing'],
      'my/incomes?year=2015': ['incomes'],
      'my/contributions/2016': ['versions', 'account'],
      'my/instalments?from=2016-01-01&to=2016-12-31': ['instalments'],
      'my/payments': ['payments'],
    };
    for (const [path, parts] of Object.entries(pages)) {
      const page = await karim.ask('GET', path);
      expect([path, page.status, ...parts.map((name) => part(page, name)?.state)]).toEqual([path, 200, ...parts.map(() => 'ok')]);
    }
    const { json } = await karim.ask('GET', 'my/payments');
    expect(json).toMatchObject({
      parts: { payments: { data: { view: { fingerprint: expect.any(String) }, figures: [{ amount: '100' }] } } },
    });
  });

  it('I7 F17 gives the statement and the journal as they were known on a day, and refuses a day to come in the words of the service', async () => {
    const statement = await karim.ask('GET', 'my/statement/pdf?on=2016-05-20');
    expect([statement.status, statement.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    const journal = await karim.ask('GET', 'my/journal/csv?on=2016-05-20');
    expect(journal.headers.get('content-disposition')).toBe('attachment; filename="journal-du-compte-2016-05-20.csv"');
    expect(journal.text).toMatch(/^\ufeff?Écriture;Date d’effet;/);
    for (const path of ['my/summary', 'my/journal/csv']) {
      expect((await karim.ask('GET', `${path}?on=2016-05-21`)).json).toMatchObject({ status: 422, code: 'known-day-not-come' });
    }
  });

  it('I9 has no way to name another’s account', async () => {
    expect((await karim.ask('GET', `desk/accounts/${people.nadia}`)).status).toBe(403);
    expect((await karim.ask('GET', `my/home?account=${people.nadia}`)).text).not.toContain(people.nadia);
  });

  it('I9 R15 an act is said of one’s own account alone, by a page of ours, under the token of one’s own session', async () => {
    const stranger = await PortalBrowser.open(url);
    const say = (browser: PortalBrowser, path: string, headers: Record<string, string> = {}, more: object = {}) =>
      browser.ask('POST', path, { json: { phone: '06 99 00 00 01', ...more }, headers: { 'idempotency-key': randomUUID(), ...headers } });
    const before = await contactsOf();
    const forged: Record<string, string>[] = [{ 'isu-csrf': '' }, { 'isu-csrf': stranger.csrf }, { origin: 'https://ailleurs.example' }, { 'sec-fetch-site': 'cross-site' }]; // prettier-ignore
    for (const headers of forged) expect([headers, (await say(karim, 'my/acts/contact', headers)).status]).toEqual([headers, 403]);
    // Another's account: the desk is shut, its name in the address says nothing, in the body it is refused.
    const tries = [
      await say(karim, `desk/accounts/${people.nadia}/acts/contact`),
      await say(karim, 'desk/funds/26/acts/news'),
      await say(karim, 'my/acts/contact', {}, { account: people.nadia }),
      await say(karim, `my/acts/contact%2F..%2F..%2F${people.nadia}`),
      await say(karim, 'my/acts/nir'),
    ];
    expect(tries.map(({ status }) => status)).toEqual([403, 403, 400, 404, 404]);
    expect(await contactsOf()).toEqual(before);
  });

  it('I9 R15 an agent acts on an account that they opened, within their reach, and for their own caisse', async () => {
    const bruno = await PortalBrowser.open(url);
    await bruno.signInAgent('rsi:bruno');
    const say = (path: string, json: object, headers: Record<string, string> = {}) =>
      bruno.ask('POST', path, { json, headers: { 'idempotency-key': randomUUID(), ...headers } });
    const before = await contactsOf();
    const contact = { phone: '06 99 00 00 02', reason: 'Appel' };
    for (const account of [people.karim, people.nadia])
      expect((await say(`desk/accounts/${account}/acts/contact`, contact)).json['code']).toBe('opening-required');
    const news = { title: 'Fermeture le lundi', text: 'L’accueil est fermé lundi.' };
    expect((await say('desk/funds/26/acts/news', news, { 'isu-csrf': '' })).status).toBe(403);
    const published = await Promise.all(['12', '26'].map((fund) => say(`desk/funds/${fund}/acts/news`, news)));
    expect(published.map(({ status }) => status)).toEqual([404, 200]);
    const page = await bruno.ask('GET', 'desk/funds/26');
    expect(JSON.stringify(part(page, 'news'))).toContain('Fermeture le lundi');
    expect(await contactsOf()).toEqual(before);
  });

  /** As affiliation holds them: nothing of what was tried is there. */
  const contactsOf = () =>
    Promise.all(
      [people.karim, people.nadia].map(async (account) => (await new SystemClient(url).get(`/api/affiliation/v1/insured-persons/${account}/contact`, national)).body), // prettier-ignore
    );

  it('F30 an accepted payment is told to the open page within 5 s, and nothing of what it is', async () => {
    const stream = await fetch(`${url}/api/portal/v1/my/events`, { headers: { cookie: karim.cookie } });
    const reader = (stream.body as ReadableStream<Uint8Array>).getReader();
    await reader.read();
    const key = createPrivateKey(readFileSync(join(system.folder, 'partner-urssaf.pem'), 'utf8'));
    const client = new SystemClient(url);
    const first = paymentsBatch({
      ...{ number: 1, businessDate: '2016-05-19', previousDigest: null },
      records: [{ type: 'payment', reference: 'URS-1', account: people.karim, amount: '100', valueOn: '2016-05-19', means: 'transfer' }],
    });
    const batch = paymentsBatch({
      ...{ number: 2, businessDate: '2016-05-20', previousDigest: first.digest },
      records: [{ type: 'payment', reference: 'URS-2', account: people.karim, amount: '250', valueOn: '2016-05-20', means: 'transfer' }],
    });
    const startedAt = performance.now();
    await sendBatch(client, batch, key);
    const text = Buffer.from((await reader.read()).value ?? []).toString();
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    expect(text).toMatch(/^event: account-changed\ndata: \{"author":"[a-z-]+","type":"[a-z0-9.-]+","seq":\d+\}\n\n/);
    expect(text).not.toContain(people.karim);
    await reader.cancel();
    await eventually(async () => JSON.stringify((await karim.ask('GET', 'my/payments')).json).includes('"250"'), patience);
  });

  it.each(['collection', 'benefits', 'affiliation', 'urssaf-sync'])(
    'F3 with %s stopped the pages answer, and say what is missing',
    async (name) => {
      const turn = (act: string) =>
        fetch(`${url}/demonstration/services/${name}/${act}`, { method: 'POST', headers: { 'isu-demonstration': '1' } });
      expect((await turn('stop')).status).toBe(204);
      try {
        const home = await karim.ask('GET', 'my/home');
        expect(home.status).toBe(200);
        expect([part(home, 'account')?.state, part(home, 'standing')?.state]).toEqual(['ok', 'ok']);
        const missing = { affiliation: 'person', benefits: 'rights' }[name];
        if (missing) expect(part(home, missing)).toMatchObject({ state: 'missing', says: expect.stringContaining('ne répond pas') });
        expect(part(await karim.ask('GET', 'my/instalments'), 'instalments')?.state).toBe('ok');
        const summary = await karim.ask('GET', 'my/summary');
        expect(part(summary, 'periods')?.state).toBe(name === 'collection' ? 'missing' : 'ok');
      } finally {
        expect((await turn('start')).status).toBe(204);
        // An author that has come back hears its readers before it writes.
        await eventually(async () => (await fetch(`${url}/health/ready`)).status === 200, patience);
      }
    },
  );
});

describe('F85 — a micro-entrepreneur', () => {
  it('sees Déclaration and none of the tabs that are not theirs, also by direct address', async () => {
    const client = new SystemClient(url);
    const demand = { ...demandFor(personas.sophie, '31'), regime: 'micro-social' };
    await client.post('/api/affiliation/v1/insured-persons', { as: national, json: demand });
    const browser = await PortalBrowser.open(url);
    const { json } = await browser.enter('passwords', { token: await openingLink(browser, personas.sophie), password });
    expect(json.who).toMatchObject({ kind: 'insured', hiddenTabs: ['incomes', 'contributions', 'instalments'] });
    const statuses = ['my/incomes', 'my/contributions/2016', 'my/instalments', 'my/home', 'my/payments'].map(
      async (path) => (await browser.ask('GET', path)).status,
    );
    expect(await Promise.all(statuses)).toEqual([404, 404, 404, 200, 200]);
  });
});

describe('the doors of the portal: anonymous, insured, agent × route', () => {
  const doors: Readonly<Record<string, 'anyone' | 'insured' | 'agent'>> = {
    'GET /session': 'anyone',
    'DELETE /sessions/current': 'anyone',
    'POST /account-openings': 'anyone',
    'POST /password-resets': 'anyone',
    'POST /one-time-links/check': 'anyone',
    'POST /passwords': 'anyone',
    'POST /sessions': 'anyone',
    'GET /agents/sign-in': 'anyone',
    'GET /agents/callback': 'anyone',
    'GET /payment-to-rights': 'anyone',
    'GET /demo-people': 'anyone',
    'POST /demo-sessions': 'anyone',
    'GET /my/home': 'insured',
    'GET /my/summary': 'insured',
    'GET /my/incomes': 'insured',
    'GET /my/contributions/{year}': 'insured',
    'GET /my/instalments': 'insured',
    'GET /my/payments': 'insured',
    'GET /my/readings': 'insured',
    'GET /my/events': 'insured',
    'GET /my/documents': 'insured',
    'GET /my/estimates': 'insured',
    'GET /my/family': 'insured',
    'GET /my/file': 'insured',
    'GET /my/fund': 'insured',
    'GET /my/guide': 'insured',
    'GET /my/mandate-text': 'insured',
    'GET /my/notices/{year}/{version}/pdf': 'insured',
    'GET /my/periodicity': 'insured',
    'GET /my/debits': 'insured',
    'GET /my/online-payments': 'insured',
    'GET /my/receipts/{payment}/pdf': 'insured',
    'GET /my/refunds': 'insured',
    'GET /my/regulation': 'insured',
    'GET /my/statement/pdf': 'insured',
    'GET /my/journal/csv': 'insured',
    'GET /my/turnovers': 'insured',
    'POST /my/acts/{act}': 'insured',
    'POST /desk/searches': 'agent',
    'POST /desk/openings': 'agent',
    'GET /desk/accounts/{account}': 'agent',
    'GET /desk/accounts/{account}/facts': 'agent',
    'GET /desk/accounts/{account}/contributions/{year}': 'agent',
    'GET /desk/accounts/{account}/known': 'agent',
    'GET /desk/accounts/{account}/events': 'agent',
    'GET /desk/accounts/{account}/documents': 'agent',
    'GET /desk/accounts/{account}/file': 'agent',
    'GET /desk/accounts/{account}/notices/{year}/{version}/pdf': 'agent',
    'GET /desk/accounts/{account}/receipts/{payment}/pdf': 'agent',
    'GET /desk/accounts/{account}/statement/pdf': 'agent',
    'GET /desk/accounts/{account}/journal/csv': 'agent',
    'GET /desk/accounting-days': 'agent',
    'GET /desk/accounting-days/{day}': 'agent',
    'GET /desk/flows/{partner}/{flow}/give-ups': 'agent',
    'POST /desk/flows/{partner}/{flow}/give-ups': 'agent',
    'POST /desk/flows/{partner}/{flow}/give-ups/{id}/approval': 'agent',
    'POST /desk/flows/{partner}/{flow}/give-ups/{id}/refusal': 'agent',
    'GET /desk/to-be-matched': 'agent',
    'GET /desk/to-be-matched/{id}': 'agent',
    'POST /desk/to-be-matched/{id}/searches': 'agent',
    'POST /desk/to-be-matched/{id}/proposals': 'agent',
    'POST /desk/to-be-matched/{id}/proposals/{proposal}/approval': 'agent',
    'POST /desk/to-be-matched/{id}/proposals/{proposal}/refusal': 'agent',
    'GET /desk/refunds': 'agent',
    'GET /desk/duplicates': 'agent',
    'GET /desk/returned-debits': 'agent',
    'GET /desk/funds': 'agent',
    'GET /desk/funds/{code}': 'agent',
    'POST /desk/funds/{code}/acts/{act}': 'agent',
    'POST /desk/accounts/{account}/acts/{act}': 'agent',
    'POST /desk/registrations': 'agent',
    'GET /desk/flows': 'agent',
    'GET /desk/flows/{partner}/{flow}/batches/{number}': 'agent',
    'GET /desk/flows/{partner}/{flow}/sent-batches': 'agent',
    'GET /desk/flows/{partner}/{flow}/sent-batches/{number}': 'agent',
    'POST /desk/flows/{partner}/{flow}/sent-batches/{number}/sendings': 'agent',
    'GET /desk/anomalies': 'agent',
    'GET /desk/anomalies/{id}': 'agent',
    'GET /desk/reconciliation': 'agent',
    'PUT /desk/anomalies/{id}/assignment': 'agent',
    'POST /desk/anomalies/{id}/proposals': 'agent',
    'POST /desk/anomalies/{id}/proposals/{proposal}/approval': 'agent',
    'POST /desk/anomalies/{id}/proposals/{proposal}/refusal': 'agent',
  };

  it('I9 every route that the portal publishes has a door here, and no other', async () => {
    const document = (await (await fetch(`${url}/api/portal/v1/openapi.json`)).json()) as { paths: Record<string, object> };
    const published = Object.entries(document.paths).flatMap(([path, verbs]) =>
      Object.keys(verbs).map((verb) => `${verb.toUpperCase()} ${path.slice('/api/portal/v1'.length)}`),
    );
    expect(published.sort()).toEqual(Object.keys(doors).sort());
  });

  it('I9 each opens to those it is for, and says to the others what they lack', async () => {
    const [anonymous, insured, agent] = await Promise.all([PortalBrowser.open(url), PortalBrowser.open(url), PortalBrowser.open(url)]);
    await insured.enter('passwords', { token: await openingLink(insured, personas.nadia), password });
    await agent.signInAgent('cell:yann');
    for (const [route, door] of Object.entries(doors)) {
      if (door === 'anyone' || route.endsWith('/events')) continue;
      const [method = '', template = ''] = route.split(' ');
      const path = template.slice(1).replace('{account}', people.karim).replace('{year}', '2016');
      for (const [kind, browser] of [
        ['nobody', anonymous],
        ['insured', insured],
        ['agent', agent],
      ] as const) {
        const { status, json } = await browser.ask(method, path, method === 'GET' ? {} : { json: {} });
        const shut = kind === 'nobody' ? 'sign-in-required' : 'not-for-you';
        if (kind === door) expect([route, kind, json['code']]).not.toEqual([route, kind, 'not-for-you']);
        else expect([route, kind, status, json['code']]).toEqual([route, kind, kind === 'nobody' ? 401 : 403, shut]);
      }
    }
  });
});
