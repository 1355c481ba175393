import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { SystemClient, type Asker } from '@isu/isu';
import { personas } from '@isu/testing';
import { RunningSystem } from './running-system.js';
import { demandFor, moveIn, national, type TwoPeople } from './two-people.js';
import { WholeDatabase } from './whole-database.js';

const services = ['affiliation', 'collection', 'benefits', 'urssaf-sync'] as const;
const operator: Asker = { role: 'operator' };
const urssaf: Asker = { role: 'partner-system', partner: 'urssaf' };
const service: Asker = { role: 'service', sub: 'service:portal' };

/** Sent wherever a text is taken, and looked for in every answer: what is refused is never said back. */
const marker = 'ZZ9MARKER';

interface Property {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly description?: string;
  readonly minLength?: number;
  readonly minimum?: number;
  readonly pattern?: string;
  readonly format?: string;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
}

interface Route {
  /** `POST /api/collection/v1/runs/{kind}` */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly Parameter[];
  /** The properties of its JSON body, where it has one. */
  readonly body: Readonly<Record<string, Property>> | null;
  readonly required: readonly string[];
}

const ofPersons = (bodies: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(bodies).map(([route, body]) => [route.replace(' ', ' /api/affiliation/v1/insured-persons/{account}/'), body]),
  );

