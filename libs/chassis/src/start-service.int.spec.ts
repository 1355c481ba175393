import { mkdtempSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Req, Res, type DynamicModule } from '@nestjs/common';
import { canonicalJson, sha256, type Fact } from '@isu/contracts';
import type { Bus } from '@isu/messaging';
import { emptyDatabase, eventually, startTestIssuer, type EmptyDatabase, type TestIssuer } from '@isu/testing';
import { AccountNumber, Day, Iban, Money, Nir } from '@isu/values';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsInt, IsOptional, Max, Min, ValidateNested } from 'class-validator';
import type { Request, Response } from 'express';
import { DataSource } from 'typeorm';
import { systemClock } from './clocks/system-clock.js';
import { openEmbeddedBus } from './bus/open-embedded-bus.js';
import { Creates } from './creations/creates.js';
import { Creations } from './creations/creations.js';
import { HttpHost } from './http/http-host.js';
import { daily } from './jobs/calendar.js';
import { createLogger } from './logs/logger.js';
import { refusals } from './problems/refusal.js';
import { Accepts } from './requests/body-reader.js';
import { LineOfText, valueOf, ValueOf } from './requests/value-fields.js';
import { Allowed } from './security/policy/allowed.js';
import type { RunningService, ServiceDefinition } from './service.js';
import { startService } from './start-service.js';

/* A service of two rooms, as small as one can be: notes on accounts, and files. */

const refuse = refusals({
  'note-too-late': { status: 409, title: 'Note tardive', detail: ({ before }: { before: string }) => `Les notes s’arrêtent au ${before}.` },
});

class NoteLine {
  @IsInt()
  @Min(1)
  @Max(9)
  rank!: number;
}

class WriteNote {
  @ValueOf(AccountNumber)
  account!: AccountNumber;

  @ValueOf(Money)
  amount!: Money;

  @ValueOf(Day)
  on!: Day;

  @LineOfText({ max: 80 })
  reason!: string;

  @IsOptional()
  @IsIn(['phone', 'desk'])
  door?: string;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(3)
  @ValidateNested({ each: true })
  @Type(() => NoteLine)
  lines?: NoteLine[];
}

let beforeCommit: () => Promise<void> = () => Promise.resolve();

@Controller('notes')
class NotesController {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(Creations) private readonly creations: Creations,
  ) {}

  @Post()
  @Creates()
  @Allowed('accounting-days.close')
  write(@Req() request: Request, @Body() { account, amount, on, reason }: WriteNote) {
    return this.creations.creating(request, async (tx) => {
      if (on.year > 2050) throw refuse('note-too-late', { before: '2050-12-31' });
      const [row] = await tx.query('INSERT INTO note (account, amount, on_day, reason) VALUES ($1, $2, $3, $4) RETURNING id, on_day', [
        account.toString(),
        amount.toString(),
        on.iso,
        reason,
      ]);
      await beforeCommit();
      return row;
    });
  }

  @Get(':account')
  @Allowed('set-aside.read')
  async list(@Param('account', valueOf(AccountNumber)) account: AccountNumber) {
    return { notes: await this.db.query('SELECT amount, on_day FROM note WHERE account = $1 ORDER BY id', [account.toString()]) };
  }

  @Post('later')
  @Creates()
  @Allowed('set-aside.act')
  later(@Req() request: Request) {
    return this.creations.creating(request, async () => ({ at: randomUUID() }), { status: 202 });
  }

  @Post('fault')
  @Allowed('set-aside.act')
  fault(@Body() { reason }: WriteNote): never {
    throw new TypeError(`cannot read ${reason} of undefined`);
  }

  @Post('files')
  @HttpCode(202)
  @Accepts('application/x-ndjson')
  @Allowed('set-aside.act')
  async file(@Req() request: Request, @Res() response: Response) {
    let size = 0;
    for await (const part of request) size += (part as Buffer).length;
    response.json({ size });
  }
}

class NotesModule {}

const heard: Fact[] = [];
let hold: Promise<void> | undefined;

const tinyService: ServiceDefinition = {
  name: 'collection',
  title: 'notes',
  servesAccountView: true,
  migrations: [
    {
      name: 'notes-0001-note',
      why: 'Something to write into.',
      sql: `CREATE TABLE note (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, account text NOT NULL, amount numeric(14,2) NOT NULL,
              on_day date NOT NULL, reason text NOT NULL);`,
    },
  ],
  build: () => ({
    jobs: [{ name: 'count', title: 'Compte des notes', calendar: daily, run: ({ date }) => Promise.resolve({ jour: date.iso }) }],
    module: { module: NotesModule, controllers: [NotesController] } satisfies DynamicModule,
    subscriptions: {
      'affiliation.registered.v1': async (_, facts) => {
        await hold;
        heard.push(...facts);
      },
    },
  }),
};

