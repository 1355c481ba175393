import { AccountNumber } from '@isu/values';
import { comeInAs, comeInAsAgent } from './visitor-doors.js';
import { house, inhabitant } from './house.js';
import { choosePasswordByMail } from './mailed-link.js';
import { moveIn, nirOfNewcomer } from './newcomers.js';
import { sharedBrowser, Visitor } from './visitor.js';

afterAll(async () => (await sharedBrowser()).close());

const api = `${house.url}/api/portal/v1`;
const cookieName = '__Host-isu';

interface Asked {
  readonly method?: string;
  readonly cookie?: string;
  readonly csrf?: string;
  readonly origin?: string;
  readonly site?: string;
  readonly body?: unknown;
}

/** What a program sends that is not one of our pages. */
function send(path: string, { method = 'POST', cookie, csrf, origin = house.url, site = 'same-origin', body }: Asked): Promise<Response> {
  const headers = new Headers({ origin, 'sec-fetch-site': site });
  if (cookie !== undefined) headers.set('cookie', `${cookieName}=${cookie}`);
  if (csrf !== undefined) headers.set('isu-csrf', csrf);
  if (body !== undefined) headers.set('content-type', 'application/json');
  return fetch(`${api}/${path}`, { method, headers, body: body === undefined ? null : JSON.stringify(body) });
}

const cookieOf = async (visitor: Visitor): Promise<string> =>
  (await visitor.context.cookies()).find(({ name }) => name === cookieName)?.value ?? '';

const tokenOf = async (cookie?: string): Promise<{ csrf: string; cookie: string }> => {
  const answer = await send('session', { method: 'GET', ...(cookie === undefined ? {} : { cookie }) });
  const given = new RegExp(`${cookieName}=([^;]+)`).exec(answer.headers.get('set-cookie') ?? '')?.[1];
  return { csrf: ((await answer.json()) as { csrfToken: string }).csrfToken, cookie: given ?? cookie ?? '' };
};

describe('I9 what is refused', () => {
  let visitor: Visitor;
  beforeEach(async () => (visitor = await Visitor.arrive('desk')));
  afterEach(() => visitor.leave());

  it('an insured person has no way to another’s account: the desk is closed, and there is no address with a number', async () => {
    await comeInAs(visitor, inhabitant('karim'));
    const cookie = await cookieOf(visitor);
    const { csrf } = await tokenOf(cookie);
    const other = inhabitant('nadia').account;
    for (const path of [`desk/accounts/${other}`, `desk/accounts/${other}/facts`, `desk/accounts/${other}/events`]) {
      expect((await send(path, { method: 'GET', cookie })).status).toBe(403);
    }
    expect((await send('desk/openings', { cookie, csrf, body: { account: other, purpose: 'Curiosité' } })).status).toBe(403);
    expect((await send('desk/searches', { cookie, csrf, body: { by: 'account', account: other, purpose: 'Curiosité' } })).status).toBe(403);
  });

  it('an account of another fund is as absent as one that does not exist, in the same words', async () => {
    await comeInAsAgent(visitor, 'Odile Marchand');
    const cookie = await cookieOf(visitor);
    const { csrf } = await tokenOf(cookie);
    const answers = [];
    for (const account of [inhabitant('nadia').account, AccountNumber.make('13', 999_999).toString()]) {
      const opened = await send('desk/openings', { cookie, csrf, body: { account, purpose: 'Dossier 12' } });
      const read = await send(`desk/accounts/${account}`, { method: 'GET', cookie });
      const strip = async (answer: Response) => (await answer.text()).replace(/"instance":"[^"]*"/, '');
      answers.push({ opened: opened.status, openedText: await strip(opened), read: read.status, readText: await strip(read) });
    }
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]!.opened).toBeGreaterThanOrEqual(400);
    const found = await send('desk/searches', {
      cookie,
      csrf,
      body: { by: 'account', account: inhabitant('nadia').account, purpose: 'Dossier 12' },
    });
    expect(((await found.json()) as { found: unknown[] }).found).toEqual([]);
  });

  it('an account that was not opened for a purpose is not shown', async () => {
    await comeInAsAgent(visitor, 'Yann Le Goff');
    const answer = await send(`desk/accounts/${inhabitant('manon.carpentier').account}`, {
      method: 'GET',
      cookie: await cookieOf(visitor),
    });
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([403, 'opening-required']);
  });

  it('CSRF: without the token, with another session’s, from another origin or another site', async () => {
    await comeInAs(visitor, inhabitant('karim'));
    const cookie = await cookieOf(visitor);
    const { csrf } = await tokenOf(cookie);
    const { csrf: foreign } = await tokenOf();
    const attempts: Asked[] = [
      { cookie },
      { cookie, csrf: foreign },
      { cookie, csrf, origin: 'https://ailleurs.example' },
      { cookie, csrf, site: 'cross-site' },
      { cookie, csrf: `${csrf}x` },
    ];
    for (const attempt of attempts) expect((await send('sessions/current', { method: 'DELETE', ...attempt })).status).toBe(403);
    const still = await send('my/home', { method: 'GET', cookie });
    expect(still.status).toBe(200);
  });

  it('fixation: a planted session is not taken over, and is worth nothing after the sign-in', async () => {
    const planted = 'A'.repeat(43);
    const { csrf } = await tokenOf(planted);
    const entered = await send('demo-sessions', { cookie: planted, csrf, body: { account: inhabitant('karim').account } });
    const given = new RegExp(`${cookieName}=([^;]+)`).exec(entered.headers.get('set-cookie') ?? '')?.[1];
    expect([entered.status < 300, given === undefined, given === planted]).toEqual([true, false, false]);
    expect((await send('my/home', { method: 'GET', cookie: planted })).status).toBe(401);
    expect((await send('my/home', { method: 'GET', cookie: given ?? '' })).status).toBe(200);
  });

  it('a session that was ended opens nothing, and its page asks to sign in again', async () => {
    await comeInAs(visitor, inhabitant('karim'));
    const cookie = await cookieOf(visitor);
    const { csrf } = await tokenOf(cookie);
    expect((await send('sessions/current', { method: 'DELETE', cookie, csrf })).status).toBeLessThan(300);
    expect((await send('my/home', { method: 'GET', cookie })).status).toBe(401);
    visitor.expecting(/401/);
    await visitor.open('/mon-compte');
    expect(await visitor.page.locator('h1').innerText()).toBe('Se connecter');
  });

  it('the session cookie is out of reach of scripts, of other sites and of plain addresses', async () => {
    await comeInAs(visitor, inhabitant('karim'));
    const cookie = (await visitor.context.cookies()).find(({ name }) => name === cookieName);
    expect(cookie).toMatchObject({ httpOnly: true, secure: true, sameSite: 'Lax', path: '/' });
    expect(await visitor.page.evaluate('document.cookie')).toBe('');
    expect(await visitor.page.evaluate('localStorage.length + sessionStorage.length')).toBe(0);
  });
});

