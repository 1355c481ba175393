import { mkdtempSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createLogger, HttpHost, startFront, type BuiltFront, type FrontContext, type RunningFront, type Worker } from '@isu/chassis';
import type { Bus } from '@isu/messaging';
import { emptyDatabase, eventually, FakeClock, personas, type EmptyDatabase } from '@isu/testing';
import { SMTPServer } from 'smtp-server';
import { portalWith } from './index.js';
import type { PortalSettings } from './settings.js';

/*
 * The portal alone, over HTTP, on a real PostgreSQL and a real SMTP server. Affiliation and the issuer answer what the story needs: here it is
 * asked what the portal does of itself. With the real services: e2e/portal.e2e.spec.ts.
 */

const account = '1200000000176';
const { nir, email } = personas.karim;
const password = 'girafe tambour lundi';
const logged: string[] = [];
const log = createLogger({
  level: 'debug',
  destination: new Writable({ write: (chunk, _, done) => done(void logged.push(String(chunk))) }),
});
const clock = new FakeClock('2016-05-20', '2026-11-22T10:00:00.000Z');
const silentBus = {
  ensureTopics: () => Promise.resolve(),
  listen: () => Promise.resolve({ stop: () => Promise.resolve() }),
} as unknown as Bus;

let database: EmptyDatabase;
let host: HttpHost;
let others: Server;
let post: SMTPServer;
let front: RunningFront;
let context: FrontContext<PortalSettings>;
let base: string;
/** Started once it has been counted what a request does of itself. */
let workers: readonly Worker[] = [];
const mails: string[] = [];
/** The account that goes on, where this one was withdrawn. */
let mergedInto: string | null = null;
/** Of the profession of the person, as affiliation says it. */
let opensOn: string | null = '2015-01-01';
const secrets: string[] = [];

const answers: Readonly<Record<string, (body: string, url: string) => unknown>> = {
  '/.well-known/openid-configuration': (_, url) => ({ issuer: url, jwks_uri: `${url}/jwks`, token_endpoint: `${url}/token` }),
  '/token': () => ({ access_token: 'a.b.c', token_type: 'Bearer', expires_in: 300 }),
  '/api/affiliation/v1/insured-persons/recognitions': (body) => {
    const asked = JSON.parse(body) as { nir: string; email: string };
    return asked.nir === nir ? { account, emailIsHeld: asked.email === email } : null;
  },
  [`/api/affiliation/v1/insured-persons/${account}`]: () => ({ group: 'commercant', mergedInto }),
  '/api/affiliation/v1/portal-openings': () => [
    { group: 'artisan', opensOn: '2015-01-01', open: true, instead: null },
    { group: 'commercant', opensOn, open: opensOn === '2015-01-01', instead: 'Votre caisse vous répond au 3648, ou à son accueil.' },
  ],
  '/api/affiliation/v1/outgoing-messages/takings': () => ({ messages: [] }),
  '/api/collection/v1/outgoing-messages/takings': () => ({ messages: [] }),
};