const account = AccountNumber.make('13', 12_345);
const someNir = '185057800608491';
const someIban = 'FR1420041010050500013M02606';
const operator = { sub: 'operator:1', org: 'operator', role: 'operator' };
const logged: string[] = [];
const log = createLogger({ level: 'debug', destination: { write: (line: string) => void logged.push(line) } });

let database: EmptyDatabase;
let issuer: TestIssuer;
let host: HttpHost;
let bus: Bus;
let service: RunningService;
let base: string;
let token: string;
let variables: Record<string, string>;

beforeAll(async () => {
  [database, issuer] = await Promise.all([emptyDatabase(), startTestIssuer(systemClock())]);
  variables = {
    ISU_DATABASE_URL: database.url,
    ISU_ROLE_PREFIX: 'isu_chassis_spec',
    ISU_TODAY: '2016-05-20',
    ISU_ISSUER: issuer.url,
    ISU_KEY_RING_FILE: join(mkdtempSync(join(tmpdir(), 'isu-chassis-')), 'keys.json'),
    ISU_WITHOUT_READERS: 'affiliation,benefits,urssaf-sync',
    ISU_STALLED_AFTER_MS: '1000',
  };
  host = new HttpHost({ expects: ['collection'] });
  const { port } = await host.listen(0, '127.0.0.1');
  base = `http://127.0.0.1:${port}`;
  bus = await openEmbeddedBus(variables, log, { pollMs: 20 });
  service = await startService(tinyService, { variables, bus, http: host, log });
  token = await issuer.token(operator);
});

afterAll(async () => {
  await service?.stop();
  await host?.close();
  await bus?.close();
  await issuer?.stop();
  await database?.close();
});

const note = (changes: Record<string, unknown> = {}) => ({
  account: account.toString(),
  amount: '12.50',
  on: '2016-05-20',
  reason: 'Appel',
  ...changes,
});

interface Ask {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
}

