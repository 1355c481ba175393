import { randomUUID } from 'node:crypto';
import { foldFlows } from '@isu/account';
import { accountOf, batchOf, operator, payment, Stage, partner } from '../urssaf-sync.spec-kit.js';

const karim = accountOf(123_456);
const cell = (name: string) => ({ sub: `cell:${name}`, org: 'cell', role: 'agent', funds: ['13'], purpose: 'Lots manquants' });
const [anne, bruno] = [cell('anne'), cell('bruno')];
const flow = 'flows/urssaf/payments';

/** Urssaf told of the 16th to the 20th of May 2016, a batch a day; it has lost the second, the third and the fifth. */
const first = batchOf(1, [payment('A-1', karim)], { businessDate: '2016-05-16' });
const second = batchOf(2, [payment('A-2', karim, { amount: '10' })], { businessDate: '2016-05-17', previous: first.digest });
const third = batchOf(3, [payment('A-3', karim, { amount: '11' })], { businessDate: '2016-05-17', previous: second.digest });
const fourth = batchOf(4, [payment('A-4', karim)], { businessDate: '2016-05-18', previous: third.digest });
const fifth = batchOf(5, [payment('A-5', karim)], { businessDate: '2016-05-19', previous: fourth.digest });
const sixth = batchOf(6, [payment('A-2', karim, { amount: '10' })], { businessDate: '2016-05-20', previous: fifth.digest });

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open('isu_sync_given_up');
  await stage.register(karim);
  for (const batch of [first, fourth, sixth]) expect((await stage.send(batch)).status).toBe(201);
});
afterAll(() => stage?.close());

const standing = async () => (await stage.ask('GET', flow)).json as Record<string, unknown>;
const ask = (path: string, { as, body }: { as: object; body?: object }) =>
  stage.ask('POST', `${flow}/give-ups${path}`, {
    claims: as as never,
    headers: { 'idempotency-key': randomUUID(), 'content-type': 'application/json' },
    body: JSON.stringify(body ?? {}),
  });
const said = { from: 2, to: 3, attestation: 'ATT-2016/014', reason: 'Sauvegarde de la veille relue par Urssaf' };
const propose = (body: object = {}, as: object = anne) => ask('', { as, body: { ...said, ...body } });
const codeOf = ({ status, json }: { status: number; json: Record<string, unknown> }) => [status, json['code']];
/** What every service holds against the flow, and so against no account: the holes that it folds from the facts. */
const doubts = async () => foldFlows(await stage.facts('flow/urssaf/payments'))['flow/urssaf/payments']?.openGaps;

