import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { paymentReferenceOf } from '@isu/contracts';
import { violations } from '@isu/ledger';
import { Day } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { DebitNoticesService } from './debit-notices.service.js';
import { DebitStage, correlation, ibans } from './debits.spec-kit.js';

let stage: DebitStage;
beforeAll(async () => {
  stage = await DebitStage.start();
});
afterAll(() => stage?.close());

// 5 May 2016 is a Thursday on which banks work: five bank days before is 28 April, two is 3 May. 5 February: 29 January, and 3 February.
/** Somebody has gone to pay a due date online; the provider has said nothing yet. */
async function payingOnline(account: string, instalment: string): Promise<string> {
  const { db } = stage.collection.fresh;
  const [{ order }]: [{ order: string }] = await db.query(
    `INSERT INTO online_payment (order_id, account, instalments, amount, opened_on, opened_at, expires_at)
     VALUES (gen_random_uuid(), $1, ARRAY[$2], 838, '2016-03-01', now(), now()) RETURNING order_id AS order`,
    [account, instalment],
  );
  await db.query(`INSERT INTO online_payment_under_way (account, instalment, order_id) VALUES ($1, $2, $3)`, [account, instalment, order]);
  return order;
}

describe('F32 — what falls due is handed to the bank', () => {
  it('a first debit five bank days before, the next ones two; each due date once, the mandate signed on line being what they rest on', async () => {
    const account = await stage.debited();
    await expect(stage.present('2016-01-28', '2016-02-05')).rejects.toMatchObject({ code: 'debit-day-to-come' });
    await stage.present('2016-01-29', '2016-02-05');
    expect(await stage.asked(account)).toEqual(['2016-02-05 FRST 933 (2016-02 933.00)']);
    await stage.present('2016-02-03', '2016-02-05');
    await stage.settle(account, '2016-02-05');

    await stage.present('2016-02-29', '2016-03-07');
    expect(await stage.asked(account)).toHaveLength(1);
    await stage.present('2016-03-03', '2016-03-07');
    expect((await stage.asked(account)).at(-1)).toBe('2016-03-07 RCUR 838 (2016-03 838.00)');
    expect((await stage.collection.saidOfType(account, 'collection.debit-presented.v1')).at(-1)?.data).toMatchObject({
      ...{ endToEnd: `${account}-20160307`, collectOn: '2016-03-07', amount: '838', sequence: 'RCUR', rum: `ISU-${account}-1` },
      instalments: [{ instalment: '2016-03', amount: '838' }],
    });
    const text = await stage.written(`${account}-20160307`);
    expect(text).toContain('<InstdAmt Ccy="EUR">838.00</InstdAmt>');
    expect(text).toContain(`<MndtId>ISU-${account}-1</MndtId><DtOfSgntr>2016-01-04</DtOfSgntr>`);
    expect(text).toContain(`<Dbtr><Nm>Chloe Dupont</Nm></Dbtr><DbtrAcct><Id><IBAN>${ibans[0]}</IBAN></Id></DbtrAcct>`);
  });

  it('R11 presented again, nothing is asked twice; and a constraint stands under it', async () => {
    const account = await stage.debitedBefore();
    await stage.present('2016-05-03', '2016-05-05');
    const before = await stage.run('2016-05-05');
    expect(await stage.present('2016-05-04', '2016-05-05')).toMatchObject({ presented: before?.presented, messages: before?.messages });
    expect(await stage.debits(account, '2016-05-05')).toHaveLength(1);
    await expect(
      stage.collection.fresh.db.query(
        `INSERT INTO debited_instalment (end_to_end, account, instalment, amount) VALUES ($1, $2, '2016-05', 1)`,
        [`${account}-20160205`, account],
      ),
    ).rejects.toThrow('debited_once');
  });

  it('what was paid by other means is asked for no more, a part paid in advance by its rest alone: 838 − 300 = 538', async () => {
    const [paid, part] = [await stage.debitedBefore(), await stage.debitedBefore()];
    stage.collection.on('2016-02-20');
    const pay = (account: string, amount: string) =>
      stage.collection.pay(account, amount, { paymentReference: paymentReferenceOf({ account, instalment: '2016-03' }) });
    await pay(paid, '838');
    await pay(part, '300');
    await stage.present('2016-03-03', '2016-03-07');
    expect(await stage.debits(paid, '2016-03-07')).toEqual([]);
    expect((await stage.asked(part)).at(-1)).toBe('2016-03-07 RCUR 538 (2016-03 538.00)');
  });

  it('F34 carried and being paid online meanwhile, it is not debited again: April alone; not paid after all, it goes with the next: 2 × 838 = 1 676', async () => {
    const account = await stage.debitedBefore();
    await stage.present('2016-03-03', '2016-03-07');
    await stage.reject(account, '2016-03-07', { on: '2016-03-04', reason: 'AM04' });
    const order = await payingOnline(account, '2016-03');
    await stage.present('2016-04-01', '2016-04-05');
    expect((await stage.asked(account)).at(-1)).toBe('2016-04-05 RCUR 838 (2016-04 838.00)');
    await stage.settle(account, '2016-04-05');
    await stage.collection.hear('urssaf-sync.online-payment-settled.v1', [{ account, data: { order, outcome: 'expired' } }]);
    await stage.present('2016-05-03', '2016-05-05');
    expect((await stage.asked(account)).at(-1)).toBe('2016-05-05 RCUR 1676 (2016-03 838.00, 2016-05 838.00)');
  });

  it('F34 a mandate signed while an online payment is under way: told; not paid after all, debited on the first day possible, late for nothing', async () => {
    const account = await stage.debitedBefore();
    const order = await payingOnline(account, '2016-03');
    for (const on of ['2016-03-03', '2016-03-04']) await stage.present(on, '2016-03-07');
    expect(await stage.debits(account, '2016-03-07')).toEqual([]);
    expect(await stage.told(account)).toEqual(['not-debited: Votre échéance du 7 mars 2016 n’est pas prélevée : vous la payez en ligne']);
    const due = async (on: string) => (await stage.presenting.dueDatesOn(Day.of(on))).map(({ iso }) => iso);
    expect(await due('2016-03-08')).not.toContain('2016-03-07');

    await stage.collection.hear('urssaf-sync.online-payment-settled.v1', [{ account, data: { order, outcome: 'refused' } }]);
    expect(await due('2016-03-08')).toContain('2016-03-07');
    await stage.present('2016-03-08', '2016-03-07');
    // Tuesday 8 March, two bank days: Thursday 10. Surcharges run from there.
    expect((await stage.asked(account)).at(-1)).toBe('2016-03-10 RCUR 838 (2016-03 838.00)');
    expect(await due('2016-03-09')).not.toContain('2016-03-07');
    await stage.settle(account, '2016-03-07');
    expect(await stage.unpaid(account, '2016-03-31')).toEqual([]);
    const known = (await stage.collection.does.surcharges.known(stage.collection.fresh.db, [account], Day.of('2016-03-31'))).get(account);
    expect(known?.debts).toEqual([]);
  });

  it('F34 paid online after all, it is debited no more', async () => {
    const account = await stage.debitedBefore();
    const order = await payingOnline(account, '2016-03');
    await stage.present('2016-03-03', '2016-03-07');
    const reference = paymentReferenceOf({ account, instalment: '2016-03' });
    const money = await stage.collection.pay(account, '838', { flow: 'payment-provider/online', means: 'online', order, paymentReference: reference }); // prettier-ignore
    await stage.collection.hear('urssaf-sync.online-payment-settled.v1', [
      { account, data: { order, outcome: 'paid', reportedFact: money.id } },
    ]);
    expect((await stage.presenting.dueDatesOn(Day.of('2016-03-04'))).map(({ iso }) => iso)).not.toContain('2016-03-07');
    await stage.present('2016-03-04', '2016-03-07');
    expect(await stage.debits(account, '2016-03-07')).toEqual([]);
  });

  it('without a mandate or an IBAN nothing is debited, and the person is told once, before the due date', async () => {
    const [without, unknown] = [await stage.debited({ rum: null, signedOn: null, ics: null }), await stage.debited()];
    stage.details.delete(unknown);
    await stage.present('2016-01-29', '2016-02-05');
    await stage.present('2016-02-03', '2016-02-05');
    for (const account of [without, unknown]) {
      expect(await stage.debits(account)).toEqual([]);
      expect(await stage.told(account)).toEqual(['not-debited: Votre échéance du 5 février 2016 ne sera pas prélevée']);
    }
  });

  it('another IBAN under the same mandate serves for the next debit: a first one at the new bank (SMNDA), five bank days before', async () => {
    const account = await stage.debitedBefore();
    stage.collection.on('2016-02-10');
    await stage.collection.hear('affiliation.bank-details-changed.v1', [{ account, data: { version: 2 } }]);
    stage.details.set(account, { ...stage.details.get(account)!, version: 2, iban: ibans[1] });
    await stage.present('2016-02-29', '2016-03-07');
    expect((await stage.asked(account)).at(-1)).toBe('2016-03-07 FRST 838 (2016-03 838.00)');
    expect(await stage.written(`${account}-20160307`)).toContain('<Id>SMNDA</Id>');
    expect(await stage.written(`${account}-20160307`)).toContain(ibans[1]);
  });

  it('presented too late by us, it is collected on the first day that banks allow, and nobody is late for it', async () => {
    const account = await stage.debited();
    // 3 February + 5 bank days = 10 February.
    await stage.present('2016-02-03', '2016-02-05');
    expect(await stage.asked(account)).toEqual(['2016-02-10 FRST 933 (2016-02 933.00)']);
    await stage.settle(account, '2016-02-05');
    stage.collection.on('2016-04-20');
    const known = await stage.collection.does.surcharges.knownToday(stage.collection.fresh.db, account);
    expect(known?.debts.map(({ instalment }) => instalment)).not.toContain('2016-02');
  });
});