async function ask({ method = 'POST', path = '/api/collection/v1/notes', headers = {}, body }: Ask) {
  const answer = await fetch(`${base}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    body,
  });
  const text = await answer.text();
  const json = (text.startsWith('{') ? JSON.parse(text) : undefined) as Record<string, never> | undefined;
  return { status: answer.status, headers: answer.headers, text, json };
}

const write = (content: unknown, key: string = randomUUID()) =>
  ask({ headers: { 'idempotency-key': key }, body: typeof content === 'string' ? content : JSON.stringify(content) });

const notesKept = async () => Number((await database.query('SELECT count(*)::int AS n FROM collection.note'))[0]?.['n']);

describe('I8 R14 — bad input gets a problem document and changes nothing', () => {
  const deep = `{"a":${'['.repeat(1_000)}${']'.repeat(1_000)}}`;
  const valid = JSON.stringify(note());

  it.each<[string, number, string, () => Promise<Awaited<ReturnType<typeof ask>>>]>([
    ['an empty body', 400, 'invalid-request', () => write('')],
    ['a body cut in the middle', 400, 'json-syntax', () => write(valid.slice(0, 30))],
    ['a key twice', 400, 'json-duplicate-key', () => write(`${valid.slice(0, -1)},"amount":"1"}`)],
    ['a key twice, once escaped', 400, 'json-duplicate-key', () => write(`${valid.slice(0, -1)},"\\u0061mount":"1"}`)],
    ['__proto__', 400, 'json-forbidden-key', () => write(`${valid.slice(0, -1)},"__proto__":{"role":"operator"}}`)],
    ['constructor', 400, 'json-forbidden-key', () => write(`${valid.slice(0, -1)},"constructor":{}}`)],
    ['1 000 levels', 400, 'json-depth', () => write(deep)],
    ['1 MiB and a byte', 413, 'body-too-large', () => write(`{"reason":"${'a'.repeat(1024 * 1024)}"}`)],
    ['a null character', 400, 'json-forbidden-text', () => write(note({ reason: 'a\u0000b' }))],
    ['a lone surrogate', 400, 'json-forbidden-text', () => write(`{"reason":"\\ud800"}`)],
    [
      'bytes that are not UTF-8',
      400,
      'body-encoding',
      () => ask({ headers: { 'idempotency-key': 'k' }, body: new Uint8Array([0x7b, 0xff, 0x7d]) }),
    ],
    ['a number above 2^53', 400, 'json-number', () => write(`{"amount":9007199254740993}`)],
    ['an array', 400, 'invalid-request', () => write('[]')],
    ['a text', 400, 'invalid-request', () => write('"note"')],
    ['null', 400, 'invalid-request', () => write('null')],
    ['a field nobody knows', 400, 'invalid-request', () => write(note({ role: 'operator' }))],
    [
      'text/plain',
      415,
      'unsupported-media-type',
      () => ask({ headers: { 'content-type': 'text/plain', 'idempotency-key': 'k' }, body: valid }),
    ],
    ['Latin-1', 415, 'unsupported-media-type', () => ask({ headers: { 'content-type': 'application/json; charset=iso-8859-1', 'idempotency-key': 'k' }, body: valid })], // prettier-ignore
    [
      'a compressed body',
      415,
      'unsupported-media-type',
      () => ask({ headers: { 'content-encoding': 'gzip', 'idempotency-key': 'k' }, body: valid }),
    ],
    ['a form', 415, 'unsupported-media-type', () => ask({ headers: { 'content-type': 'application/x-www-form-urlencoded', 'idempotency-key': 'k' }, body: 'a=1' })], // prettier-ignore
    ['JSON where a file is wanted', 415, 'unsupported-media-type', () => ask({ path: '/api/collection/v1/notes/files', body: valid })],
    ['a verb that the address does not know', 405, 'method-not-allowed', () => ask({ method: 'DELETE' })],
    ['an address nobody knows', 404, 'not-found', () => ask({ path: '/api/collection/v1/nothing', method: 'GET' })],
    ['an address outside the API of the service', 404, 'not-found', () => ask({ path: '/api/collection/nothing', method: 'GET' })],
    ['an address outside everything', 404, 'not-found', () => ask({ path: '/nothing', method: 'GET' })],
    ['an address that is not UTF-8', 400, 'bad-request', () => ask({ path: '/api/collection/v1/notes/%ff', method: 'GET' })],
    ['a null character in the address', 400, 'bad-request', () => ask({ path: '/api/collection/v1/notes/1%00', method: 'GET' })],
    [
      'a wrong account in the address',
      400,
      'invalid-request',
      () => ask({ path: '/api/collection/v1/notes/1300001234500', method: 'GET' }),
    ],
    [
      'a query parameter nobody knows',
      400,
      'invalid-request',
      () => ask({ path: '/api/collection/v1/set-aside?order=asc', method: 'GET' }),
    ],
    [
      'a query parameter twice',
      400,
      'invalid-request',
      () => ask({ path: '/api/collection/v1/set-aside?state=gap&state=fork', method: 'GET' }),
    ],
    ['no token', 401, 'unauthenticated', () => ask({ headers: { authorization: '' }, body: valid })],
    ['a token of our own making', 401, 'unauthenticated', () => ask({ headers: { authorization: 'Bearer a.b.c' }, body: valid })],
    ['no idempotency key', 400, 'idempotency-key-missing', () => ask({ body: valid })],
    ['an idempotency key of 129 characters', 400, 'idempotency-key-missing', () => write(valid, 'k'.repeat(129))],
  ])('%s: %d %s', async (_, status, code, asking) => {
    const before = await notesKept();
    const { json, headers, ...answer } = await asking();
    expect(answer.status).toBe(status);
    expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(json).toMatchObject({ type: `/problems/${code}`, status, code, title: expect.any(String), detail: expect.any(String) });
    expect(json?.['instance']).toMatch(/^[0-9a-f-]{36}$/);
    expect(await notesKept()).toBe(before);
  });

  it.each([
    ['amount', '-0'],
    ['amount', '1e3'],
    ['amount', '12,34'],
    ['amount', '1.234'],
    ['amount', 'NaN'],
    ['amount', 12.5],
    ['on', '2015-02-29'],
    ['on', '0000-01-01'],
    ['on', '20/05/2016'],
    ['reason', 'a\r\nb'],
    ['reason', '\u202egnp.exe'],
    ['reason', 'a'.repeat(65_536)],
    ['reason', ''],
    ['door', 'window'],
    ['account', someNir],
  ] as const)('%s wrong (%#): 400, the field is named, what would be accepted is said, the value is not repeated', async (field, value) => {
    const { status, json, text } = await write(note({ [field]: value }));
    expect(status).toBe(400);
    expect(json?.['errors']).toEqual([{ field, code: expect.stringMatching(/^[a-z-]+$/), accepted: expect.any(String) }]);
    if (String(value).length > 3) expect(text).not.toContain(String(value));
  });

  it('names every wrong field at once, by its path', async () => {
    const { json } = await write(note({ amount: '1,2', lines: [{ rank: 1 }, { rank: 10, extra: 1 }] }));
    const errors = json?.['errors'] as unknown as { field: string }[];
    expect(errors.map(({ field }) => field).sort()).toEqual(['amount', 'lines.1.extra', 'lines.1.rank']);
  });

  it('tells a wrong verb which ones are known', async () => {
    const { headers } = await ask({ method: 'DELETE' });
    expect(headers.get('allow')).toBe('POST');
  });

  it('answers a refusal of the trade with its words, and keeps no key of it', async () => {
    const key = randomUUID();
    const { status, json } = await write(note({ on: '2051-01-01' }), key);
    expect([status, json]).toEqual([
      409,
      expect.objectContaining({ code: 'note-too-late', detail: 'Les notes s’arrêtent au 2050-12-31.' }),
    ]);
    expect((await write(note(), key)).status).toBe(201);
  });

  it('says nothing of a fault, and logs it without the value', async () => {
    const { status, json, text } = await ask({ path: '/api/collection/v1/notes/fault', body: JSON.stringify(note({ reason: someIban })) });
    expect([status, json?.['code']]).toEqual([500, 'internal-fault']);
    expect(text).not.toContain(someIban);
    const line = logged.find((entry) => entry.includes(String(json?.['instance'])) && entry.includes('TypeError'));
    expect(line).toMatch(/start-service\.int\.spec/);
  });

  it('puts the headers of an API on every answer', async () => {
    const { headers } = await ask({ method: 'GET', path: `/api/collection/v1/notes/${account.toString()}` });
    expect(Object.fromEntries(headers)).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
    });
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it('takes a file as a stream where the route says so', async () => {
    const body = 'x'.repeat(3 * 1024 * 1024);
    const { status, json } = await ask({
      path: '/api/collection/v1/notes/files',
      headers: { 'content-type': 'application/x-ndjson' },
      body,
    });
    expect([status, json]).toEqual([202, { size: body.length }]);
  });

  it('lets go of a client that never ends its request, and of one that speaks no HTTP', async () => {
    const { hostname, port } = new URL(base);
    const socket = connect(Number(port), hostname);
    const answer = new Promise<string>((resolve) => socket.on('data', (bytes) => resolve(bytes.toString())));
    socket.write('GET / HTTP/1.1\r\nHost: a\r\nBad Header\r\n\r\n');
    expect(await answer).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('R14 — NIR, IBAN and tokens of hostile requests are in no log line', async () => {
    for (const secret of [someNir, someIban, Nir.of(someNir).toString(), Iban.of(someIban).toString(), token]) {
      await ask({ path: `/api/collection/v1/notes/${secret}`, method: 'GET' });
      await ask({ path: `/api/collection/v1/${secret}?${secret}=${secret}`, method: 'GET' });
      await write({ ...note(), [secret]: secret });
      await write(note({ reason: secret, account: secret }), secret.slice(0, 128));
      await ask({
        path: '/api/collection/v1/notes/fault',
        body: JSON.stringify(note({ reason: secret.slice(0, 80) })),
        headers: { traceparent: secret },
      });
      await ask({ headers: { authorization: `Bearer ${secret}` }, body: JSON.stringify({ secret }) });
    }
    const all = logged.join('\n');
    expect(all).not.toContain(someNir);
    expect(all).not.toContain(someIban);
    expect(all).not.toContain(token);
    expect(all).not.toContain(token.split('.')[1]);
  });
});

describe('R11 — a creation happens once', () => {
  it('the same request gets the first answer, to the byte', async () => {
    const key = randomUUID();
    const [first, again] = [await write(note(), key), await write(note(), key)];
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.text).toBe(first.text);
  });

  it('the first answer has its status too', async () => {
    const later = { path: '/api/collection/v1/notes/later', headers: { 'idempotency-key': randomUUID() } };
    const [first, again] = [await ask(later), await ask(later)];
    expect([first.status, again.status, again.text]).toEqual([202, 202, first.text]);
  });

  it('another body under the same key: 422', async () => {
    const key = randomUUID();
    await write(note(), key);
    expect(await write(note({ amount: '12.51' }), key)).toMatchObject({ status: 422, json: { code: 'idempotency-key-reused' } });
  });

  it('the same fields in another order are the same request', async () => {
    const key = randomUUID();
    const { text } = await write(note(), key);
    const reversed = Object.fromEntries(Object.entries(note()).reverse());
    expect((await write(reversed, key)).text).toBe(text);
  });

  it('twenty at once: one effect; whoever came too early is told to ask again, and then gets the one answer', async () => {
    const key = randomUUID();
    const before = await notesKept();
    const answers = await Promise.all(Array.from({ length: 20 }, () => write(note(), key)));
    expect(await notesKept()).toBe(before + 1);
    const created = answers.filter(({ status }) => status === 201);
    expect(new Set(created.map(({ text }) => text)).size).toBe(1);
    for (const { status, json, headers } of answers.filter((answer) => answer.status !== 201)) {
      expect([status, json?.['code'], headers.get('retry-after')]).toEqual([409, 'idempotency-key-in-use', '1']);
    }
    expect((await write(note(), key)).text).toBe(created[0]?.text);
  });

  it('I3 — a crash before the commit leaves neither effect nor key: the same request starts afresh', async () => {
    const key = randomUUID();
    const before = await notesKept();
    beforeCommit = async () => {
      await database.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'idle in transaction' AND usename = 'isu_chassis_spec_collection'`,
      );
    };
    const crashed = await write(note(), key);
    beforeCommit = () => Promise.resolve();
    expect(crashed.status).toBe(503);
    expect(await notesKept()).toBe(before);
    expect((await write(note(), key)).status).toBe(201);
    expect(await notesKept()).toBe(before + 1);
  });

  it('the key belongs to the one who asks', async () => {
    const key = randomUUID();
    const mine = await write(note(), key);
    const other = await issuer.token({ ...operator, sub: 'operator:2' });
    const theirs = await ask({ headers: { authorization: `Bearer ${other}`, 'idempotency-key': key }, body: JSON.stringify(note()) });
    expect(theirs.status).toBe(201);
    expect(theirs.text).not.toBe(mine.text);
  });

  it('a day stays the day it is, whatever the zone of the machine', async () => {
    const { json } = await write(note({ on: '2016-03-27' }));
    expect(json?.['on_day']).toBe('2016-03-27');
  });
});

