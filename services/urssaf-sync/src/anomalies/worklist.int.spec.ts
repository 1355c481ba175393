import { randomUUID } from 'node:crypto';
import type { JobTurn } from '@isu/chassis';
import { draft } from '@isu/contracts';
import { eventually } from '@isu/testing';
import { AccountNumber, Day } from '@isu/values';
import { AnomalyBook } from './anomaly-book.js';
import { PaymentsInTransit, transitWatchJob } from './payments-in-transit.js';
import { neverCalledWatchJob, PeopleNeverCalled } from './people-never-called.js';
import { approvedByKind } from './proposal.table.js';
import { accountOf, batchOf, payment, Stage } from '../urssaf-sync.spec-kit.js';

const [karim, nadia] = [accountOf(1), accountOf(2)];
const faraway = AccountNumber.make('26', 1).toString();
const cell = (name: string, funds: readonly string[] = ['13']) => ({
  sub: `cell:${name}`,
  org: 'cell',
  role: 'agent',
  funds,
  purpose: 'File de la cellule',
});
const [anne, bruno, other] = [cell('anne'), cell('bruno'), cell('carole', ['26'])];
const correlation = '01890000-0000-7000-8000-00000000000d';

let stage: Stage;
let book: AnomalyBook;
let lastDigest: string;
beforeAll(async () => {
  stage = await Stage.open('isu_sync_worklist');
  await stage.register(karim, nadia, faraway);
  const { facts, clock } = stage.service.context;
  book = new AnomalyBook({ facts, clock });
  const first = batchOf(1, [
    payment('A-1', karim),
    payment('B-1', nadia, { amount: '359' }),
    payment('W-1', accountOf(900), { amount: '77' }),
  ]);
  await stage.send(first);
  const second = batchOf(2, [payment('A-1', karim, { amount: '1' })], { previous: first.digest });
  await stage.send(second);
  lastDigest = second.digest;
  await open(faraway, 'lost 10');
});
afterAll(() => stage?.close());

const open = (account: string, subject: string) =>
  stage.service.context.db.transaction((tx) =>
    book.open(tx, [{ account, type: 'lost', cause: 'Paiement perdu', origin: 'balances', subject, details: { delta: '10' } }], correlation),
  );

