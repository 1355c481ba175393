import { randomUUID } from 'node:crypto';
import { SaidNo, SystemClient, type Asker } from '@isu/isu';
import { eventually, inventedNir, inventedSiret, personas } from '@isu/testing';
import { RunningSystem } from './running-system.js';
import { demandFor, national } from './two-people.js';

/** Those that keep what affiliation says. */
const readers = ['collection', 'benefits', 'urssaf-sync'] as const;
type Reader = (typeof readers)[number];
const second: Asker = { ...national, sub: 'rsi:second' };
const urssaf: Asker = { ...national, org: 'urssaf' };
const today = '2016-05-20';

let system: RunningSystem;
let client: SystemClient;
beforeAll(async () => {
  system = await RunningSystem.start({ today });
  client = new SystemClient(system.url);
}, 120_000);
afterAll(() => system?.remove());

const persons = '/api/affiliation/v1/insured-persons';
let rank = 700;
/** A trader of Lyon, caisse 26, with an activity and an establishment. */
async function registered(changes: Readonly<Record<string, unknown>> = {}): Promise<string> {
  rank += 1;
  const nir = inventedNir({ sex: 'M', bornOn: '1985-02-01', department: '69', rank });
  const json = {
    ...demandFor(personas.nadia, '69'),
    nir,
    siret: inventedSiret(rank),
    birthDate: '1985-02-01',
    group: 'commercant',
    startedOn: '2010-01-01',
    ...changes,
  };
  return (await client.post<{ account: string }>(persons, { as: national, json })).body.account;
}
/** What is asked of affiliation about one person. */
interface Demand {
  readonly verb?: 'POST' | 'PUT';
  readonly act: string;
  readonly json: object;
  readonly as?: Asker;
}
const ask = async <T>(account: string, { verb = 'POST', act, json, as = national }: Demand, key: string = randomUUID()): Promise<T> =>
  (await client.ask<T>(verb, `${persons}/${account}/${act}`, { as, json, headers: { 'idempotency-key': key } })).body;
const say = <T>(account: string, act: string, json: object): Promise<T> => ask<T>(account, { act, json });

interface Shown {
  readonly subject: string;
  readonly change: string;
  readonly effectiveOn: string;
  readonly learnedAt: string;
  readonly organisation: string | null;
  readonly role: string | null;
  readonly reason: string | null;
}
const historyOf = async (account: string): Promise<readonly Shown[]> =>
  (await client.get<{ changes: Shown[] }>(`${persons}/${account}/changes`, national)).body.changes;

const toldOf = async (account: string, [subject, change]: Change['history']) =>
  (await historyOf(account)).filter((one) => one.subject === subject && one.change === change);

interface KeptFact {
  readonly type: string;
  readonly data: unknown;
}
const keptBy = async (service: Reader | 'affiliation', account: string): Promise<readonly KeptFact[]> => {
  const stretch = `/api/${service}/v1/facts?author=affiliation&stream=${account}&from=1&to=50`;
  const { text } = await client.get(stretch, { role: 'service', sub: 'service:portal' });
  return text.split('\n').filter(Boolean).map((line) => JSON.parse(line) as KeptFact); // prettier-ignore
};

/** A change of affiliation: what is said of whom, what the history must then tell of it, and what the others must hear. */
interface Change {
  readonly kind: string;
  /** Brings a person to where the change can be said; answers the account that it is said of, and what it needs to be said. */
  readonly before?: () => Promise<readonly [account: string, ...needed: string[]]>;
  /** Absent of what comes with the person. */
  readonly asks?: (account: string, ...needed: string[]) => Demand;
  readonly history: readonly [subject: string, change: string, effectiveOn: string, reason: string | null];
  readonly by?: string;
  /** Null for what nobody but affiliation may know. */
  readonly fact: readonly [type: string, data: (account: string, ...needed: string[]) => object] | null;
}