describe('R15 — nobody gets in without the policy', () => {
  it.each([
    ['facts', '/api/collection/v1/facts/highest-position?author=collection', operator, 403],
    ['the tools of operators', '/api/collection/v1/set-aside', { sub: 'agent:1', org: 'rsi', role: 'agent', funds: ['13'] }, 403],
    [
      'another region',
      `/api/collection/v1/accounts/${account.toString()}/view`,
      { sub: 'agent:1', org: 'rsi', role: 'agent', funds: ['14'], purpose: 'appel' },
      404,
    ],
  ])('%s', async (_, path, claims, status) => {
    const stranger = await issuer.token(claims);
    expect((await ask({ method: 'GET', path, headers: { authorization: `Bearer ${stranger}` } })).status).toBe(status);
  });

  it('an unreachable issuer opens nothing', async () => {
    const closed = new HttpHost();
    const definition = { ...tinyService, name: 'benefits' as const };
    const deaf = await startService(definition, { variables: { ...variables, ISU_ISSUER: 'http://127.0.0.1:1' }, bus, http: closed, log });
    try {
      const { port } = await closed.listen(0, '127.0.0.1');
      const answer = await fetch(`http://127.0.0.1:${port}/api/benefits/v1/notes/${account.toString()}`, {
        headers: { authorization: `Bearer ${token}` },
      });
      expect(answer.status).toBe(503);
      expect(answer.headers.get('retry-after')).toBe('2');
    } finally {
      await deaf.stop();
      await closed.close();
    }
  });

  it('the service cannot rewrite what is for ever, nor its own migrations', async () => {
    for (const sql of [
      'UPDATE fact SET type = type',
      'DELETE FROM fact',
      'TRUNCATE fact',
      'DELETE FROM migration',
      'ALTER TABLE note ADD COLUMN x int',
      'CREATE TABLE mine ()',
    ]) {
      await expect(service.context.db.query(sql)).rejects.toMatchObject({ code: expect.stringMatching(/^42501$/) });
    }
  });
});