describe('F49 I5 — a batch that its author has lost too', () => {
  let proposal = '';

  it('leaves the flow incomplete for as long as it is asked for, and nobody is in arrears for want of what it told', async () => {
    expect(await standing()).toMatchObject({
      ...{ completedThrough: '2016-05-16', gaps: [{ from: 2, to: 3 }, { from: 5, to: 5 }], givenUp: [] }, // prettier-ignore
    });
    expect(await doubts()).toEqual([
      { from: 2, to: 3 },
      { from: 5, to: 5 },
    ]); // prettier-ignore;
  });

  it.each([
    ['a number that came', { from: 4, to: 4 }, [409, 'number-not-missing']],
    ['more than is missing', { from: 2, to: 4 }, [409, 'number-not-missing']],
    ['numbers of two holes at once', { from: 2, to: 5 }, [409, 'number-not-missing']],
    ['a number still to come', { from: 7, to: 7 }, [409, 'number-not-missing']],
    ['the end before the beginning', { from: 3, to: 2 }, [400, 'invalid-request']],
    ['more than a month of numbers', { from: 2, to: 33 }, [400, 'invalid-request']],
    ['no word of the partner', { attestation: '' }, [400, 'invalid-request']],
    ['a sentence for its reference', { attestation: 'Courrier de Mme Martin' }, [400, 'invalid-request']],
    ['hardly a reason', { reason: 'perdu' }, [400, 'invalid-request']],
  ])('is not given up with %s: nothing changes', async (_, body, refusal) => {
    const before = await stage.everything();
    expect(codeOf(await propose(body))).toEqual(refusal);
    expect(await stage.everything()).toEqual(before);
  });

  it('is given up by two people of the cell, and by nobody else', async () => {
    expect((await propose({}, operator)).status).toBe(403);
    expect((await propose({}, partner)).status).toBe(403);
    const { status, json } = await propose();
    expect([status, json]).toMatchObject([201, { from: 2, to: 3, state: 'proposed', proposedBy: 'cell:anne', decidedBy: null }]);
    proposal = String(json['id']);
    expect(codeOf(await propose({ from: 5, to: 5 }))).toEqual([409, 'proposal-pending']);
    expect(codeOf(await ask(`/${proposal}/approval`, { as: anne }))).toEqual([403, 'own-proposal']);
    expect((await standing())['completedThrough']).toBe('2016-05-16');

    expect((await ask(`/${proposal}/approval`, { as: bruno })).json).toMatchObject({
      ...{ state: 'approved', decidedBy: 'cell:bruno', decidedAt: expect.stringMatching(/^2016-05-20T/) },
    });
    expect(codeOf(await ask(`/${proposal}/approval`, { as: bruno }))).toEqual([409, 'proposal-decided']);
  });

  it('holds the flow up no more: complete through the day before the next hole, and what was given up is named with its letter', async () => {
    // Numbers 2 and 3 are given up, 4 is here: nothing is known to be missing through the 18th.
    expect(await standing()).toMatchObject({
      completedThrough: '2016-05-18',
      gaps: [{ from: 5, to: 5 }],
      resendRequests: [{ from: 5, to: 5 }],
      givenUp: [
        { number: 3, attestation: 'ATT-2016/014', arrivedAt: null },
        { number: 2, attestation: 'ATT-2016/014', arrivedAt: null },
      ],
    });
    expect((await stage.facts('flow/urssaf/payments')).slice(-3).map(({ type, data }) => [type, data])).toEqual([
      ['urssaf-sync.gap-closed.v1', { attestation: 'ATT-2016/014', number: 2 }],
      ['urssaf-sync.gap-closed.v1', { attestation: 'ATT-2016/014', number: 3 }],
      ['urssaf-sync.completed-through.v1', { date: '2016-05-18', number: 4 }],
    ]);
    expect(await doubts()).toEqual([{ from: 5, to: 5 }]);
    expect(await stage.rows(`SELECT actor, act, outcome FROM exchange_journal WHERE act = 'number-given-up'`)).toEqual([
      { actor: 'isu', act: 'number-given-up', outcome: '2-3 ATT-2016/014' },
    ]);
  });

  it('is taken as any other when it is found after all, and what was told again meanwhile counts once', async () => {
    // Another content than the one that the next batch names is not it.
    const other = batchOf(3, [payment('A-3', karim, { amount: '99' })], { businessDate: '2016-05-17', previous: second.digest });
    expect((await stage.send(other)).status).toBe(409);

    expect((await stage.send(second)).json).toMatchObject({ lines: [{ outcome: 'duplicate' }] });
    expect((await stage.send(third)).json).toMatchObject({ lines: [{ outcome: 'posted', total: '11' }] });
    expect(await standing()).toMatchObject({
      completedThrough: '2016-05-18',
      givenUp: [
        { number: 3, arrivedAt: expect.any(String) },
        { number: 2, arrivedAt: expect.any(String) },
      ],
    });
  });

  it('goes on being asked for when the proposal is refused, whose reason stays', async () => {
    const { json } = await propose({ from: 5, to: 5 });
    const refusal = { reason: 'Urssaf relit encore ses sauvegardes' };
    expect((await ask(`/${String(json['id'])}/refusal`, { as: bruno, body: refusal })).json).toMatchObject({
      ...{ state: 'refused', decidedBy: 'cell:bruno', decisionReason: refusal.reason },
    });
    expect(await standing()).toMatchObject({ completedThrough: '2016-05-18', gaps: [{ from: 5, to: 5 }] });
    const listed = await stage.ask('GET', `${flow}/give-ups`, { claims: bruno });
    expect((listed.json['items'] as unknown as { state: string }[]).map(({ state }) => state)).toEqual(['approved', 'refused']);
  });

  it('completes the flow through its last day when the last hole is given up', async () => {
    const { json } = await propose({ from: 5, to: 5, attestation: 'ATT-2016/015' });
    await ask(`/${String(json['id'])}/approval`, { as: bruno });
    expect(await standing()).toMatchObject({ completedThrough: '2016-05-20', gaps: [] });
    expect(await doubts()).toEqual([]);
  });
});