describe('F32 — a changed amount is told of anew, fourteen days before it is debited', () => {
  const notices = (account: string) => async () => (await stage.told(account)).filter((text) => text.startsWith('debit-notice'));

  it('once, with what had been announced; nobody whose amount is that of the calendar', async () => {
    const [changed, same] = [await stage.debitedBefore(), await stage.debitedBefore()];
    stage.collection.on('2016-04-01');
    await stage.collection.pay(changed, '300', { paymentReference: paymentReferenceOf({ account: changed, instalment: '2016-05' }) });
    const { db } = stage.collection.fresh;
    const service = new DebitNoticesService({ clock: stage.collection.clock, messages: stage.collection.does.messages });
    const step = <A>(work: (tx: EntityManager) => Promise<A>): Promise<A> => db.transaction(work);
    const on = (day: string) => service.runFor({ date: Day.of(day), correlation, checkpoint: null, step });
    stage.collection.on('2016-04-20');
    await on('2016-04-20');
    expect(await notices(changed)()).toEqual([]);
    // 5 May − 14 days = 21 April; 838 − 300 = 538.
    stage.collection.on('2016-04-21');
    for (const _ of [1, 2]) await on('2016-04-21');
    expect(await notices(changed)()).toEqual([expect.stringMatching(/^debit-notice: Votre prélèvement du 5 mai 2016 : 538,00\s€$/)]);
    expect(await notices(same)()).toEqual([]);
  });
});

