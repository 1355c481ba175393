import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Author, FactDraft } from '@isu/contracts';
import type { Bus } from '@isu/messaging';
import { emptyDatabase, eventually, startTestIssuer, type EmptyDatabase, type TestIssuer } from '@isu/testing';
import { AccountNumber, Day } from '@isu/values';
import { openEmbeddedBus } from '../bus/open-embedded-bus.js';
import { parisDay } from '../clocks/paris.js';
import { MovableClock, systemClock } from '../clocks/system-clock.js';
import { HttpHost } from '../http/http-host.js';
import { createLogger } from '../logs/logger.js';
import type { RunningService, ServiceDefinition } from '../service.js';
import { startService } from '../start-service.js';

/* Urssaf's copy and the RSI's, as bare as they can be: they keep facts, and show the account folded from them. */

const account = AccountNumber.make('13', 7).toString();
const paidOn = '2016-05-10';
const mendedOn = '2016-05-13';
const log = createLogger({ level: 'silent' });
const clock = new MovableClock();

const bare = (name: Author): ServiceDefinition => ({
  ...{ name, title: name, migrations: [], servesAccountView: true },
  build: () => ({ module: { module: class Nothing {} }, subscriptions: {} }),
});

let database: EmptyDatabase;
let issuer: TestIssuer;
let host: HttpHost;
let bus: Bus;
let base: string;
let urssaf: RunningService;
let rsi: RunningService | undefined;

const variablesOf = () => ({
  ISU_DATABASE_URL: database.url,
  ISU_ROLE_PREFIX: 'isu_known_on_spec',
  ISU_ISSUER: issuer.url,
  ISU_KEY_RING_FILE: join(mkdtempSync(join(tmpdir(), 'isu-known-on-')), 'keys.json'),
  ISU_WITHOUT_READERS: 'affiliation,collection,benefits,urssaf-sync',
  ISU_PEERS_URL: 'http://127.0.0.1:1',
});
const start = (name: Author): Promise<RunningService> =>
  startService(bare(name), { variables: variablesOf(), bus, http: host, clock, log });

const opened: FactDraft = {
  stream: account,
  type: 'urssaf-sync.anomaly-opened.v1',
  effectiveOn: '2016-05-02',
  data: { anomalyId: '01890a5d-ac96-774b-bcce-b302099a8057', type: 'unmatched', cause: 'Virement sans référence' },
};
const reported: FactDraft = {
  stream: account,
  type: 'urssaf-sync.payment-reported.v1',
  effectiveOn: paidOn,
  data: {
    ...{ flow: 'urssaf/payments', batch: '1', line: 2, partnerReference: 'URS-1' },
    ...{ amount: '1557', valueOn: paidOn, means: 'transfer' as const },
  },
};
const decided = (seq: number): FactDraft =>
  ({
    ...{ stream: account, type: 'benefits.right-decided.v1', effectiveOn: mendedOn },
    data: { right: `maternity-${String(seq)}` },
  }) as unknown as FactDraft;

const publish = (service: RunningService, ...drafts: FactDraft[]) =>
  service.context.db.transaction((tx) => service.context.facts.publish(tx, drafts));
const holds = (service: RunningService, facts: number) =>
  eventually(async () => (await service.context.facts.factsOf(service.context.db, account)).length === facts, { withinMs: 10_000 });

beforeAll(async () => {
  [database, issuer] = await Promise.all([emptyDatabase(), startTestIssuer(systemClock())]);
  host = new HttpHost({ expects: ['urssaf-sync', 'benefits'] });
  base = `http://127.0.0.1:${String((await host.listen(0, '127.0.0.1')).port)}`;
  bus = await openEmbeddedBus({ ISU_DATABASE_URL: database.url, ISU_ROLE_PREFIX: 'isu_known_on_spec' }, log, { pollMs: 20 });
  clock.moveTo(Day.of('2016-05-02'));
  urssaf = await start('urssaf-sync');
  rsi = await start('benefits');
  await publish(urssaf, opened);
  await holds(rsi, 1);

  // The failure of 2008: what Urssaf banked on the 10th reaches the RSI on the 13th.
  await rsi.stop();
  clock.moveTo(Day.of(paidOn));
  await publish(urssaf, reported);
  clock.moveTo(Day.of(mendedOn));
  rsi = await start('benefits');
  await holds(rsi, 2);
  await publish(rsi, decided(1), decided(2));
  await holds(urssaf, 4);
}, 60_000);