/** A body that each route takes, by hand; a route with a body that is not here fails the spec. */
const good: Readonly<Record<string, unknown>> = {
  'POST /api/affiliation/v1/insured-persons': demandFor(personas.jean, '29'),
  'POST /api/affiliation/v1/insured-persons/search': { by: 'nir', nir: personas.karim.nir },
  'POST /api/affiliation/v1/insured-persons/recognitions': { nir: personas.karim.nir, email: personas.karim.email },
  'PUT /api/affiliation/v1/insured-persons/{account}/bank-details': { iban: personas.jean.iban },
  ...ofPersons({
    'POST situation-changes': { from: '2016-06-01', group: 'artisan', reason: 'Essai' },
    'POST activities': { label: 'Conseil', register: 'none', startedOn: '2016-05-20', reason: 'Essai' },
    'POST activity-ends': { activity: 1, on: '2016-05-20', reason: 'Essai' },
    'POST activity-incomes': { year: 2015, incomes: [{ activity: 1, amount: '0' }], reason: 'Essai' },
    'POST transfers': { department: '69', from: '2016-06-01', reason: 'Essai' },
    'POST transfer-decisions': { proposal: '00000000-0000-7000-8000-000000000000', accepted: true, reason: 'Essai' },
    'POST establishments': { siret: personas.jean.siret, openedOn: '2016-05-20', reason: 'Essai' },
    'POST establishment-closings': { siret: personas.jean.siret, on: '2016-05-20', reason: 'Essai' },
    'POST main-establishment': { siret: personas.jean.siret, from: '2016-05-20', reason: 'Essai' },
    'PUT contact': { address: '1 rue de la Paix, 75002 Paris' },
    'POST mandates': { digest: '0'.repeat(64), accepted: true },
    'POST end-of-activity': { on: '2016-05-20', cause: 'cessation', reason: 'Essai' },
    'POST reopenings': {
      ...{ startedOn: '2016-05-20', register: 'none', regime: 'common', department: '93' },
      ...{ activity: 'Conseil', reason: 'Essai' },
    },
    'POST strike-offs': { reason: 'Essai' },
    'POST strike-off-evidence': { body: 'insee', active: true, reason: 'Essai' },
    'POST strike-off-notices': { proof: 'RAR 1' },
    'POST strike-off-answers': { reason: 'Essai' },
    'POST strike-off-decisions': { reason: 'Essai' },
    'POST fund-messages': { subject: 'autre', text: 'Bonjour' },
    'POST fund-message-answers': { reference: 'M12-2016-999999', text: 'Bonjour' },
    'POST spouses': {
      ...{ spouseAccount: '1200000000176', bond: 'pacs', employees: 0, from: '2016-05-20', reason: 'Essai' },
    },
    'POST spouse-options': { option: 'third-of-income', reason: 'Essai' },
    'POST spouse-ends': { on: '2016-05-20', reason: 'Essai' },
    'POST dependants': { familyName: 'X', givenNames: 'Y', birthDate: '2010-01-01', reason: 'child', from: '2016-05-20' },
    'POST dependant-ends': { dependant: '00000000-0000-7000-8000-000000000000', on: '2016-05-20', reason: 'Essai' },
    'POST acre-requests': { complete: true },
    'POST acre-decisions': { granted: true, reason: 'Essai' },
    'POST merges': { into: '1200000000176', reason: 'Essai' },
    'POST merge-decisions': { proposal: '00000000-0000-7000-8000-000000000000', accepted: true, reason: 'Essai' },
    'POST nir': { nir: personas.jean.nir, reason: 'Essai' },
    'POST affiliation-refusals': { reason: 'Essai' },
    'POST mandate-revocations': { rum: 'ISU-1', reason: 'Essai' },
  }),
  'POST /api/affiliation/v1/funds/{code}/news': { title: 'Essai', text: 'Essai' },
  'POST /api/affiliation/v1/funds/{code}/news-withdrawals': { news: '00000000-0000-7000-8000-000000000000' },
  'PUT /api/affiliation/v1/portal-openings/{code}': { opensOn: '2016-05-20' },
  'POST /api/affiliation/v1/outgoing-messages/takings': { channel: 'email', limit: 1 },
  'POST /api/affiliation/v1/outgoing-messages/{id}/deliveries': { state: 'delivered' },
  'POST /api/affiliation/v1/debit-details': { accounts: ['1200000000176'] },
  'POST /api/collection/v1/accounts/{account}/incomes': { year: 2014, amount: '20000', declaredOn: '2016-05-20', source: 'agent' },
  'PUT /api/collection/v1/accounts/{account}/periodicity': { periodicity: 'quarterly' },
  'PUT /api/collection/v1/accounts/{account}/refund-choice': { choice: 'refund' },
  'POST /api/collection/v1/accounts/{account}/refund-approvals': { refund: '00000000-0000-7000-8000-000000000000' },
  'POST /api/collection/v1/accounts/{account}/debit-examinations': { debit: 'ISU-0', action: 'leave-unpaid', reason: 'Refus du titulaire' },
  'POST /api/collection/v1/accounts/{account}/estimates': { year: 2016, amount: '20000', source: 'agent' },
  'POST /api/collection/v1/accounts/{account}/estimates/preview': { year: 2016, amount: '20000' },
  'POST /api/collection/v1/accounts/{account}/online-payments': { instalments: ['2016-05'] },
  'POST /api/collection/v1/accounts/{account}/online-payments/preview': { instalments: ['2016-05'] },
  'POST /api/collection/v1/accounts/{account}/surcharge-remissions': { reason: 'Maladie', externalEvent: false },
  'POST /api/collection/v1/accounts/{account}/surcharge-remission-decisions': {
    remission: '00000000-0000-7000-8000-000000000000',
    granted: true,
    reason: 'Bonne foi',
  },
  'PUT /api/collection/v1/accounts/{account}/estimates/{year}/surcharge': { applies: true, reason: 'Écart constaté' },
  'POST /api/collection/v1/accounts/{account}/ex-officio-assessments': { year: 2014 },
  'POST /api/collection/v1/accounts/{account}/turnovers': { period: '2016-Q1', activity: 'vente', amount: '1000', source: 'agent' },
  'PUT /api/collection/v1/accounts/{account}/turnover-choice': { rhythm: 'monthly', incomeTaxOption: false },
  'POST /api/collection/v1/accounts/{account}/cash-calendars': { scenarios: [{ name: 'attendu', income: '26000' }] },
  'POST /api/collection/v1/outgoing-messages/takings': { channel: 'email', limit: 1 },
  'POST /api/collection/v1/outgoing-messages/{id}/deliveries': { state: 'delivered' },
  'POST /api/collection/v1/runs/{kind}': { year: 2017 },
  'POST /api/urssaf-sync/v1/flows/{partner}/{flow}/give-ups': {
    from: 999_999,
    to: 999_999,
    attestation: 'ATT-0',
    reason: 'Rien de tel ici',
  },
  'POST /api/urssaf-sync/v1/flows/{partner}/{flow}/give-ups/{id}/refusal': { reason: 'Rien de tel ici' },
  'POST /api/urssaf-sync/v1/to-be-matched/{id}/proposals': { kind: 'send-back', reason: 'Rien de tel ici' },
  'POST /api/urssaf-sync/v1/to-be-matched/{id}/proposals/{proposal}/refusal': { reason: 'Rien de tel ici' },
  'PUT /api/urssaf-sync/v1/anomalies/{id}/assignment': { to: 'me' },
  'POST /api/urssaf-sync/v1/anomalies/{id}/proposals': { correction: { kind: 'none' }, reason: 'Rien à corriger' },
  'POST /api/urssaf-sync/v1/anomalies/{id}/proposals/{proposal}/refusal': { reason: 'Rien de tel ici' },
  ...Object.fromEntries(
    services.flatMap((name) => [
      [`POST /api/${name}/v1/set-aside/{id}/give-up`, { reason: 'Rien de tel n’existe ici' }] as const,
      [`POST /api/${name}/v1/facts/resend`, { from: '999999999999999999' }] as const,
      [`POST /api/${name}/v1/jobs/{name}/runs`, { date: '2016-05-19' }] as const,
    ]),
  ),
};

const cell: Asker = { role: 'agent', org: 'cell', funds: '12', purpose: 'Essai' };

const askerOf = ({ method, path }: Route): Asker => {
  if (method === 'POST' && /\{account\}\/online-payments/.test(path)) return { role: 'insured', account: people.karim };
  if (/(?:anomalies|to-be-matched)\/\{id\}|give-ups/.test(path)) return cell;
  if (/set-aside|runs|accounting-days|resend/.test(path)) return operator;
  if (/portal-openings/.test(path)) return operator;
  if (/acre-decisions/.test(path)) return { ...national, org: 'urssaf' };
  if (/facts|recognitions|debts|debit-details|outgoing-messages/.test(path)) return service;
  return /flows|bank-files|partner-references/.test(path) ? urssaf : national;
};