describe('the standard rooms', () => {
  const stranger = { sub: 'service:benefits', org: 'isu', role: 'service', act: { sub: 'service:benefits' } };
  let pull: (path: string) => ReturnType<typeof ask>;

  beforeAll(async () => {
    const serviceToken = await issuer.token(stranger);
    pull = (path) => ask({ method: 'GET', path: `/api/collection/v1/${path}`, headers: { authorization: `Bearer ${serviceToken}` } });
    await eventually(async () => (await fetch(`${base}/health/ready`)).status === 200, { withinMs: 10_000 });
    await service.context.db.transaction((tx) =>
      service.context.facts.publish(tx, [
        { stream: account.toString(), type: 'collection.account-opened.v1', effectiveOn: '2016-01-04', data: { openedOn: '2016-01-04' } },
        {
          stream: account.toString(),
          type: 'collection.income-recorded.v1',
          effectiveOn: '2016-05-20',
          data: { year: 2015, amount: '26000', kind: 'declared', source: 'portal', declaredOn: '2016-05-20' } as never,
        },
      ]),
    );
  });

  it('R7 — gives a stretch of its facts to a reader with a hole, byte for byte', async () => {
    const { status, text } = await pull(`facts?author=collection&stream=${account.toString()}&from=2&to=9`);
    const [kept] = await database.query(`SELECT envelope::text AS text, digest FROM collection.fact WHERE seq = 2`);
    expect([status, text]).toEqual([200, `${String(kept?.['text'])}\n`]);
    expect(sha256(text.trimEnd())).toBe(kept?.['digest']);
  });

  it('tells an author how far it is remembered, and gives it back what it has forgotten', async () => {
    const { json } = await pull('facts/highest-position?author=collection');
    expect(json).toEqual({ position: '2' });
    const { text } = await pull('facts/from-position?author=collection&position=1&limit=10');
    expect(text.trimEnd().split('\n').map((line) => (JSON.parse(line) as Fact).position)).toEqual(['2']); // prettier-ignore
  });

  it.each([
    'facts?author=nobody&stream=x&from=0&to=-1',
    'facts?author=collection&stream=1300001234507&from=3&to=2',
    'facts/from-position?author=collection&position=1&limit=5000',
  ])('I8 — refuses %s', async (path) => expect((await pull(path)).status).toBe(400));

  it('I4 — shows the account with its fingerprint as ETag, and the same bytes again', async () => {
    const path = `accounts/${account.toString()}/view`;
    const first = await pull(path);
    expect(first.status).toBe(200);
    expect(first.headers.get('etag')).toBe(`"${String(first.json?.['fingerprint'])}"`);
    expect(first.json?.['vector']).toEqual({ collection: 2 });
    expect((await pull(path)).text).toBe(first.text);
  });

  it('I7 — shows the account as it was known on a day: nothing was known before we learned it', async () => {
    expect((await pull(`accounts/${account.toString()}/view?on=2016-05-20`)).status).toBe(200);
    expect(await pull(`accounts/${account.toString()}/view?on=2016-05-19`)).toMatchObject({ status: 404, json: { code: 'not-found' } });
    expect((await pull(`accounts/${account.toString()}/view?on=2016-02-30`)).status).toBe(400);
  });

  it('says where the account stands on a day', async () => {
    const { status, json } = await pull(`accounts/${account.toString()}/standing?day=2016-05-20`);
    expect([status, json?.['day']]).toEqual([200, '2016-05-20']);
  });

  it('R5 — keeps the fingerprint of every touched account, equal to that of the fold', async () => {
    await eventually(async () => (await database.query('SELECT 1 FROM collection.account_fingerprint WHERE facts = 2')).length === 1, {
      withinMs: 5_000,
    });
    const [kept] = await database.query('SELECT fingerprint, vector FROM collection.account_fingerprint');
    const { json } = await pull(`accounts/${account.toString()}/view`);
    expect(kept).toEqual({ fingerprint: json?.['fingerprint'], vector: { collection: 2 } });
    expect(await database.query('SELECT 1 FROM collection.account_touch')).toEqual([]);
  });

  it('describes itself in OpenAPI 3.1: request classes, answers, problem documents, the idempotency key', async () => {
    const answer = await fetch(`${base}/api/collection/v1/openapi.json`);
    const document = (await answer.json()) as Record<string, never>;
    expect(document).toMatchObject({
      openapi: '3.1.0',
      info: { title: 'ISU — notes' },
      paths: {
        '/api/collection/v1/notes': {
          post: {
            parameters: [expect.objectContaining({ name: 'Idempotency-Key', in: 'header', required: true })],
            requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/WriteNote' } } } },
            responses: { default: { $ref: '#/components/responses/Problem' } },
          },
        },
        '/api/collection/v1/accounts/{account}/timeline': {
          get: { responses: { 200: { content: { 'application/json': { schema: { required: ['items', 'vector', 'next'] } } } } } },
        },
        '/api/collection/v1/facts': {
          get: { parameters: expect.arrayContaining([expect.objectContaining({ name: 'author', required: true })]) },
        },
      },
      components: {
        schemas: {
          WriteNote: {
            type: 'object',
            required: ['account', 'amount', 'on', 'reason'],
            properties: { amount: { type: 'string' }, on: { format: 'date' }, lines: { items: { $ref: '#/components/schemas/NoteLine' } } },
          },
          NoteLine: { properties: { rank: { minimum: 1, maximum: 9 } } },
        },
        responses: { Problem: { content: { 'application/problem+json': expect.anything() } } },
      },
    });
  });

  it('serves the documentation page', async () => {
    const page = await fetch(`${base}/api/collection/docs`);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')]);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
  });

  it('gives its figures to Prometheus, by route pattern; S10 the age of everything that waits among them', async () => {
    await fetch(`${base}/api/collection/v1/facts/highest-position?author=collection`);
    const text = await (await fetch(`${base}/metrics`)).text();
    expect(text).toMatch(
      /isu_http_request_seconds_count\{service="collection",method="GET",route="\/api\/collection\/v1\/accounts\/:account\/view",status="200"\} \d/,
    );
    for (const figure of [
      'isu_denials_total{service="collection",status="401"} ',
      'isu_outbox_unsent{service="collection"} ',
      'isu_outbox_age_seconds{service="collection"} ',
      'isu_relay_leading{service="collection"} 1',
      'isu_inbox_lag{service="collection",author="urssaf-sync"} ',
      'isu_set_aside{service="collection",state="parked"} ',
      'isu_set_aside_age_seconds{service="collection"} ',
      'isu_fingerprint_lag_seconds{service="collection"} ',
      'isu_journal_lag_seconds{service="collection"} ',
      'isu_pool_connections{service="collection",state="in-use"} ',
      'isu_pool_size{service="collection"} ',
      'nodejs_eventloop_lag_p99_seconds ',
    ])
      expect(text).toContain(`\n${figure}`);
  });
});