afterAll(async () => {
  await rsi?.stop();
  await urssaf?.stop();
  await host?.close();
  await bus?.close();
  await issuer?.stop();
  await database?.close();
});

const agent = (org: string) => ({ sub: `${org}:1`, org, role: 'agent', funds: ['13'], purpose: 'Réclamation' });

async function ask(service: string, path: string, as: Record<string, unknown> = agent('rsi'), number = account) {
  const answer = await fetch(`${base}/api/${service}/v1/accounts/${number}/${path}`, {
    headers: { authorization: await issuer.bearer(as) },
  });
  const text = await answer.text();
  return { status: answer.status, text, json: JSON.parse(text) as Record<string, unknown> };
}

interface Item {
  readonly author: string;
  readonly seq: number;
  readonly learnedAt: string;
  readonly recordedAt: string;
  readonly data: unknown;
}
const itemsOf = ({ json }: Awaited<ReturnType<typeof ask>>) => json['items'] as readonly Item[];

describe('N3 I7 — the account as each organisation knew it on a day', () => {
  const paymentsOf = async (service: string, on: string) => {
    const { json } = await ask(service, `view?on=${on}`);
    return (json['book'] as { payments: unknown[] }).payments.length;
  };

  it('on the day of the payment Urssaf held it and the RSI did not; three days later both do', async () => {
    expect(await paymentsOf('urssaf-sync', paidOn)).toBe(1);
    expect(await paymentsOf('benefits', paidOn)).toBe(0);
    expect(await paymentsOf('benefits', '2016-05-12')).toBe(0);
    expect(await paymentsOf('benefits', mendedOn)).toBe(1);
    expect(await paymentsOf('urssaf-sync', '2016-05-09')).toBe(0);
  });

  it('in effect on the day of the payment, and known since: the two days are asked apart', async () => {
    const moneyIn = async (path: string) => {
      const { json } = await ask('benefits', path);
      return (json['book'] as { balance: { inTransit: string } }).balance.inTransit;
    };
    expect(await moneyIn(`effective/${paidOn}`)).toBe('1557');
    expect(await moneyIn(`effective/${paidOn}?on=${mendedOn}`)).toBe('1557');
    expect(await moneyIn(`effective/${paidOn}?on=${paidOn}`)).toBe('0');
    expect(await moneyIn('effective/2016-05-09')).toBe('0');
    const [{ json: whole }, { json: cut }] = [await ask('benefits', 'view'), await ask('benefits', 'effective/2016-05-09')];
    expect(cut['restsOn']).toEqual({ vector: whole['vector'], fingerprint: whole['fingerprint'] });
  });

  it('I4 where both knew the same, on whatever day each learned it, the bytes are the same', async () => {
    const [before, after] = [await ask('urssaf-sync', 'view?on=2016-05-09'), await ask('benefits', `view?on=2016-05-12`)];
    expect(after.text).toBe(before.text);
    const [one, other] = [await ask('urssaf-sync', 'view'), await ask('benefits', 'view')];
    expect(other.text).toBe(one.text);
  });

  it('before it learned anything of the account, a service answers as of one that does not exist', async () => {
    expect((await ask('benefits', 'view?on=2016-05-01')).status).toBe(404);
  });
});