const why = 'Courrier du 12 mai';
const spouseChosen = { bond: 'marriage', employees: 2, from: '2016-05-01', reason: why } as const;
const linked = async (): Promise<readonly [string, string]> => {
  const [head, spouse] = [await registered(), await registered()];
  await say(head, 'spouses', { spouseAccount: spouse, ...spouseChosen });
  return [head, spouse];
};
const digestOf = async (account: string): Promise<string> =>
  (await client.get<{ digest: string }>(`${persons}/${account}/mandate-text`, national)).body.digest;
const child = { familyName: 'Haddad', givenNames: 'Zélie', birthDate: '2010-04-01', reason: 'child', from: '2016-01-01' } as const;
const another = inventedSiret(690);
const opened = { siret: another, openedOn: '2016-05-01', reason: why } as const;

const changes: readonly Change[] = [
  {
    kind: 'registration',
    history: ['situation', 'registered', '2010-01-01', null],
    fact: ['registered', () => ({ group: 'commercant', regime: 'common', startedOn: '2010-01-01', fund: '26', birthYear: 1985 })],
  },
  {
    kind: 'status',
    asks: () => ({ act: 'situation-changes', json: { from: '2016-05-01', group: 'artisan', reason: why } }),
    history: ['situation', 'changed', '2016-05-01', why],
    fact: ['status-changed', () => ({ group: 'artisan', regime: 'common', from: '2016-05-01' })],
  },
  {
    kind: 'caisse, by two agents',
    before: async () => {
      const account = await registered();
      const { id } = await say<{ id: string }>(account, 'transfers', { department: '13', from: '2016-05-01', reason: why });
      return [account, id];
    },
    asks: (_, proposal) => ({ act: 'transfer-decisions', json: { proposal, accepted: true, reason: 'Vérifié' }, as: second }),
    history: ['situation', 'moved', '2016-05-01', why],
    fact: ['fund-changed', () => ({ fund: '23', from: '2016-05-01' })],
  },
  {
    kind: 'another activity',
    asks: () => ({ act: 'activities', json: { label: 'Conseil', register: 'none', startedOn: '2016-05-01', reason: why } }),
    history: ['activity', 'started', '2016-05-01', why],
    fact: ['establishments-changed', () => ({ version: 3 })],
  },
  {
    kind: 'end of an activity',
    before: async () => {
      const account = await registered();
      await say(account, 'activities', { label: 'Conseil', register: 'none', startedOn: '2016-05-01', reason: why });
      return [account];
    },
    asks: () => ({ act: 'activity-ends', json: { activity: 2, on: '2016-05-19', reason: why } }),
    history: ['activity', 'ended', '2016-05-19', why],
    fact: ['establishments-changed', () => ({ version: 4 })],
  },
  {
    kind: 'another establishment',
    asks: () => ({ act: 'establishments', json: opened }),
    history: ['establishment', 'opened', '2016-05-01', why],
    fact: ['establishments-changed', () => ({ version: 3 })],
  },
  {
    kind: 'closing of an establishment',
    before: async () => {
      const account = await registered();
      await say(account, 'establishments', opened);
      return [account];
    },
    asks: () => ({ act: 'establishment-closings', json: { siret: another, on: '2016-05-19', reason: why } }),
    history: ['establishment', 'closed', '2016-05-19', why],
    fact: ['establishments-changed', () => ({ version: 4 })],
  },
  {
    kind: 'main establishment',
    before: async () => {
      const account = await registered();
      await say(account, 'establishments', opened);
      return [account];
    },
    asks: () => ({ act: 'main-establishment', json: { siret: another, from: '2016-05-10', reason: why } }),
    history: ['establishment', 'main', '2016-05-10', why],
    fact: ['establishments-changed', () => ({ version: 4 })],
  },
  {
    kind: 'contact details',
    asks: () => ({ verb: 'PUT', act: 'contact', json: { address: '4 rue du Lac, 69003 Lyon', reason: why } }),
    history: ['contact', 'corrected', today, why],
    fact: ['contact-changed', () => ({ version: 2 })],
  },
  {
    kind: 'bank details',
    asks: () => ({ verb: 'PUT', act: 'bank-details', json: { iban: personas.jean.iban } }),
    history: ['bank-details', 'changed', today, null],
    fact: ['bank-details-changed', () => ({ version: 2 })],
  },
  {
    kind: 'mandate signed',
    before: async () => {
      const account = await registered();
      return [account, await digestOf(account)];
    },
    asks: (_, digest) => ({ act: 'mandates', json: { digest, accepted: true } }),
    history: ['mandate', 'signed', today, null],
    fact: ['mandate-signed', (account) => ({ rum: `ISU-${account}-1`, signedOn: today })],
  },
  {
    kind: 'mandate revoked',
    before: async () => {
      const account = await registered();
      const signature = { digest: await digestOf(account), accepted: true };
      return [account, (await say<{ rum: string }>(account, 'mandates', signature)).rum];
    },
    asks: (_, rum) => ({ act: 'mandate-revocations', json: { rum, reason: why } }),
    history: ['mandate', 'revoked', today, why],
    fact: ['mandate-revoked', (_, rum) => ({ rum, on: today })],
  },
  {
    kind: 'spouse',
    before: async () => [await registered(), await registered()],
    asks: (_, spouseAccount) => ({ act: 'spouses', json: { spouseAccount, ...spouseChosen } }),
    history: ['spouse', 'linked', '2016-05-01', why],
    fact: ['spouse-linked', (_, spouseAccount) => ({ spouseAccount, option: 'third-of-pass', from: '2016-05-01' })],
  },
  {
    kind: 'option of the spouse',
    before: linked,
    asks: () => ({ act: 'spouse-options', json: { option: 'half-of-income', reason: why } }),
    history: ['spouse', 'option', '2016-05-01', why],
    fact: ['spouse-linked', (_, spouseAccount) => ({ spouseAccount, option: 'half-of-income', from: '2016-05-01' })],
  },
  {
    kind: 'end of the spouse',
    before: linked,
    asks: () => ({ act: 'spouse-ends', json: { on: '2016-05-19', reason: why } }),
    history: ['spouse', 'ended', '2016-05-19', why],
    fact: ['spouse-linked', (_, spouseAccount) => ({ spouseAccount, option: 'third-of-pass', from: '2016-05-01', to: '2016-05-19' })],
  },
  {
    kind: 'dependant',
    asks: () => ({ act: 'dependants', json: child }),
    history: ['dependant', 'added', '2016-01-01', 'child'],
    fact: null,
  },
  {
    kind: 'end of a dependant',
    before: async () => {
      const account = await registered();
      return [account, (await say<{ id: string }>(account, 'dependants', child)).id];
    },
    asks: (_, dependant) => ({ act: 'dependant-ends', json: { dependant, on: '2016-05-19', reason: why } }),
    history: ['dependant', 'ended', '2016-05-19', why],
    fact: null,
  },
  {
    kind: 'ACCRE',
    before: async () => {
      const account = await registered({ startedOn: '2016-05-02' });
      await say(account, 'acre-requests', { complete: true });
      return [account];
    },
    asks: () => ({ act: 'acre-decisions', json: { granted: true, reason: why }, as: urssaf }),
    by: 'urssaf',
    history: ['acre', 'granted', today, why],
    fact: ['acre-decided', () => ({ decision: 'granted', from: '2016-05-02' })],
  },
  {
    kind: 'certified NIR',
    before: async () => {
      const nir = inventedNir({ sex: 'M', bornOn: '1985-02-01', department: '69', rank: (rank += 1) });
      const provisional = `7${nir.slice(1, 13)}`;
      const key = String(97 - Number(BigInt(provisional) % 97n)).padStart(2, '0');
      return [await registered({ nir: provisional + key }), nir];
    },
    asks: (_, nir) => ({ act: 'nir', json: { nir, reason: why } }),
    history: ['nir', 'certified', today, why],
    fact: ['nir-certified', () => ({ on: today })],
  },
  {
    kind: 'merge, by two agents',
    before: async () => {
      const [account, into] = [await registered(), await registered()];
      return [account, into, (await say<{ id: string }>(account, 'merges', { into, reason: why })).id];
    },
    asks: (_, __, proposal) => ({ act: 'merge-decisions', json: { proposal, accepted: true, reason: 'Vérifié' }, as: second }),
    history: ['account', 'merged', today, why],
    fact: ['account-merged', (_, into) => ({ into })],
  },
  {
    kind: 'striking off ex officio, begun',
    asks: () => ({ act: 'strike-offs', json: { reason: why } }),
    history: ['strike-off', 'opened', today, why],
    fact: null,
  },
  {
    kind: 'end of activity',
    asks: () => ({ act: 'end-of-activity', json: { on: '2016-04-30', cause: 'cessation', reason: why } }),
    history: ['situation', 'ended', '2016-04-30', why],
    fact: ['ended', () => ({ on: '2016-04-30', cause: 'cessation' })],
  },
  {
    kind: 'a new start',
    before: async () => {
      const account = await registered();
      await say(account, 'end-of-activity', { on: '2016-04-30', cause: 'cessation', reason: why });
      return [account];
    },
    asks: () => ({
      act: 'reopenings',
      json: {
        startedOn: '2016-05-10',
        register: 'repertoire-des-metiers',
        regime: 'common',
        department: '69',
        activity: 'Boulanger',
        reason: why,
      },
    }),
    history: ['situation', 'reopened', '2016-05-10', why],
    fact: ['registered', () => ({ group: 'artisan', regime: 'common', startedOn: '2016-05-10', fund: '26', birthYear: 1985 })],
  },
];

