import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Refusal } from '@isu/chassis';
import { Services, type Voice } from '../questions/services.js';
import { actsForFund, actsOfAgent, actsOfInsured } from './act.js';
import { Acts, saidIn } from './acts.js';

const account = '1200000000176';
const key = '4f0c6c5e-59f4-4c2b-8c8f-6a3c1f2b7d10';
const voice: Voice = { token: () => Promise.resolve('token'), correlation: '4f0c6c5e-59f4-4c2b-8c8f-6a3c1f2b7d11' };

interface Heard {
  readonly call: string;
  readonly key: string | undefined;
  readonly ifMatch: string | undefined;
  readonly body: unknown;
}

let server: Server;
let heard: Heard[];
let answer: { status: number; json?: unknown };
let acts: Acts;

beforeEach(async () => {
  heard = [];
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      heard.push({
        call: `${request.method ?? ''} ${request.url ?? ''}`,
        key: request.headers['idempotency-key'] as string | undefined,
        ifMatch: request.headers['if-match'],
        body: JSON.parse(text),
      });
      response
        .writeHead(answer.status, { 'content-type': 'application/json' })
        .end(answer.json === undefined ? undefined : JSON.stringify(answer.json));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  acts = new Acts(new Services({ peersUrl: `http://127.0.0.1:${String(port)}`, patienceMs: 2_000 }));
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

const perform = (name: string, body: Record<string, unknown>, version: string | null = null, table = actsOfInsured) =>
  acts.perform({ acts: table, name, about: account }, { body, key, version }, voice);

const refusalOf = async (promise: Promise<unknown>): Promise<Refusal> => {
  const fault: unknown = await promise.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(fault instanceof Refusal)) throw new Error('it was not refused');
  return fault;
};

describe('what a screen says, handed to the service whose matter it is', () => {
  it('F12 a correction is a PUT on the account of the session, under the version that was read', async () => {
    answer = { status: 200, json: { version: 3 } };
    expect(await perform('contact', { phone: '0612345678' }, '"2"')).toEqual({ version: 3 });
    expect(heard).toEqual([
      { call: `PUT /api/affiliation/v1/insured-persons/${account}/contact`, key, ifMatch: '"2"', body: { phone: '0612345678' } },
    ]);
  });

  it.each([
    ['a person', actsOfInsured, 'portal'],
    ['an agent', actsOfAgent, 'agent'],
  ])('F19 the door by which an estimate of %s came is not for the screen to say', async (_, table, source) => {
    answer = { status: 200, json: {} };
    await perform('estimate', { year: 2016, amount: '30000', source: 'net-entreprises' }, null, table);
    expect(heard[0]?.body).toEqual({ year: 2016, amount: '30000', source });
  });

  it('F61 F8 what an agent says of a person, or for a caisse, goes where the service takes it', async () => {
    answer = { status: 201, json: {} };
    const said = ['spouse', 'spouse-end', 'acre-request', 'acre-decision', 'nir', 'activity', 'activity-end', 'activity-incomes', 'main-establishment', 'fund-message-answer']; // prettier-ignore
    for (const name of said) await perform(name, {}, null, actsOfAgent);
    await acts.perform({ acts: actsForFund, name: 'news', about: '12' }, { body: { title: 'x' }, key, version: null }, voice);
    const person = `POST /api/affiliation/v1/insured-persons/${account}`;
    expect(heard.map(({ call }) => call)).toEqual([
      ...['spouses', 'spouse-ends', 'acre-requests', 'acre-decisions', 'nir', 'activities', 'activity-ends', 'activity-incomes'].map((path) => `${person}/${path}`), // prettier-ignore
      ...[`${person}/main-establishment`, `${person}/fund-message-answers`, 'POST /api/affiliation/v1/funds/12/news'],
    ]);
  });

  it('F33 an act that is answered with nothing is done', async () => {
    answer = { status: 204 };
    expect(await perform('periodicity', { periodicity: 'quarterly' })).toEqual({});
  });

  it('F21 a refusal comes back word for word, with its fields', async () => {
    const errors = [{ field: 'amount', code: 'amount', accepted: 'un montant' }];
    answer = { status: 409, json: { code: 'estimate-after-end', title: 'Non', detail: 'Faites plutôt ceci.', errors, instance: 'x' } };
    expect(await refusalOf(perform('estimate', { year: 2016, amount: '1' }))).toMatchObject({
      ...{ status: 409, code: 'estimate-after-end', title: 'Non', detail: 'Faites plutôt ceci.', errors },
    });
  });

  it('I9 what lies out of reach is not there, and a service that fails is away: nothing else is told of either', async () => {
    answer = { status: 404, json: { code: 'account-of-another-fund', title: 'x', detail: 'y' } };
    expect(await refusalOf(perform('contact', {}))).toMatchObject({ status: 404, code: 'not-found' });
    answer = { status: 500, json: { code: 'internal-fault', title: 'x', detail: 'y' } };
    expect((await refusalOf(perform('contact', {}))).status).toBe(503);
  });

  it.each(['merge', 'toString', '__proto__', 'strike-off-decision', 'nir', 'acre-decision', 'news'])(
    'R15 “%s” is no act of a person, and nothing is asked of any service',
    async (name) => {
      expect((await refusalOf(perform(name, {}))).status).toBe(404);
      expect(heard).toEqual([]);
    },
  );
});

describe('what makes an act one act', () => {
  const request = (headers: Record<string, string>) => ({ headers }) as unknown as Parameters<typeof saidIn>[0];

  it('is a key of its own, without which it is refused', () => {
    expect(saidIn(request({ 'idempotency-key': key, 'if-match': '"1"' }), { a: 1 })).toEqual({ body: { a: 1 }, key, version: '"1"' });
    expect(() => saidIn(request({}), {})).toThrow(Refusal);
    expect(() => saidIn(request({ 'idempotency-key': 'encore' }), {})).toThrow(Refusal);
  });

  it.each([[[]], [null], ['texte']])('is said by an object: %j is none', (body) => {
    expect(() => saidIn(request({ 'idempotency-key': key }), body)).toThrow(Refusal);
  });
});