type Json = Record<string, unknown>;
const get = async (path: string, claims: object = anne) => stage.ask('GET', path, { claims: claims as never });
// eslint-disable-next-line max-params -- the five parts of a request
const act = async (method: string, path: string, body: unknown, claims: object = anne, key: string = randomUUID()) =>
  stage.ask(method, path, {
    claims: claims as never,
    headers: { 'idempotency-key': key, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
const list = async (query = '', claims: object = anne) =>
  ((await get(`anomalies${query}`, claims)).json['items'] ?? []) as unknown as (Json & { id: string; account: string })[];
const idOf = async (account: string, claims: object = anne) =>
  (await list('', claims)).find((one) => one.account === account)?.id ?? 'none';
const reason = 'Confirmé par l’Urssaf au téléphone';
const propose = (id: string, correction: unknown, claims: object = anne) =>
  act('POST', `anomalies/${id}/proposals`, { correction, reason }, claims);
const approve = (id: string, proposal: string, claims: object = bruno) =>
  act('POST', `anomalies/${id}/proposals/${proposal}/approval`, undefined, claims);
const lastProposal = (json: Json): string => (json['proposals'] as { id: string }[]).at(-1)?.id ?? '';

describe('F51 the worklist of the cell', () => {
  it('holds what a rejected line has opened, in the region of the account only, with its age', async () => {
    expect(await list()).toMatchObject([
      { account: karim, fund: '13', type: 'conflict', origin: 'line', ageDays: 0, assignedTo: null, proposedBy: null },
    ]);
    expect((await list('', other)).map(({ account }) => account)).toEqual([faraway]);
    expect((await get('anomalies?fund=26')).status).toBe(404);
    expect((await get(`anomalies/${await idOf(faraway, other)}`)).status).toBe(404);
  });

  it('F53 is counted for every region, open to managers, no account being named', async () => {
    const { json, text } = await get('anomalies/counts');
    expect(json['regions']).toMatchObject([
      { fund: '13', open: 1, unassigned: 1, waitingForApproval: 0, byType: { conflict: 1 } },
      { fund: '26', open: 1, byType: { lost: 1 } },
    ]);
    expect(text).not.toContain(karim);
  });

  it('I9 follows the account to the cell of the caisse that holds it, from the day of the transfer', async () => {
    const moved = AccountNumber.make('13', 700).toString();
    await stage.register(moved);
    await open(moved, 'lost 12');
    const id = await idOf(moved);
    await stage.transfer(moved, { to: '26', from: stage.service.context.clock.today().plusDays(1).iso });
    expect(await idOf(moved)).toBe(id);
    await stage.transfer(moved, { to: '26', from: stage.service.context.clock.today().iso });
    expect([await idOf(moved), (await get(`anomalies/${id}`)).status]).toEqual(['none', 404]);
    expect((await list('', other)).find((one) => one.id === id)).toMatchObject({ account: moved, fund: '26' });
    expect((await get(`anomalies/${id}`, other)).status).toBe(200);
    await stage.service.context.db.transaction((tx) => book.close(tx, [{ id, settledBy: 'Fin', correlation }]));
  });

  it('an agent of the cell takes one, and gives it back', async () => {
    const id = await idOf(karim);
    expect((await act('PUT', `anomalies/${id}/assignment`, { to: 'me' })).json).toMatchObject({ assignedTo: 'cell:anne' });
    expect((await list('?assignedTo=me')).length).toBe(1);
    expect((await list('?assignedTo=me', bruno)).length).toBe(0);
    expect((await act('PUT', `anomalies/${id}/assignment`, { to: 'nobody' })).json).toMatchObject({ assignedTo: null, assignedAt: null });
  });

  it('is not acted upon by those of one organisation alone', async () => {
    const id = await idOf(karim);
    const rsi = { sub: 'rsi:1', org: 'rsi', role: 'agent', funds: ['13'], purpose: 'File' };
    expect((await propose(id, { kind: 'none' }, rsi)).status).toBe(403);
    expect((await act('PUT', `anomalies/${id}/assignment`, { to: 'me' }, other)).status).toBe(404);
  });
});

describe('four eyes', () => {
  it('S18 the proposer does not approve, another does: the correcting fact is published and counted, the anomaly closed with its cause', async () => {
    await open(nadia, 'lost 10');
    const id = await idOf(nadia);
    const proposed = await propose(id, { kind: 'report-payment', amount: '10', valueOn: '2016-05-18', reference: 'URS-10' });
    expect([proposed.status, (await list()).find((one) => one.id === id)]).toMatchObject([201, { proposedBy: 'cell:anne' }]);
    const named = lastProposal(proposed.json);
    expect((await propose(id, { kind: 'none' }, bruno)).json).toMatchObject({ code: 'proposal-pending' });
    const own = await approve(id, named, anne);
    expect([own.status, own.json]).toMatchObject([403, { code: 'own-proposal' }]);

    const before = (await stage.facts(nadia)).length;
    const approved = await approve(id, named);
    const [told, closing] = (await stage.facts(nadia)).slice(before);
    expect([told?.type, told?.data]).toMatchObject([
      'urssaf-sync.payment-reported.v1',
      { flow: 'isu/reconciliation', partnerReference: 'URS-10', amount: '10', valueOn: '2016-05-18' },
    ]);
    expect([closing?.type, closing?.cause, closing?.data]).toMatchObject([
      'urssaf-sync.anomaly-closed.v1',
      told?.id,
      { settledBy: `Cellule : ${reason}` },
    ]);
    expect(approved.json).toMatchObject({
      closedAt: closing?.time,
      proposals: [{ state: 'approved', decidedBy: 'cell:bruno', decidedAt: expect.stringMatching(/^2016-05-20T/), facts: [told?.id] }],
    });
    expect([(await approve(id, named)).status, (await stage.facts(nadia)).length]).toEqual([409, before + 2]);
    expect((await list('?state=closed')).map((one) => one.id)).toEqual([id]);
    expect(await approvedByKind(stage.service.context.db.manager)).toEqual([{ labels: { kind: 'report-payment' }, value: 1 }]);
  });

  it('I8 a refused proposal moves nothing, and another may be made; the second takes back a payment of that account, once', async () => {
    await open(nadia, 'doubled 359');
    const id = await idOf(nadia);
    const before = (await stage.facts(nadia)).length;
    const first = lastProposal((await propose(id, { kind: 'none' })).json);
    const refused = await act('POST', `anomalies/${id}/proposals/${first}/refusal`, { reason: 'Le paiement est bien en double' }, bruno);
    expect([refused.json, (await stage.facts(nadia)).length]).toMatchObject([
      { closedAt: null, proposals: [{ state: 'refused' }] },
      before,
    ]);

    const [row] = await stage.rows(`SELECT id, fact FROM payment WHERE reference = 'B-1'`);
    const asked = (await propose(id, { kind: 'reverse-payment', payment: row?.['id'] })).json;
    expect(asked).toMatchObject({ payments: [{ id: row?.['id'], reference: 'B-1', amount: '359', batch: '1', flow: 'payments' }] });
    const second = lastProposal(asked);
    await approve(id, second);
    expect((await stage.facts(nadia))[before]?.data).toMatchObject({
      reverses: 'B-1',
      reportedFact: row?.['fact'],
      amount: '359',
      reason: 'cell-correction',
    });

    await open(nadia, 'doubled again');
    const again = await idOf(nadia);
    const third = lastProposal((await propose(again, { kind: 'reverse-payment', payment: row?.['id'] })).json);
    expect((await approve(again, third)).json).toMatchObject({ code: 'correction-without-payment' });
    expect((await list()).some((one) => one.id === again)).toBe(true);
  });

  it('S2 money that waits without an owner is given one; a payment of another account is not taken back by the way', async () => {
    const id = await idOf(nadia);
    await act(
      'POST',
      `anomalies/${id}/proposals/${lastProposal((await get(`anomalies/${id}`)).json)}/refusal`,
      { reason: 'Paiement déjà annulé' },
      bruno,
    );
    const [[theirs], [waiting]] = [
      await stage.rows(`SELECT id FROM payment WHERE reference = 'A-1'`),
      await stage.rows(`SELECT id FROM payment WHERE reference = 'W-1'`),
    ];
    const wrong = lastProposal((await propose(id, { kind: 'reverse-payment', payment: theirs?.['id'] })).json);
    expect((await approve(id, wrong)).status).toBe(409);
    await act('POST', `anomalies/${id}/proposals/${wrong}/refusal`, { reason: 'Ce paiement est d’un autre compte' }, bruno);
    const right = lastProposal((await propose(id, { kind: 'attribute-payment', payment: waiting?.['id'] })).json);
    expect((await approve(id, right)).status).toBe(200);
    expect((await stage.facts(nadia)).at(-2)?.data).toMatchObject({ partnerReference: 'W-1', amount: '77', flow: 'urssaf/payments' });
    expect((await get('to-be-matched')).json['items']).toEqual([]);
  });

  it('an approval and a comparison that judge one account at once wait for each other in one order, and both are done', async () => {
    await open(nadia, 'lost 20');
    const id = (await list()).find((one) => one.account === nadia && one['type'] === 'lost')?.id ?? 'none';
    const proposal = lastProposal((await propose(id, { kind: 'none' })).json);
    const { db } = stage.service.context;
    let approval: Promise<{ status: number }> | undefined;
    await db.transaction(async (tx) => {
      await book.lock(tx);
      approval = approve(id, proposal);
      await eventually(async () => (await stage.rows(`SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`)).length > 0);
      // What the comparison finds is published on the account, and what is gone is closed on the very row that is being approved.
      await book.open(
        tx,
        [{ account: nadia, type: 'other-rules', cause: 'Autre règle', origin: 'balances', subject: 'other-rules' }],
        correlation,
      );
      await tx.query('UPDATE anomaly SET details = details WHERE id = $1', [id]);
    });
    expect((await approval)?.status).toBe(200);
    expect((await stage.facts(nadia)).slice(-2).map(({ type }) => type.split('.')[1])).toEqual(['anomaly-opened', 'anomaly-closed']);
  });

  it.each([
    ['a payment told without its day', { kind: 'report-payment', amount: '10' }, 422],
    ['a payment of nothing', { kind: 'report-payment', amount: '0', valueOn: '2016-05-18' }, 422],
    ['an amount to correct without a payment', { kind: 'correct-amount', amount: '3' }, 422],
    ['a kind that does not exist', { kind: 'burn' }, 400],
    ['an amount that is none', { kind: 'report-payment', amount: '1e3', valueOn: '2016-05-18' }, 400],
  ])('I8 refuses %s', async (_, correction, status) => expect((await propose(await idOf(karim), correction)).status).toBe(status));

  it('R11 a proposal asked for twice under one key is one', async () => {
    const [id, key] = [await idOf(karim), randomUUID()];
    const body = { correction: { kind: 'none' }, reason };
    const [one, two] = [
      await act('POST', `anomalies/${id}/proposals`, body, anne, key),
      await act('POST', `anomalies/${id}/proposals`, body, anne, key),
    ];
    expect([one.status, two.text]).toEqual([201, one.text]);
  });
});

describe('I3 N3 — a payment that is told and not placed', () => {
  it('is an anomaly by itself after a working day, and settles itself when collection says it placed it', async () => {
    const { db, clock } = stage.service.context;
    const inTransit = new PaymentsInTransit({ book, clock });
    const watch = (today: string) =>
      db.transaction((tx) =>
        inTransit.watch(tx, {
          today: clock.today().plusDays(today === 'today' ? 0 : 5),
          after: '00000000-0000-0000-0000-000000000000',
          correlation,
        }),
      );
    expect((await watch('today')).opened).toBe(0);
    expect((await watch('later')).opened).toBe(3);
    expect((await watch('later')).opened).toBe(0);
    const late = (await list('?type=late')).find((one) => one.account === karim);
    expect(late).toMatchObject({
      origin: 'transit',
      cause: 'Un paiement de 1\u202f234,56\u00a0€ est signalé et n’est pas encore imputé au compte',
    });

    const [report] = (await stage.facts(karim)).filter(({ type }) => type === 'urssaf-sync.payment-reported.v1');
    const posting = { id: randomUUID(), subject: karim, correlation, data: { reportedFact: report?.id } };
    await db.transaction((tx) => inTransit.posted(tx, [posting as never]));
    expect(await list('?type=late')).not.toContainEqual(expect.objectContaining({ account: karim }));
    expect((await stage.facts(karim)).at(-1)).toMatchObject({
      cause: posting.id,
      data: { settledBy: 'Réglé par constat : le paiement est imputé au compte' },
    });
  });
});

describe('I3 N3 — a payment that is placed while it is found late', () => {
  const [crossed, moved] = [accountOf(21), accountOf(22)];
  beforeAll(async () => {
    await stage.register(crossed, moved);
    const lines = [payment('M-1', crossed, { amount: '359' }), payment('M-2', moved, { amount: '359' })];
    await stage.send(batchOf(3, lines, { previous: lastDigest }));
  });

  const lateOf = async (account: string) => (await list('?type=late')).filter((one) => one.account === account);
  const reportOf = async (account: string) =>
    String((await stage.facts(account)).find(({ type }) => type === 'urssaf-sync.payment-reported.v1')?.id);
  const posted = (account: string, reportedFact: string) =>
    draft({
      ...{ stream: account, type: 'collection.payment-posted.v1', effectiveOn: '2016-05-19', correlation },
      data: {
        ...{ paymentId: randomUUID(), reportedFact, amount: '359', valueOn: '2016-05-18', means: 'transfer', accountingDay: '2016-05-19' },
        ...{ allocations: [], credit: '359' },
      },
    });
  const turnOf = (date: Day) => {
    const { db } = stage.service.context;
    return { date, correlation, checkpoint: null, step: (work: never) => db.transaction(work) } as unknown as JobTurn;
  };

  it('the watch looks once those who are settling have let go: what they close is not opened again', async () => {
    const { clock, db } = stage.service.context;
    const inTransit = new PaymentsInTransit({ book, clock });
    const report = await reportOf(moved);
    let watching: Promise<unknown> | undefined;
    await db.transaction(async (tx) => {
      await book.lock(tx);
      watching = transitWatchJob(inTransit).run(turnOf(clock.today().plusDays(5)));
      await eventually(async () => (await stage.rows(`SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`)).length > 0, {
        withinMs: 5000,
      });
      await stage.hear(posted(moved, report));
    });
    await watching;
    expect(await lateOf(moved)).toEqual([]);
    expect((await stage.facts(moved)).filter(({ type }) => type === 'urssaf-sync.anomaly-opened.v1')).toEqual([]);
  });

  it('what was found late while it was placed is settled by what the copy says, in the same run', async () => {
    const { clock, db } = stage.service.context;
    const inTransit = new PaymentsInTransit({ book, clock });
    // The hand that placed it saw no anomaly: it was opened beside it.
    const report = await reportOf(crossed);
    const [posting] = await stage.hear(posted(crossed, report));
    const beside = { account: crossed, type: 'late', cause: 'Vu trop tard', origin: 'transit', subject: report } as const;
    await db.transaction((tx) => book.open(tx, [beside], correlation));
    expect(await lateOf(crossed)).toHaveLength(1);

    await transitWatchJob(inTransit).run(turnOf(clock.today().plusDays(5)));
    expect(await lateOf(crossed)).toEqual([]);
    expect((await stage.facts(crossed)).at(-1)).toMatchObject({
      ...{ type: 'urssaf-sync.anomaly-closed.v1', cause: posting?.id, correlation: posting?.correlation },
      data: { settledBy: 'Réglé par constat : le paiement est imputé au compte' },
    });
  });
});

describe('S4 — who is affiliated and never called', () => {
  const [never, called, micro, ended, later] = [11, 12, 13, 14, 15].map(accountOf) as [string, string, string, string, string];
  const registered = (stream: string, { regime = 'common' as 'common' | 'micro-social', startedOn = '2016-05-01' } = {}) =>
    draft({
      ...{ stream, type: 'affiliation.registered.v1', effectiveOn: startedOn, correlation },
      data: { group: 'commercant', regime, startedOn, fund: '13' },
    });
  const firstSchedule = (stream: string) =>
    draft({
      ...{ stream, type: 'collection.schedule-issued.v1', effectiveOn: '2016-05-19', correlation },
      data: { year: 2016, version: 1, periodicity: 'monthly-5', instalments: [] },
    });
  /** Affiliation said all this on 19 May: the sixtieth day is 18 July; of who begins on 1 June, 31 July. */
  const watch = (day: string) => {
    const { db } = stage.service.context;
    const turn = { date: Day.of(day), correlation, checkpoint: null, step: (work: never) => db.transaction(work) };
    return neverCalledWatchJob(new PeopleNeverCalled(book)).run(turn as unknown as JobTurn);
  };

  it('S4 is an anomaly on the sixtieth day, once, closed by itself with the first schedule; micro-entrepreneurs and those who ended are none', async () => {
    await stage.hear(
      ...[registered(never), registered(called), registered(micro, { regime: 'micro-social' }), registered(ended)],
      ...[registered(later, { startedOn: '2016-06-01' }), firstSchedule(called)],
      draft({
        ...{ stream: ended, type: 'affiliation.ended.v1', effectiveOn: '2016-05-10', correlation },
        data: { on: '2016-05-10', cause: 'cessation' },
      }),
    );
    const opened = [];
    for (const day of ['2016-07-17', '2016-07-18', '2016-07-18', '2016-07-31']) opened.push(Object.values(await watch(day)));
    expect(opened).toEqual([[0], [1], [0], [1]]);
    expect((await list('?type=conflict')).filter(({ account }) => [never, called, micro, ended, later].includes(account))).toMatchObject([
      {
        account: never,
        origin: 'transit',
        cause: 'Affiliation connue depuis le 19 mai 2016 et aucun appel de cotisations n’a suivi en 60 jours',
      },
      { account: later },
    ]);
    const [schedule] = await stage.hear(firstSchedule(never));
    expect((await stage.facts(never)).at(-1)).toMatchObject({
      ...{ type: 'urssaf-sync.anomaly-closed.v1', cause: schedule?.id },
      data: { settledBy: 'Réglé par constat : la personne est appelée' },
    });

    // Found beside the hand that heard the schedule, and saw nothing to close: the next evening settles it.
    const beside = { account: never, type: 'conflict', cause: 'Vu trop tard', origin: 'transit', subject: 'call' } as const;
    await stage.service.context.db.transaction((tx) =>
      book.open(tx, [{ ...beside, details: { affiliatedOn: '2016-05-19' } }], correlation),
    );
    await watch('2016-08-01');
    expect((await stage.facts(never)).slice(-2)).toMatchObject([
      { type: 'urssaf-sync.anomaly-opened.v1' },
      { type: 'urssaf-sync.anomaly-closed.v1', cause: schedule?.id },
    ]);
  });
});