describe('F12 F61 — what affiliation says', () => {
  it.each(changes)(
    'every change says who, when and why, and is in three other services within five seconds: $kind',
    async ({ before, asks, history, by = 'rsi', fact }) => {
      const [account, ...needed] = before ? await before() : [await registered()];
      const saidBefore = await keptBy('affiliation', account);
      if (asks) await ask(account, asks(account, ...needed));
      const [, , effectiveOn, reason] = history;
      const told = (await toldOf(account, history)).at(-1);
      expect(told).toMatchObject({ effectiveOn, reason, organisation: by, role: 'agent-national' });
      expect(told?.learnedAt.slice(0, 10)).toBe(today);

      if (fact === null) {
        expect(await keptBy('affiliation', account)).toEqual(saidBefore);
        return;
      }
      const [type, data] = fact;
      const wanted = { type: `affiliation.${type}.v1`, data: data(account, ...needed) };
      for (const reader of readers) {
        await eventually(
          async () => {
            expect((await keptBy(reader, account)).findLast((one) => one.type === wanted.type)).toMatchObject(wanted);
            return true;
          },
          { withinMs: 5_000 },
        );
      }
    },
  );
});

describe('R2 R11 — a change of affiliation asked twenty times at once is one change', () => {
  const asked = changes.filter(({ asks }) => asks);
  const keys = [
    ['one key', () => 'twenty-times'],
    ['a key each', () => randomUUID()],
  ] as const;
  const cases = asked.flatMap((change) => keys.map(([under, keyOf]) => ({ ...change, under, keyOf })));

  it.each(cases)('twenty times at once: $kind, under $under', async ({ before, asks, history, fact, keyOf }) => {
    const [account, ...needed] = before ? await before() : [await registered()];
    if (!asks) return;
    const [factsBefore, toldBefore] = [await keptBy('affiliation', account), await toldOf(account, history)];
    const demand = asks(account, ...needed);
    const statuses = await Promise.all(
      Array.from({ length: 20 }, () => ask(account, demand, keyOf()).then(() => 200, (no: SaidNo) => no.status)), // prettier-ignore
    );
    expect(statuses).toContain(200);
    expect(statuses.filter((status) => ![200, 404, 409, 422].includes(status))).toEqual([]);
    expect(await toldOf(account, history)).toHaveLength(toldBefore.length + 1);
    const ofType = (facts: readonly KeptFact[]) => facts.filter(({ type }) => type === `affiliation.${String(fact?.[0])}.v1`).length;
    expect(ofType(await keptBy('affiliation', account))).toBe(ofType(factsBefore) + (fact ? 1 : 0));
  });
});