/** What stands for a parameter when another one is attacked. */
const usual = (name: string, path: string): string =>
  ({
    account: people.karim,
    year: '2016',
    day: '2016-05-19',
    kind: 'provisional',
    version: '1',
    id: 'nothing',
    code: path.includes('portal-openings') ? 'profession-liberale' : '12',
    name: 'nothing',
    proposal: 'nothing',
    partner: 'urssaf',
    flow: 'payments',
    number: '1',
    reference: 'URS-1',
    order: 'nothing',
    payment: 'nothing',
  })[name] ?? '';

let system: RunningSystem;
let people: TwoPeople;
let client: SystemClient;
let database: WholeDatabase;
let routes: readonly Route[];
let untouched: Record<string, string>;
beforeAll(async () => {
  system = await RunningSystem.start();
  people = await moveIn(system);
  client = new SystemClient(system.url);
  database = await WholeDatabase.open(system);
  routes = (await Promise.all(services.map(routesOf))).flat();
  untouched = await database.quiet();
});
afterAll(async () => {
  await database?.close();
  await system?.remove();
});

async function routesOf(name: string): Promise<Route[]> {
  interface Operation {
    readonly parameters?: readonly Parameter[];
    readonly requestBody?: { readonly content: { readonly 'application/json'?: { readonly schema: { readonly $ref: string } } } };
  }
  const document = (await (await fetch(`${system.url}/api/${name}/v1/openapi.json`)).json()) as {
    paths: Record<string, Record<string, Operation>>;
    components: { schemas: Record<string, { properties?: Record<string, Property>; required?: string[] }> };
  };
  const bodyOf = ({ requestBody }: Operation) => {
    const schema = requestBody?.content['application/json']?.schema.$ref.split('/').at(-1);
    return schema === undefined ? undefined : document.components.schemas[schema];
  };
  return Object.entries(document.paths).flatMap(([path, verbs]) =>
    Object.entries(verbs).map(([verb, operation]) => ({
      name: `${verb.toUpperCase()} ${path}`,
      method: verb.toUpperCase(),
      path,
      parameters: operation.parameters ?? [],
      body: bodyOf(operation)?.properties ?? null,
      required: bodyOf(operation)?.required ?? [],
    })),
  );
}

interface Attack {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly method?: string;
}

interface Answered {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  readonly code: string;
  readonly fields: readonly string[];
}

async function attack(route: Route, { params = {}, query = '', headers = {}, body, method = route.method }: Attack): Promise<Answered> {
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => params[name] ?? usual(name, route.path));
  const sent = new Headers({ authorization: `Bearer ${await client.token(askerOf(route))}`, 'idempotency-key': randomUUID() });
  if (body !== undefined) sent.set('content-type', 'application/json');
  for (const [name, value] of Object.entries(headers)) if (value === '') sent.delete(name);
  for (const [name, value] of Object.entries(headers)) if (value !== '') sent.set(name, value);
  const answer = await fetch(`${system.url}${path}${query}`, { method, headers: sent, body: (body ?? null) as string | null });
  const text = await answer.text();
  const problem = text.startsWith('{') ? (JSON.parse(text) as { code?: string; errors?: { field: string }[] }) : {};
  const fields = (problem.errors ?? []).map(({ field }) => field);
  return { status: answer.status, type: answer.headers.get('content-type') ?? '', text, code: problem.code ?? '', fields };
}

/** What is wrong with an answer to something hostile; nothing when it is a precise, silent no. */
function faultOf({ status, type, text, code }: Answered): string[] {
  const refused = status >= 400 && status < 500;
  return [
    ...(refused ? [] : [`${String(status)} ${text.slice(0, 200)}`]),
    ...(refused && !type.startsWith('application/problem+json') ? [`a refusal as ${type}`] : []),
    ...(refused && !/^[a-z][a-z0-9-]+$/.test(code) ? [`a refusal with the code "${code}"`] : []),
    ...([marker, personas.nadia.nir].some((value) => text.includes(value)) ? [`the value is said back: ${text.slice(0, 200)}`] : []),
  ];
}

/** Nothing in any table of any service is other than when the attacks began. */
async function changingNothing(work: () => Promise<string[]>): Promise<void> {
  const faults = await work();
  expect(faults.slice(0, 20)).toEqual([]);
  expect(await database.digests()).toEqual(untouched);
}

const withBodies = () => routes.filter((route): route is Route & { body: Readonly<Record<string, Property>> } => route.body !== null);