describe('S5 — the end of the activity stops the debits', () => {
  it('S5 nothing that falls due after the end is presented; what had been sent is paid back whole as a credit', async () => {
    const [ended, sent] = [await stage.debitedBefore(), await stage.debitedBefore()];
    await stage.present('2016-03-03', '2016-03-07');
    for (const account of [ended, sent]) await stage.settle(account, '2016-03-07');
    // Presented on 1 April for 5 April, of which one ended on 31 January, which is learned of on 2 April.
    await stage.present('2016-04-01', '2016-04-05');
    stage.collection.on('2016-04-02');
    await stage.collection.hear('affiliation.ended.v1', [{ account: sent, data: { on: '2016-01-31', cause: 'cessation' } }]);
    const payment = await stage.settle(sent, '2016-04-05');
    expect(
      (await stage.collection.saidOfType(sent, 'collection.payment-posted.v1')).find(({ data }) => data.reportedFact === payment.id)?.data,
    ).toMatchObject({ allocations: [], credit: '838' });
    stage.collection.on('2016-04-20');
    await stage.collection.hear('affiliation.ended.v1', [{ account: ended, data: { on: '2016-01-31', cause: 'cessation' } }]);
    await stage.present('2016-05-03', '2016-05-05');
    for (const account of [ended, sent]) expect(await stage.debits(account, '2016-05-05')).toEqual([]);
    expect(await violations(stage.collection.fresh.db.manager)).toEqual([]);
  });
});