describe('what was set aside', () => {
  const path = '/api/collection/v1/set-aside';

  it('an operator lists it, looks at it, tries it again, and gives it up with a reason', async () => {
    await bus.publish([{ topic: 'isu.affiliation', key: 'nobody', bytes: new TextEncoder().encode('no fact') }]);
    await eventually(async () => (await database.query('SELECT 1 FROM collection.set_aside')).length === 1, { withinMs: 5_000 });
    const { json } = await ask({ method: 'GET', path: `${path}?state=unreadable` });
    const [item] = json?.['items'] as unknown as { id: string; state: string }[];
    expect(item?.state).toBe('unreadable');
    const shown = await ask({ method: 'GET', path: `${path}/${item?.id}` });
    expect(Buffer.from(String(shown.json?.['raw']), 'base64').toString()).toBe('no fact');
    expect((await ask({ path: `${path}/${item?.id}/retry` })).status).toBe(202);
    expect((await ask({ path: `${path}/${item?.id}/give-up`, body: '{"reason":"court"}' })).status).toBe(400);
    expect((await ask({ path: `${path}/${item?.id}/give-up`, body: '{"reason":"Octets sans émetteur connu"}' })).status).toBe(200);
    expect(await database.query('SELECT decided_by, reason FROM collection.given_up')).toEqual([
      { decided_by: 'operator:1', reason: 'Octets sans émetteur connu' },
    ]);
    expect((await ask({ method: 'GET', path: `${path}/${item?.id}` })).status).toBe(404);
  });
});