describe('I7 — the timeline of an account', () => {
  it('is the order in which this service learned its facts, with the day of each', async () => {
    const days = async (service: string) =>
      itemsOf(await ask(service, 'timeline')).map(
        ({ author, seq, recordedAt, learnedAt }) =>
          `${author} ${String(seq)} ${parisDay(new Date(recordedAt))} ${parisDay(new Date(learnedAt))}`,
      );
    expect(await days('urssaf-sync')).toEqual([
      'urssaf-sync 1 2016-05-02 2016-05-02',
      'urssaf-sync 2 2016-05-10 2016-05-10',
      'benefits 1 2016-05-13 2016-05-13',
      'benefits 2 2016-05-13 2016-05-13',
    ]);
    expect((await days('benefits')).slice(0, 2)).toEqual(['urssaf-sync 1 2016-05-02 2016-05-02', 'urssaf-sync 2 2016-05-10 2016-05-13']);
  });

  it('R8 is read page by page: each goes on where the one before ended, and together they are the whole', async () => {
    const whole = itemsOf(await ask('benefits', 'timeline'));
    const pages: Item[] = [];
    let next: string | null = '';
    while (next !== null) {
      const page = await ask('benefits', `timeline?limit=1${next === '' ? '' : `&after=${next}`}`);
      pages.push(...itemsOf(page));
      next = page.json['next'] as string | null;
    }
    expect(pages).toEqual(whole);
    expect((await ask('benefits', 'timeline?limit=3')).json).toMatchObject({
      vector: { 'urssaf-sync': 2, benefits: 1 },
      next: 'benefits:1,urssaf-sync:2',
    });
    expect((await ask('benefits', 'timeline?after=benefits:2,urssaf-sync:2')).json).toMatchObject({ items: [], next: null });
  });

  it.each(['rsi', 'cell'])('shows an agent of %s everything', async (org) => {
    expect(itemsOf(await ask('benefits', 'timeline', agent(org))).map(({ data }) => data)).not.toContain(null);
  });

  it('I9 tells an agent of Urssaf that benefits decided, and not what: that is health', async () => {
    const { text, ...answer } = await ask('benefits', 'timeline', agent('urssaf'));
    expect(itemsOf({ text, ...answer }).map(({ author, data }) => `${author} ${data === null ? 'withheld' : 'shown'}`)).toEqual([
      'urssaf-sync shown',
      'urssaf-sync shown',
      'benefits withheld',
      'benefits withheld',
    ]);
    expect(text).not.toContain('maternity');
  });

  it('shows the person their own', async () => {
    const own = { sub: `insured:${account}`, org: 'isu', role: 'insured', account };
    expect(itemsOf(await ask('benefits', 'timeline', own))).toHaveLength(4);
  });

  it.each([
    ['a limit of 501', 'timeline?limit=501'],
    ['no limit', 'timeline?limit=0'],
    ['a forged place: another author', 'timeline?after=portal:1'],
    ['a forged place: an author twice', 'timeline?after=benefits:1,benefits:2'],
    ['a forged place: no number', 'timeline?after=benefits:'],
    ['a forged place: SQL', `timeline?after=${encodeURIComponent("benefits:1';--")}`],
    ['a day that does not exist', 'view?on=2015-02-29'],
    ['a day in effect that does not exist', 'effective/2015-02-29'],
  ])('I8 refuses %s', async (_, path) => expect((await ask('benefits', path)).status).toBe(400));

  it('I9 out of reach and unknown are one answer, at any page', async () => {
    const unknown = AccountNumber.make('13', 99_999).toString();
    const far = { ...agent('rsi'), funds: ['26'] };
    for (const path of ['timeline', 'timeline?after=benefits:1', 'effective/2016-05-20']) {
      const [hidden, absent] = [await ask('benefits', path, far), await ask('benefits', path, agent('rsi'), unknown)];
      expect([hidden.status, absent.status]).toEqual([404, 404]);
      expect({ ...absent.json, instance: '' }).toEqual({ ...hidden.json, instance: '' });
    }
  });
});