describe('what leaves for the bank', () => {
  it('R14 is sealed where it is kept, and laid for its owner alone; laid again it is the same bytes', async () => {
    const account = await stage.debited();
    await stage.present('2016-01-29', '2016-02-05');
    const [debit] = await stage.debits(account);
    const name = `${debit?.messageId}.xml`;
    const first = (await stage.laid()).get(name);
    expect(first).toContain(account);
    expect((await stat(join(stage.folder, name))).mode & 0o777).toBe(0o600);
    const { db } = stage.collection.fresh;
    const rows: { row: string }[] = await db.query(
      `SELECT b::text || encode(b.sealed, 'escape') AS row FROM bank_message b UNION ALL SELECT d::text FROM debit d UNION ALL SELECT f.envelope::text FROM fact f`,
    );
    expect(rows.filter(({ row }) => ibans.some((iban) => row.includes(iban)) || row.includes('Dupont'))).toEqual([]);
    await db.query('UPDATE bank_message SET laid_at = NULL WHERE message_id = $1', [debit?.messageId]);
    expect((await stage.laid()).get(name)).toBe(first);
  });

  it('I10 killed between two messages, or before one was kept, it goes on: nothing twice, nothing left', async () => {
    const accounts: string[] = [];
    for (let each = 0; each < 5; each += 1) accounts.push(await stage.debitedBefore());
    let kept = 0;
    const dying = {
      keep: async (...parameters: Parameters<typeof stage.bank.keep>) => {
        kept += 1;
        const id = await stage.bank.keep(...parameters);
        // After everything was written, before it is committed.
        if (kept === 3) throw new Error('killed');
        return id;
      },
    } as typeof stage.bank;
    stage.collection.on('2016-06-02');
    const few = { debitsAMessage: 2 };
    await expect(stage.presentingWith({ ...few, bank: dying }).present(Day.of('2016-06-06'), correlation)).rejects.toThrow('killed');
    expect(await stage.run('2016-06-06')).toMatchObject({ messages: 2, endedAt: null });
    const run = await stage.presentingWith(few).present(Day.of('2016-06-06'), correlation);
    expect(run.endedAt).not.toBeNull();
    for (const account of accounts) expect(await stage.debits(account, '2016-06-06')).toHaveLength(1);
    const all = [...(await stage.laid())]
      .filter(([name]) => name.includes('20160606'))
      .map(([, text]) => text)
      .join('');
    const references = [...all.matchAll(/<EndToEndId>(.*?)</g)].map(([, reference]) => reference);
    expect([references.length, new Set(references).size]).toEqual([run.presented, run.presented]);
  });
});