beforeAll(async () => {
  database = await emptyDatabase();
  others = createServer((request, response) => {
    void text(request).then((body) => {
      const url = `http://127.0.0.1:${String((others.address() as AddressInfo).port)}`;
      const answer = answers[request.url ?? '']?.(body, url) ?? null;
      response.writeHead(answer === null ? 404 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => others.listen(0, '127.0.0.1', resolve));
  post = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData: (stream, _, done) =>
      void text(stream).then((mail) => done(void mails.push(mail.replaceAll('=\r\n', '').replaceAll('=3D', '=')))),
  });
  await new Promise<void>((resolve) => post.listen(0, '127.0.0.1', resolve));
  host = new HttpHost();
  base = `http://127.0.0.1:${String((await host.listen(0, '127.0.0.1')).port)}`;
  const elsewhere = `http://127.0.0.1:${String((others.address() as AddressInfo).port)}`;
  const definition = portalWith({});
  front = await startFront(
    {
      ...definition,
      build: (given) => {
        context = given;
        const built = definition.build(given) as BuiltFront;
        workers = built.workers ?? [];
        return { ...built, workers: [] };
      },
    },
    {
      variables: {
        ISU_DATABASE_URL: database.url,
        ISU_ROLE_PREFIX: 'isu_portal_spec',
        ISU_KEY_RING_FILE: join(mkdtempSync(join(tmpdir(), 'isu-portal-')), 'keys.json'),
        ISU_ISSUER: elsewhere,
        ISU_PEERS_URL: elsewhere,
        ISU_SMTP_URL: `smtp://127.0.0.1:${String((post.server.address() as AddressInfo).port)}`,
        ISU_PORTAL_ORIGINS: base,
        ISU_PROXIES: '1',
        ISU_LOG_LEVEL: 'debug',
      },
      ...{ bus: silentBus, http: host, clock, log },
    },
  );
}, 60_000);
afterAll(async () => {
  for (const worker of workers) await worker.stop();
  await front?.stop();
  await host?.close();
  await new Promise<void>((resolve) => post.close(resolve));
  others.closeAllConnections();
  await new Promise((resolve) => others.close(resolve));
  await database?.close();
});

let addresses = 0;
beforeEach(() => clock.pass({ ms: 4_000_000 }));

class Visitor {
  cookie = '';
  csrf = '';
  private readonly address = `192.0.2.${String((addresses += 1))}`;

  async ask(method: string, path: string, json?: unknown) {
    const answer = await fetch(`${base}/api/portal/v1/${path}`, {
      method,
      headers: {
        ...{ cookie: this.cookie, origin: base, 'isu-csrf': this.csrf, 'x-forwarded-for': this.address },
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    });
    const [given] = answer.headers.getSetCookie();
    if (given) this.cookie = given.split(';', 1)[0] ?? '';
    const body = (await answer.json()) as Record<string, string>;
    if (body['csrfToken']) this.csrf = body['csrfToken'];
    secrets.push(this.cookie.slice('__Host-isu='.length), this.csrf);
    return { status: answer.status, body, headers: answer.headers };
  }
}

async function visit(): Promise<Visitor> {
  const visitor = new Visitor();
  await visitor.ask('GET', 'session');
  return visitor;
}

const allIsSent = () =>
  eventually(async () => (await rows('SELECT id FROM asked_opening UNION ALL SELECT id FROM mail')).length === 0, { withinMs: 20_000 });

async function link(): Promise<string> {
  await allIsSent();
  const before = mails.filter((mail) => mail.includes('#')).length;
  await (await visit()).ask('POST', 'account-openings', { nir, email });
  await eventually(async () => mails.filter((mail) => mail.includes('#')).length > before, { withinMs: 20_000 });
  const [, token = ''] = /mot-de-passe#([\w-]{43})/.exec(mails.findLast((mail) => mail.includes('#')) ?? '') ?? [];
  secrets.push(token);
  return token;
}

async function member(): Promise<Visitor> {
  const visitor = await visit();
  expect((await visitor.ask('POST', 'passwords', { token: await link(), password })).status).toBe(201);
  return visitor;
}

/** What was done for a piece of work: statements sent to PostgreSQL (those of transactions come through the same door), and Argon2 computations. */
async function workOf(work: () => Promise<unknown>) {
  const { db } = context;
  const query = db.query.bind(db);
  const statements: string[] = [];
  const counting = (sql: string, values?: unknown[], ...rest: never[]) => (statements.push(shape(sql)), query(sql, values, ...rest));
  const before = await computations();
  Object.assign(db, { query: counting });
  await work();
  Object.assign(db, { query });
  const ofWorkers = /UPDATE (?:mail|asked_opening) SET attempts|FROM mail$/;
  return { statements: statements.filter((sql) => !ofWorkers.test(sql)), argon2: (await computations()) - before };
}
const shape = (sql: string): string => sql.replaceAll(/\s+/g, ' ').trim();

async function computations(): Promise<number> {
  const metrics = await (await fetch(`${base}/metrics`)).text();
  return Number(/isu_password_computations\{[^}]*\} (\d+)/.exec(metrics)?.[1]);
}

describe('R15 — nobody learns from the work done whether somebody is known', () => {
  it('an opening is one row written, whoever is named; who it is is looked up afterwards', async () => {
    const [one, other] = [await visit(), await visit()];
    const known = await workOf(() => one.ask('POST', 'account-openings', { nir, email }));
    const unknown = await workOf(() => other.ask('POST', 'account-openings', { nir: personas.jean.nir, email: personas.jean.email }));
    for (const worker of workers) worker.start();
    expect(unknown).toEqual(known);
    expect(known.statements.filter((sql) => sql.startsWith('INSERT INTO asked_opening'))).toHaveLength(1);
    await allIsSent();
  });

  it('a wrong password and an unknown e-mail take the same road: the same statements, one Argon2', async () => {
    await member();
    await allIsSent();
    const [one, other] = [await visit(), await visit()];
    const wrong = await workOf(() => one.ask('POST', 'sessions', { email, password: 'brouette ardoise pluie' }));
    const unknown = await workOf(() =>
      other.ask('POST', 'sessions', { email: 'personne@exemple.example', password: 'brouette ardoise pluie' }),
    );
    expect(wrong.argon2).toBe(1);
    expect(unknown).toEqual(wrong);
  });
});

const rows = (sql: string): Promise<Record<string, unknown>[]> => context.db.query(sql);

describe('F2 — links, codes and sessions that are over', () => {
  it('a link is refused at the thirtieth minute, and one that a later password made useless too', async () => {
    const [late, early] = [await link(), await link()];
    const visitor = await visit();
    clock.pass({ ms: 1_799_000 });
    expect((await visitor.ask('POST', 'one-time-links/check', { token: late })).status).toBe(200);
    expect((await visitor.ask('POST', 'passwords', { token: early, password })).status).toBe(201);
    expect((await (await visit()).ask('POST', 'passwords', { token: late, password })).body['code']).toBe('link-not-usable');

    const other = await link();
    clock.pass({ ms: 1_800_000 });
    expect((await visitor.ask('POST', 'one-time-links/check', { token: other })).status).toBe(410);
  });

  it('of ten who use one link at once, one chooses the password', async () => {
    const token = await link();
    const visitors = await Promise.all(Array.from({ length: 10 }, visit));
    const statuses = await Promise.all(
      visitors.map(async (visitor) => (await visitor.ask('POST', 'passwords', { token, password })).status),
    );
    expect(statuses.sort()).toEqual([201, ...Array.from({ length: 9 }, () => 410)]);
  });

  it('F1 where affiliation holds another e-mail, a code goes by post, sealed; its reader names the e-mail', async () => {
    await allIsSent();
    clock.pass({ ms: 8 * 86_400_000 });
    const sent = mails.length;
    await (await visit()).ask('POST', 'account-openings', { nir, email: 'autre@exemple.example' });
    await eventually(async () => (await rows('SELECT id FROM letter')).length === 1, { withinMs: 20_000 });
    expect(mails).toHaveLength(sent);
    const [letter] = await rows('SELECT id, sealed FROM letter');
    const place = { table: 'letter', column: 'sealed' };
    const { code } = JSON.parse(
      await context.protection.open(context.db.manager, String(letter?.['id']), place, letter?.['sealed'] as Buffer),
    ) as { code: string };
    secrets.push(code);
    const visitor = await visit();
    expect((await visitor.ask('POST', 'passwords', { token: code, password })).body['code']).toBe('email-awaited');
    const chosen = { token: code.toLowerCase().replaceAll('-', ' '), password, email: 'nouvelle@exemple.example' };
    expect((await visitor.ask('POST', 'passwords', chosen)).status).toBe(201);
    expect((await (await visit()).ask('POST', 'sessions', { email: 'nouvelle@exemple.example', password })).status).toBe(201);
  });

  it.each([
    ['2016-09-01', 'Il le sera le 1er septembre 2016'],
    [null, 'n=E2=80=99est pas fix=C3=A9e'],
  ])('F5 before Mon compte is open to the profession (%s), no link leaves: the date, and where to go', async (day, words) => {
    await allIsSent();
    const links = mails.filter((mail) => mail.includes('#')).length;
    const letters = (await rows('SELECT id FROM letter')).length;
    opensOn = day;
    clock.pass({ ms: 8 * 86_400_000 });
    await (await visit()).ask('POST', 'account-openings', { nir, email: 'autre@exemple.example' });
    await (await visit()).ask('POST', 'account-openings', { nir, email });
    await allIsSent();
    opensOn = '2015-01-01';
    expect(mails.filter((mail) => mail.includes('#'))).toHaveLength(links);
    expect(await rows('SELECT id FROM letter')).toHaveLength(letters);
    const said = mails.at(-1) ?? '';
    expect(said).toContain(words);
    expect(said).toContain('3648');
    expect(said).toContain(`To: ${email}`);
  });

  it('S3 who comes in by the login of an account that was withdrawn is led to the one that goes on', async () => {
    await member();
    mergedInto = '1300000000241';
    const visitor = await visit();
    const signedIn = await visitor.ask('POST', 'sessions', { email, password });
    mergedInto = null;
    expect([signedIn.status, JSON.stringify(signedIn.body).includes('1300000000241')]).toEqual([201, true]);
    expect((await rows(`SELECT account FROM session WHERE account = '1300000000241'`)).length).toBe(1);
  });

  it('a session ends after 30 minutes without a request, and after two hours whatever happens', async () => {
    const idle = await member();
    clock.pass({ ms: 1_799_000 });
    expect((await idle.ask('GET', 'my/payments')).status).toBe(200);
    clock.pass({ ms: 1_800_000 });
    expect((await idle.ask('GET', 'my/payments')).status).toBe(401);

    const busy = await member();
    for (let minutes = 0; minutes < 120; minutes += 20) {
      expect((await busy.ask('GET', 'my/payments')).status).toBe(200);
      clock.pass({ ms: 1_200_000 });
    }
    expect((await busy.ask('GET', 'my/payments')).status).toBe(401);
  });
});

describe('R15 — tries of what can be guessed', () => {
  it('fifty at once are counted one by one: few are tried, all others are told to wait', async () => {
    await member();
    const visitors = await Promise.all(Array.from({ length: 50 }, visit));
    const before = await computations();
    const statuses = await Promise.all(
      visitors.map(async (visitor, n) => (await visitor.ask('POST', 'sessions', { email, password: `essai tambour ${String(n)}` })).status),
    );
    expect(statuses.filter((status) => status === 401)).toHaveLength(5);
    expect(statuses.filter((status) => status === 429)).toHaveLength(45);
    expect((await computations()) - before).toBe(5);
  });

  it('who waits as told gets in with the right password', async () => {
    await member();
    const visitor = await visit();
    for (let n = 0; n < 5; n += 1) await visitor.ask('POST', 'sessions', { email, password: 'brouette ardoise pluie' });
    const refused = await visitor.ask('POST', 'sessions', { email, password });
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '5']);
    clock.pass({ ms: 5_000 });
    expect((await visitor.ask('POST', 'sessions', { email, password })).status).toBe(201);
  });
});

it('R14 no NIR, e-mail, password, link, code or cookie of all this is in a log or in clear in a table', async () => {
  const text = logged.join('');
  const found = [nir, email, personas.jean.nir, password, ...secrets.filter((secret) => secret.length > 10)].filter((secret) =>
    text.includes(secret),
  );
  expect(found).toEqual([]);
  const tables = ['session', 'login', 'attempt', 'asked_opening', 'one_time_link', 'mail', 'letter', 'delivery'];
  for (const table of tables) {
    const content = JSON.stringify(await rows(`SELECT to_jsonb(t) FROM ${table} t`));
    expect([
      table,
      [nir, email, password, ...secrets.filter((secret) => secret.length > 10)].filter((secret) => content.includes(secret)),
    ]).toEqual([table, []]);
  }
});