/** Of a POST without an Idempotency-Key: it asks, or shows what would be. */
const keepsNothing = [
  'POST /api/affiliation/v1/insured-persons/search',
  'POST /api/affiliation/v1/insured-persons/recognitions',
  'POST /api/affiliation/v1/debit-details',
  'POST /api/collection/v1/accounts/{account}/estimates/preview',
  'POST /api/collection/v1/accounts/{account}/cash-calendars',
  'POST /api/collection/v1/accounts/{account}/online-payments/preview',
];
/** A file by its number and digest, a day, a run, a proposal or a fact by its name: done again, it is what was done. */
const isItself = [
  ...services.flatMap((name) =>
    ['facts/resend', 'set-aside/{id}/retry', 'set-aside/{id}/give-up'].map((path) => `POST /api/${name}/v1/${path}`),
  ),
  ...['affiliation', 'collection'].flatMap((name) =>
    ['takings', '{id}/deliveries'].map((path) => `POST /api/${name}/v1/outgoing-messages/${path}`),
  ),
  'POST /api/affiliation/v1/cfe-files',
  ...['accounting-days/{day}/close', 'debit-runs/{day}', 'debit-runs/{day}/deliveries', 'runs/{kind}'].map(
    (path) => `POST /api/collection/v1/${path}`,
  ),
  ...[
    ...['bank-files', 'online-payments/notifications', 'accounts/{account}/reconciliation'],
    ...['', '/{number}/sendings', '/{number}/acknowledgement'].map((path) => `flows/{partner}/{flow}/batches${path}`),
    ...['approval', 'refusal'].map((path) => `flows/{partner}/{flow}/give-ups/{id}/${path}`),
    ...['to-be-matched', 'anomalies'].flatMap((list) => ['approval', 'refusal'].map((path) => `${list}/{id}/proposals/{proposal}/${path}`)),
  ].map((path) => `POST /api/urssaf-sync/v1/${path}`),
];