describe('F1 nobody learns who is insured here', () => {
  it('by the answer: known or not, the same status and the same bytes', async () => {
    const known = await moveIn(house, { rank: 3, familyName: 'Connue' });
    const asked = [
      { nir: known.nir, email: known.email },
      { nir: known.nir, email: 'autre@courriel.example' },
      { nir: nirOfNewcomer(999), email: 'personne@courriel.example' },
    ];
    const said = [];
    for (const body of asked) {
      const { csrf, cookie } = await tokenOf();
      const answer = await send('account-openings', { cookie, csrf, body });
      said.push({ status: answer.status, text: await answer.text() });
    }
    expect(said[0]!.status).toBe(202);
    expect(said[1]).toEqual(said[0]);
    expect(said[2]).toEqual(said[0]);
  });

  it('by the time: signing in with an unknown e-mail costs what a known one costs', async () => {
    const someone = await moveIn(house, { rank: 4, familyName: 'Chronometre' });
    const visitor = await Visitor.arrive('phone');
    await choosePasswordByMail(visitor, someone);
    await visitor.leave();
    const timeOf = async (email: string) => {
      const { csrf, cookie } = await tokenOf();
      const started = performance.now();
      const answer = await send('sessions', { cookie, csrf, body: { email, password: 'une phrase qui n’est pas la bonne' } });
      expect([401, 429]).toContain(answer.status);
      return answer.status === 401 ? performance.now() - started : null;
    };
    const [known, unknown] = [[] as number[], [] as number[]];
    for (let round = 0; round < 4; round += 1) {
      const [a, b] = [await timeOf(someone.email), await timeOf(`personne${String(round)}@courriel.example`)];
      if (a !== null) known.push(a);
      if (b !== null) unknown.push(b);
    }
    // Without its Argon2 of 19 MiB an answer takes a tenth of the time; a busy machine makes less of a difference.
    expect(Math.min(...unknown)).toBeGreaterThan(Math.min(...known) * 0.25);
  });
});