describe('health', () => {
  const ready = async () => fetch(`${base}/health/ready`);

  it('a service that works is live and ready', async () => {
    expect((await fetch(`${base}/health/live`)).status).toBe(200);
    await eventually(async () => (await ready()).status === 200, { withinMs: 10_000 });
    expect(await (await ready()).json()).toEqual({
      status: 'ready',
      services: { collection: { database: 'ok', consumer: 'ok', relay: 'ok', writes: 'ok' } },
    });
  });

  it('R13 — a consumer that is connected but does not move is not ready; moving again, it is', async () => {
    let release: () => void = () => undefined;
    hold = new Promise((resolve) => (release = resolve));
    const registered = registeredFact(account.toString());
    await bus.publish([{ topic: 'isu.affiliation', key: account.toString(), bytes: registered }]);
    await eventually(async () => (await ready()).status === 503, { withinMs: 10_000 });
    expect(await (await ready()).json()).toMatchObject({ services: { collection: { consumer: 'consumer not moving' } } });
    expect((await fetch(`${base}/health/live`)).status).toBe(200);
    release();
    hold = undefined;
    await eventually(async () => (await ready()).status === 200 && heard.length === 1, { withinMs: 10_000 });
  });
});

describe('the jobs of a service', () => {
  const runs = '/api/collection/v1/jobs/count/runs';
  const start = (date: string, key: string = randomUUID()) =>
    ask({ path: runs, headers: { 'idempotency-key': key }, body: JSON.stringify({ date }) });

  it('R11 are asked for by hand, once for a key, and done by whichever instance works; the history and the figures say so', async () => {
    const key = randomUUID();
    const [first, again] = [await start('2016-05-19', key), await start('2016-05-19', key)];
    expect([first.status, first.json, again.text]).toMatchObject([
      202,
      { job: 'count', date: '2016-05-19', origin: 'by-hand', askedBy: 'operator:1' },
      first.text,
    ]);
    const id = String(first.json?.['id']);
    await eventually(async () => (await ask({ method: 'GET', path: `${runs}/${id}` })).json?.['state'] === 'done', { withinMs: 10_000 });
    const [{ json: history }, { json: list }] = [
      await ask({ method: 'GET', path: `${runs}?limit=1` }),
      await ask({ method: 'GET', path: '/api/collection/v1/jobs' }),
    ];
    expect(history).toMatchObject({ items: [{ id, state: 'done', figures: { jour: '2016-05-19' } }], next: null });
    expect(list).toMatchObject({
      items: [
        { name: 'count', calendar: 'chaque jour', nextOn: '2016-05-21', daysBehind: 0, last: { id } },
        { name: 'rebuild-collection', calendar: 'à la demande', nextOn: null, last: null },
      ],
    });
    const metrics = await (await fetch(`${base}/metrics`)).text();
    expect(metrics).toContain('isu_job_runs_total{service="collection",job="count",outcome="done"} 1');
    expect(metrics).toContain('isu_job_days_behind{service="collection",job="count"} 0');
  });

  it('R16 one of them drops all fingerprints, which come back from the facts, byte for byte', async () => {
    const kept = () =>
      database.query('SELECT stream, fold, vector::text, facts, fingerprint FROM collection.account_fingerprint ORDER BY stream');
    await eventually(async () => (await database.query('SELECT 1 FROM collection.account_touch')).length === 0, { withinMs: 10_000 });
    const before = await kept();
    expect(before.length).toBeGreaterThan(0);
    await database.query(`UPDATE collection.account_fingerprint SET fingerprint = repeat('0', 64), facts = 1000`);
    const body = JSON.stringify({ date: '2016-05-20' });
    await ask({ path: '/api/collection/v1/jobs/rebuild-collection/runs', headers: { 'idempotency-key': randomUUID() }, body });
    await eventually(async () => JSON.stringify(await kept()) === JSON.stringify(before), { withinMs: 10_000 });
  });

  it.each([
    ['a day to come', () => start('2016-05-21'), 422],
    ['no day at all', () => start('2016-02-30'), 400],
    [
      'an unknown job',
      () => ask({ path: '/api/collection/v1/jobs/no/runs', headers: { 'idempotency-key': 'k' }, body: '{"date":"2016-05-19"}' }),
      404,
    ],
    ['an unknown run', () => ask({ method: 'GET', path: `${runs}/${randomUUID()}` }), 404],
    ['what is no run', () => ask({ method: 'GET', path: `${runs}/nothing` }), 404],
    ['a page that is none', () => ask({ method: 'GET', path: `${runs}?limit=0` }), 400],
  ])('I8 refuse %s', async (_, asked, status) => expect((await asked()).status).toBe(status));
});