/** `sent` → what the answer must be, for a JSON body that is otherwise good. */
const bodies: readonly (readonly [string, string, (text: string) => Attack])[] = [
  ['nothing', '400 invalid-request', () => ({ body: '' })],
  ['blanks', '400 json-syntax', () => ({ body: ' \n ' })],
  ['cut in the middle', '400 json-syntax', (text) => ({ body: text.slice(0, Math.floor(text.length / 2)) })],
  ['followed by another', '400 json-syntax', (text) => ({ body: `${text}${text}` })],
  ['behind a byte-order mark', '400 json-syntax', (text) => ({ body: `\ufeff${text}` })],
  ['a key twice', '400 json-duplicate-key', (text) => ({ body: `{"${firstKey(text)}":"${marker}",${text.slice(1)}` })],
  ['a key twice, once escaped', '400 json-duplicate-key', (text) => ({ body: `{"${escapedKey(text)}":1,${text.slice(1)}` })],
  ['__proto__', '400 json-forbidden-key', (text) => ({ body: `{"__proto__":{"role":"operator"},${text.slice(1)}` })],
  ['constructor', '400 json-forbidden-key', (text) => ({ body: `{"constructor":{"prototype":{}},${text.slice(1)}` })],
  ['1 000 levels', '400 json-depth', () => ({ body: `{"a":${'['.repeat(1_000)}${']'.repeat(1_000)}}` })],
  ['100 000 levels', '400 json-depth', () => ({ body: '['.repeat(100_000) })],
  ['1 MiB and a byte', '413 body-too-large', () => ({ body: `{"a":"${'a'.repeat(1024 * 1024 - 7)}"}`.slice(0, 1024 * 1024 + 1) })],
  ['a null character', '400 json-forbidden-text', (text) => ({ body: `{"a":"${marker}\\u0000",${text.slice(1)}` })],
  ['a lone surrogate', '400 json-forbidden-text', (text) => ({ body: `{"a":"\\udc00",${text.slice(1)}` })],
  ['bytes that are not UTF-8', '400 body-encoding', () => ({ body: new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x7d]) })],
  ['UTF-16', '400 body-encoding', (text) => ({ body: Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]) })],
  ['2^53 + 1', '400 json-number', (text) => ({ body: `{"a":9007199254740993,${text.slice(1)}` })],
  ['1e999', '400 json-number', (text) => ({ body: `{"a":1e999,${text.slice(1)}` })],
  ['NaN', '400 json-syntax', (text) => ({ body: `{"a":NaN,${text.slice(1)}` })],
  ['minus zero', '400 json-number', (text) => ({ body: `{"a":-0,${text.slice(1)}` })],
  ['a list', '400 invalid-request', (text) => ({ body: `[${text}]` })],
  ['a text', '400 invalid-request', () => ({ body: `"${marker}"` })],
  ['a number', '400 invalid-request', () => ({ body: '1' })],
  ['null', '400 invalid-request', () => ({ body: 'null' })],
  ['an empty object', '400 invalid-request', () => ({ body: '{}' })],
  [
    'a field nobody knows',
    '400 invalid-request',
    (text) => ({ body: `{"${marker}":"${marker}",${text.slice(1)}`.replace(marker, 'credit') }),
  ],
  ['a NIR in the place of a name', '400 invalid-request', (text) => ({ body: `{"${personas.nadia.nir}":1,${text.slice(1)}` })],
  ['a token in the place of a name', '400 invalid-request', (text) => ({ body: `{"${marker}":1,${text.slice(1)}` })],
  [
    'another account than that of the address',
    '400 invalid-request',
    (text) => ({ body: `{"account":"${people.nadia}",${text.slice(1)}` }),
  ],
  ['a role and a region', '400 invalid-request', (text) => ({ body: `{"role":"operator","funds":["12"],${text.slice(1)}` })],
  ['text/plain', '415 unsupported-media-type', (text) => ({ body: text, headers: { 'content-type': 'text/plain' } })],
  ['no media type', '415 unsupported-media-type', (text) => ({ body: Buffer.from(text), headers: { 'content-type': '' } })],
  ['XML', '415 unsupported-media-type', () => ({ body: '<a/>', headers: { 'content-type': 'application/xml' } })],
  [
    'Latin-1',
    '415 unsupported-media-type',
    (text) => ({ body: text, headers: { 'content-type': 'application/json; charset=iso-8859-1' } }),
  ],
  ['said to be compressed', '415 unsupported-media-type', (text) => ({ body: text, headers: { 'content-encoding': 'gzip' } })],
  ['a form', '415 unsupported-media-type', () => ({ body: 'a=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } })],
];

const firstKey = (text: string): string => Object.keys(JSON.parse(text) as object)[0] ?? '';
const escapedKey = (text: string): string => {
  const key = firstKey(text);
  return `\\u${key.charCodeAt(0).toString(16).padStart(4, '0')}${key.slice(1)}`;
};

describe('I8 — hostile bodies', () => {
  it('every route with a JSON body is attacked', () => {
    const named = withBodies().map(({ name }) => name);
    expect(named.sort()).toEqual(Object.keys(good).sort());
  });

  it.each(bodies)('%s: %s on every route, nothing said back, nothing changed', async (_, wanted, hostile) => {
    await changingNothing(async () => {
      const answers = await Promise.all(
        withBodies().map(async (route) => {
          const answer = await attack(route, hostile(JSON.stringify(good[route.name])));
          const got = `${String(answer.status)} ${answer.code}`;
          return [...faultOf(answer), ...(got === wanted ? [] : [got])].map((fault) => `${route.name}: ${fault}`);
        }),
      );
      return answers.flat();
    });
  });
});

const wrongTypes = [12, true, null, [], {}, [marker]];
const hostileText = ['a\r\nX-Role: operator', `\u202e${marker}`, '\ufeff', `${marker}${'a'.repeat(65_536)}`, ''];

/** What each kind of field must not take, by the description that OpenAPI gives of it. */
function hostileValues({ description, enum: allowed, type, minLength, minimum = 1, pattern, format }: Property): unknown[] {
  const money = ['-0', '1e3', '12,34', '1.234', 'NaN', '9007199254740993', ' 12', '+12', '0x10', '１２', '1 000', '99999999999999.00', ''];
  const days = [
    '2015-02-29',
    '0000-01-01',
    '2016-13-01',
    '2016-00-10',
    '20/05/2016',
    '2016-5-2',
    '2016-05-20T00:00:00Z',
    '+12016-05-20',
    '',
  ];
  const nirs = ['185017899000190', '2A5017899000190', '18501789900019', '1850178990001900', '185137899000112', `${marker}000000`, ''];
  const ibans = ['FR0099999009900000000000189', 'FR76', 'XX7630006000011234567890189', marker, ''];
  // A wrong Luhn; La Poste's, whose digits add up to 36, no multiple of 5.
  const sirets = ['73282932000075', '35600000009076', '7328293200007', '732829320000744', '7328293A000074', marker, ''];
  const accounts = ['1200000000177', '120000000017', '12000000001766', '12000000001 76', marker, ''];
  const kinds: Readonly<Record<string, unknown[]>> = {
    Money: money,
    Day: days,
    Nir: nirs,
    Iban: ibans,
    Siret: sirets,
    AccountNumber: accounts,
  };
  const texts = (description === undefined ? undefined : kinds[description]) ?? [];
  if (texts.length > 0) return [...texts, ...wrongTypes];
  if (allowed) return [marker, '', 'null', ...wrongTypes.filter((value) => !allowed.includes(value))];
  if (type === 'boolean') return [...hostileText, marker, ...wrongTypes.filter((value) => value !== true)];
  if (type === 'integer' || type === 'number')
    return ['2016', 2016.5, minimum - 1, 9_007_199_254_740_991, ...wrongTypes.filter((value) => value !== 12)];
  if (minLength !== undefined || format === 'email') return [...hostileText, ...wrongTypes];
  // A form that is free enough to hold the marker takes it for what it is.
  const isFree = pattern !== undefined && new RegExp(pattern, 'u').test(marker);
  return [...hostileText, ...(isFree ? [] : [marker]), ...wrongTypes];
}

describe('I8 — hostile fields', () => {
  it('each field of each body refuses what is not its kind, is named for it, and says no value back', async () => {
    let tried = 0;
    await changingNothing(async () => {
      const faults: string[] = [];
      for (const route of withBodies()) {
        const whole = good[route.name] as Record<string, unknown>;
        const cases = Object.entries(route.body).flatMap(([field, property]) =>
          // What may be left out may be null.
          hostileValues(property)
            .filter((value) => value !== null || route.required.includes(field))
            .map((value) => ({ field, value })),
        );
        const answers = await Promise.all(
          cases.map(async ({ field, value }) => ({
            field,
            value,
            answer: await attack(route, { body: JSON.stringify({ ...whole, [field]: value }) }),
          })),
        );
        tried += answers.length;
        for (const { field, value, answer } of answers) {
          const found = faultOf(answer);
          if (answer.status !== 400 || !answer.fields.every((named) => named === field || named.startsWith(`${field}.`))) {
            found.push(`${String(answer.status)} ${answer.code} naming ${answer.fields.join(',')}`);
          }
          faults.push(...found.map((fault) => `${route.name} ${field}=${JSON.stringify(value).slice(0, 40)}: ${fault}`));
        }
      }
      return faults;
    });
    expect(tried).toBeGreaterThan(200);
  });
});

const hostileParameters: Readonly<Record<string, readonly string[]>> = {
  account: ['1200000000100', 'abc', '12', '0'.repeat(64), '120000000010%30', '-1200000000176', '1e12', "'%20OR%201%3D1--", marker, personas.karim.nir, '1200000000176%0a'], // prettier-ignore
  year: ['NaN', '1e3', '-1', '2016.5', '0x7e0', '99999999999999999999', '0', '2016%20', marker],
  day: ['2015-02-29', '0000-01-01', 'today', '2016-5-2', '99999-01-01', marker],
  id: ['..%2f..', "'--", `${marker}`, 'isu.collection~0~99999999999999999999', 'isu.collection~-1~0', '~~~', '%F0%9F%A6%8A'],
  code: ['00', '..%2f12', marker, '%F0%9F%A6%8A', "12'--"],
  partner: ['..%2f', "'--", marker, '__proto__', 'constructor', '%F0%9F%A6%8A'],
  flow: ['..%2f', "'--", marker, '__proto__', 'toString', '%F0%9F%A6%8A'],
  number: ['0', '-1', '1e3', '99999999999999999999', '1.5', 'NaN', marker],
};

describe('I8 — hostile addresses', () => {
  it.each(Object.keys(hostileParameters))('every route with %s in its address refuses what is none', async (parameter) => {
    const concerned = routes.filter(({ path }) => path.includes(`{${parameter}}`));
    expect(concerned.length).toBeGreaterThan(0);
    await changingNothing(async () => {
      const answers = concerned.flatMap((route) =>
        (hostileParameters[parameter] ?? []).map(async (value) => {
          const body = good[route.name];
          const answer = await attack(route, {
            params: { [parameter]: value },
            ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          });
          return faultOf(answer).map((fault) => `${route.name} ${value.slice(0, 40)}: ${fault}`);
        }),
      );
      return (await Promise.all(answers)).flat();
    });
  });

  it('what is no address at all is refused on every route: not UTF-8, a null character, 5 000 characters', async () => {
    await changingNothing(async () => {
      const answers = routes.flatMap((route) =>
        ['%ff', '%00', 'a%00b', '%c0%ae', `${marker}${'a'.repeat(5_000)}`].map(async (value) => {
          const answer = await attack({ ...route, path: `${route.path}/${value}` }, {});
          return faultOf(answer).map((fault) => `${route.name} ${value.slice(0, 20)}: ${fault}`);
        }),
      );
      return (await Promise.all(answers)).flat();
    });
  });

  const hostileQueries: Readonly<Record<string, readonly string[]>> = {
    on: ['2015-02-29', 'now', marker, ''],
    day: ['2015-02-29', 'now', marker, ''],
    from: ['2015-02-29', '-1', marker, ''],
    to: ['2015-02-29', '0', marker, ''],
    before: ['99999999999999999999', '-1', '1e3', '1.5', marker],
    after: ['99999999999999999999', '00000000-0000-0000-0000', marker],
    limit: ['0', '-1', '1e3', '100000', 'NaN', marker],
    position: ['-1', '99999999999999999999', '9999999999999999999', '1e3', marker],
    author: ['portal', '__proto__', marker, ''],
    stream: ['..%2f', '13', "'--", marker, ''],
    state: ['all', marker, ''],
    partner: ['..%2f', '%2A', marker, ''],
    assignedTo: ['you', marker, ''],
    fund: ['1', '123', marker, ''],
    kind: ['all', marker, ''],
    knownOn: ['2015-02-29', 'now', marker, ''],
    subject: ['all', '__proto__', marker, ''],
    type: ['all', marker, ''],
    outcome: ['all', '__proto__', marker, ''],
    words: ['a', 'a%0d%0ab', `${marker}${'a'.repeat(200)}`, ''],
    year: ['NaN', '1e3', '-1', '2016.5', marker],
    amount: ['1e3', '-0', '12,34', '1.234', marker, ''],
    named: ['1', `${marker},`, ',', '1200000000176,'],
    accounts: ['1', `${marker},`, ',', '1200000000176,', "'--"],
    under: ['-1', '1e3', '99999999999999999999', marker],
  };

  it('every parameter after the question mark refuses what is not its kind, what comes twice, and what nobody knows', async () => {
    const known = new Set(
      routes.flatMap(({ parameters }) => parameters.filter(({ in: place }) => place === 'query').map(({ name }) => name)),
    );
    expect([...known].sort()).toEqual(Object.keys(hostileQueries).sort());
    // The rest of the demand as it should be, so that the parameter attacked is what is refused.
    const rest: Readonly<Record<string, string>> = { author: 'affiliation', position: '0', limit: '10', from: '1', to: '2', stream: 'flow%2Fisu%2Faccounting' }; // prettier-ignore
    await changingNothing(async () => {
      const answers = routes.flatMap((route) => {
        const mine = route.parameters.filter(({ in: place }) => place === 'query').map(({ name }) => name);
        const others = (but: string) =>
          route.path.includes('/facts') ? mine.filter((name) => name !== but).map((name) => `${name}=${rest[name] ?? ''}`) : [];
        const queries = mine.flatMap((name) => [
          ...(hostileQueries[name] ?? []).map((value) => [`${name}=${value}`, ...others(name)].join('&')),
          [`${name}=${rest[name] ?? '2016-05-20'}`, `${name}=${rest[name] ?? '2016-05-21'}`, ...others(name)].join('&'),
          [...others(''), `${marker}=1`].join('&'),
        ]);
        return queries.map(async (query) => {
          const answer = await attack(route, { query: `?${query}` });
          return faultOf(answer).map((fault) => `${route.name}?${query}: ${fault}`);
        });
      });
      return (await Promise.all(answers)).flat();
    });
  });
});

describe('I8 — hostile headers', () => {
  const creating = () => routes.filter(({ parameters }) => parameters.some(({ name }) => name === 'Idempotency-Key'));

  it.each([
    ['no Idempotency-Key', ''],
    ['one of 129 characters', 'k'.repeat(129)],
    ['one with a blank', `${marker} 1`],
    ['one with an accent', 'clé'],
  ])('%s: a creation is refused and nothing is created', async (_, key) => {
    await changingNothing(async () => {
      const answers = creating().map(async (route) => {
        const answer = await attack(route, { body: JSON.stringify(good[route.name]), headers: { 'idempotency-key': key } });
        return [...faultOf(answer), ...(answer.code === 'idempotency-key-missing' ? [] : [answer.code])];
      });
      return (await Promise.all(answers)).flat();
    });
  });

  it('R11 every POST asks for a key, but what keeps nothing and what is the same again by what it names', () => {
    const keyless = routes.filter((route) => route.method === 'POST' && !creating().includes(route)).map(({ name }) => name);
    expect(keyless.sort()).toEqual([...keepsNothing, ...isItself].sort());
  });

  it.each(['%', 'ab', 'a'.repeat(201), '%0d%0aSet-Cookie:%20a', '%00abc', '%ff%fe', `%E2%80%AE${marker}`])(
    'the purpose %s is none: 400, and nobody is shown',
    async (purpose) => {
      const reading = routes.filter(({ method, path }) => method === 'GET' && /\{account\}/.test(path) && !path.includes('accesses'));
      const answers = await Promise.all(
        reading.map(async (route) => ({ route, answer: await attack(route, { headers: { 'isu-purpose': purpose } }) })),
      );
      const faults = answers.flatMap(({ route, answer }) =>
        [...faultOf(answer), ...(answer.status === 400 ? [] : [String(answer.status)])].map((fault) => `${route.name}: ${fault}`),
      );
      expect(faults).toEqual([]);
    },
  );

  it('verbs that an address does not know: 405 or 404, whatever header says otherwise', async () => {
    await changingNothing(async () => {
      const answers = routes.flatMap((route) =>
        ['DELETE', 'PATCH', 'OPTIONS', 'PROPFIND'].map(async (method) => {
          const answer = await attack(route, { method, headers: { 'x-http-method-override': 'GET' } });
          const wanted = answer.status === 405 || answer.status === 404;
          return [...faultOf(answer), ...(wanted ? [] : [String(answer.status)])].map((fault) => `${method} ${route.name}: ${fault}`);
        }),
      );
      return (await Promise.all(answers)).flat();
    });
  });

  it('trace headers that are none are not believed and not said back', async () => {
    const route = routes.find(({ name }) => name.endsWith('/incomes') && name.startsWith('GET')) as Route;
    const headers = { traceparent: marker, tracestate: `${marker}=1`, 'x-correlation-id': marker, 'x-request-id': marker };
    const answer = await attack(route, { headers });
    expect(answer.status).toBe(200);
    expect(answer.text).not.toContain(marker);
  });

  /** Bytes on a socket, as no client library would send them; resolves with what came back. */
  const raw = (bytes: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(system.url);
      const socket = connect(Number(port), hostname, () => socket.write(bytes));
      let said = '';
      socket.on('data', (part) => (said += part.toString()));
      socket.on('close', () => resolve(said));
      socket.on('error', reject);
      socket.setTimeout(3_000, () => socket.end());
    });

  it.each([
    ['a header of 17 KiB', 431, (path: string) => `GET ${path} HTTP/1.1\r\nHost: a\r\nX-Long: ${'a'.repeat(17 * 1024)}\r\n\r\n`],
    ['a header with a line feed alone', 400, (path: string) => `GET ${path} HTTP/1.1\r\nHost: a\r\nBad Header\r\n\r\n`],
    ['two lengths', 400, (path: string) => `POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}`],
    ['a length and chunks', 400, (path: string) => `POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`], // prettier-ignore
    ['a negative length', 400, (path: string) => `POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n`],
    ['another protocol', 400, () => 'EHLO isu.example\r\n\r\n'],
  ])('%s: %d, and the connection ends', async (_, status, bytes) => {
    const said = await raw(bytes('/api/collection/v1/runs/provisional'));
    expect(said).toMatch(new RegExp(`^HTTP/1\\.1 ${String(status)} `));
  });
});

describe('I8 — hostile files', () => {
  const header = { type: 'header', format: 'isu-batch/1', partner: 'urssaf', flow: 'payments', number: 2, businessDate: '2016-05-20', previousDigest: null, createdAt: '2016-05-20T18:00:00.000Z' }; // prettier-ignore
  const line = (part: unknown): string => `${JSON.stringify(part)}\n`;
  const bomb = `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "${marker}"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]><Document>&c;</Document>`;
  const camt = 'urn:iso:std:iso:20022:tech:xsd:camt.054.001.08';

  it.each<[string, string, string | Uint8Array]>([
    ['nothing', 'ndjson', ''],
    ['a line that is no JSON', 'ndjson', `${marker}\n`],
    ['a header alone', 'ndjson', line(header)],
    ['a header alone, without its line feed', 'ndjson', JSON.stringify(header)],
    ['another partner in the header', 'ndjson', line({ ...header, partner: marker })],
    ['a path in the flow', 'ndjson', line({ ...header, flow: `../${marker}` })],
    ['a number above 2^53', 'ndjson', line(header).replace('"number":2', '"number":9007199254740993')],
    ['__proto__ in the header', 'ndjson', line(header).replace('{', '{"__proto__":{},')],
    ['a byte-order mark', 'ndjson', `\ufeff${line(header)}`],
    ['UTF-16', 'ndjson', Buffer.from(line(header), 'utf16le')],
    ['null characters', 'ndjson', `${line(header)}\0\0\0\n`],
    ['bytes that are not UTF-8', 'ndjson', new Uint8Array([0x7b, 0xff, 0xfe, 0x0a])],
    ['a line of 2 MiB', 'ndjson', line({ ...header, partner: 'a'.repeat(2 * 1024 * 1024) })],
    ['10 000 levels', 'ndjson', `${'['.repeat(10_000)}\n`],
    ['XML in its place', 'ndjson', '<Document/>'],
    ['nothing', 'xml', ''],
    ['no XML', 'xml', marker],
    ['another root', 'xml', `<${marker}/>`],
    ['an entity bomb', 'xml', bomb],
    ['an entity of a file', 'xml', `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><Document xmlns="${camt}">&x;</Document>`],
    ['a document type alone', 'xml', `<!DOCTYPE Document SYSTEM "http://127.0.0.1:1/x.dtd"><Document xmlns="${camt}"/>`],
    ['cut in the middle', 'xml', `<Document xmlns="${camt}"><BkToCstmrDbtCdtNtfctn><GrpHdr><MsgId>${marker}`],
    ['the right name and nothing in it', 'xml', `<Document xmlns="${camt}"/>`],
    ['a message of another kind', 'xml', '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.03"/>'],
    ['UTF-16', 'xml', Buffer.from('<Document/>', 'utf16le')],
    ['null characters', 'xml', '<Document>\0</Document>'],
    ['100 000 elements deep', 'xml', '<a>'.repeat(100_000)],
  ])('%s, as %s: refused whole, no money moved, nothing said back', async (_, kind, content) => {
    const before = await database.accountFacts();
    const where = kind === 'xml' ? '/bank-files' : '/batches';
    const route = routes.find(({ name, path }) => name.startsWith('POST') && path.endsWith(where)) as Route;
    const signature = Buffer.alloc(64, 7).toString('base64');
    const answer = await attack(route, {
      body: content,
      headers: { 'content-type': kind === 'xml' ? 'application/xml' : 'application/x-ndjson', 'isu-signature': signature },
    });
    expect(faultOf(answer)).toEqual([]);
    expect(await database.accountFacts()).toEqual(before);
  });

  it.each(['application/json', 'text/csv', 'multipart/form-data; boundary=a', 'application/x-ndjson; charset=utf-16'])(
    'a file said to be %s: 415',
    async (type) => {
      for (const where of ['/bank-files', '/batches']) {
        const route = routes.find(({ name, path }) => name.startsWith('POST') && path.endsWith(where)) as Route;
        const answer = await attack(route, { body: 'x', headers: { 'content-type': type } });
        expect([answer.status, answer.code]).toEqual([415, 'unsupported-media-type']);
      }
    },
  );
});

it('I3 after all this the system is ready, and takes a good demand', async () => {
  expect((await fetch(`${system.url}/health/ready`)).status).toBe(200);
  const { status } = await client.post('/api/affiliation/v1/insured-persons', { as: national, json: demandFor(personas.jean, '29') });
  expect(status).toBe(201);
});