describe('graceful stop', () => {
  it('I3 — a request under way is answered, and nothing runs afterwards', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let reached: () => void = () => undefined;
    const underWay = new Promise<void>((resolve) => (reached = resolve));
    beforeCommit = () => {
      reached();
      return held;
    };
    const writing = write(note());
    await underWay;
    const stopping = service.stop();
    const turnedAway = await ask({ method: 'GET', path: `/api/collection/v1/notes/${account.toString()}` });
    release();
    const [{ status }] = [await writing];
    await stopping;
    expect([status, turnedAway.status]).toEqual([201, 503]);
    expect(service.context.db.isInitialized).toBe(false);
    expect((await fetch(`${base}/health/ready`)).status).toBe(503);
    beforeCommit = () => Promise.resolve();
  });

  it('starts again on the same database and answers the same key as before', async () => {
    service = await startService(tinyService, { variables, bus, http: host, log });
    const key = randomUUID();
    const { text } = await write(note(), key);
    await service.stop();
    service = await startService(tinyService, { variables, bus, http: host, log });
    expect((await write(note(), key)).text).toBe(text);
  });

  it('a start that fails leaves nothing behind: no pool, no route', async () => {
    const failing: ServiceDefinition = {
      ...tinyService,
      name: 'benefits',
      build: () => {
        throw new Error('no');
      },
    };
    await expect(startService(failing, { variables, bus, http: host, log })).rejects.toThrow('no');
    expect((await fetch(`${base}/api/benefits/v1/facts`)).status).toBe(404);
    const left = await database.query(`SELECT 1 FROM pg_stat_activity WHERE usename = 'isu_chassis_spec_benefits'`);
    expect(left).toEqual([]);
  });
});

/** The first words about an account, as affiliation would send them. */
function registeredFact(stream: string): Uint8Array {
  const fact = {
    specversion: '1.0',
    id: '01890a5d-ac96-774b-bcce-b302099a8057',
    source: '/isu/affiliation',
    type: 'affiliation.registered.v1',
    subject: stream,
    time: '2016-05-20T08:00:00.000Z',
    datacontenttype: 'application/json',
    seq: 1,
    previous: null,
    position: '1',
    effectiveon: '2016-01-04',
    correlation: '01890a5d-ac96-774b-bcce-b302099a8058',
    cause: null,
    data: { group: 'commercant', regime: 'common', startedOn: '2016-01-04', fund: '13' },
  };
  return new TextEncoder().encode(canonicalJson(fact));
}
