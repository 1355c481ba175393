import type { Fact } from '@isu/contracts';
import { violations } from '@isu/ledger';
import { Day } from '@isu/values';
import { correlation, DebitStage } from '../debits/debits.spec-kit.js';
import { debitsToExamine, returnedDebits, type ReturnedDebitOfAccount } from '../debits/debits-shown.js';
import type { ExaminedAction } from './examination.js';

let stage: DebitStage;
beforeAll(async () => {
  stage = await DebitStage.start();
});
afterAll(() => stage?.close());

const returned = async (account: string) =>
  (await stage.collection.saidOfType(account, 'collection.debit-returned.v1')).map(
    ({ data: { reason, outcome, moment, againOn = '-' } }) => `${reason} ${moment} ${outcome} ${againOn}`,
  );
const lateFor = async (account: string, day: string): Promise<string[]> => {
  const known = (await stage.collection.does.surcharges.known(stage.collection.fresh.db, [account], Day.of(day))).get(account);
  return (known?.debts ?? []).map(
    ({ instalment, runsFrom, exemption, accruedUntil }) =>
      `${instalment} from ${runsFrom.iso} ${
        exemption ??
        accruedUntil(Day.of(day))
          .map(({ amount }) => amount.toString())
          .join('+')
      }`,
  );
};
/** Debited in February and paid; presented for 7 March, whatever becomes of it. */
const presentedForMarch = async (): Promise<string> => {
  const account = await stage.debitedBefore();
  await stage.present('2016-03-03', '2016-03-07');
  return account;
};

describe('F32 — a debit that comes back reopens its debt with its reason', () => {
  it('AM04 is carried once: 838 + 838 = 1 676 with the next due date; that one passing, nobody was late (3.4)', async () => {
    const account = await presentedForMarch();
    await stage.takeBack(account, '2016-03-07', { on: '2016-03-10', reason: 'AM04' });
    expect(await returned(account)).toEqual(['AM04 returned carried 2016-04-05']);
    expect(await stage.unpaid(account, '2016-03-31')).toEqual(['2016-03 838']);
    expect(await stage.told(account)).toEqual(['debit-returned: Votre prélèvement du 7 mars 2016 n’a pas été payé']);

    await stage.present('2016-04-01', '2016-04-05');
    expect((await stage.asked(account)).at(-1)).toBe('2016-04-05 RCUR 1676 (2016-03 838.00, 2016-04 838.00)');
    await stage.settle(account, '2016-04-05');
    expect(await stage.unpaid(account, '2016-04-30')).toEqual([]);
    expect(await lateFor(account, '2016-04-30')).toEqual(['2016-03 from 2016-03-07 carried']);
  });

  it('F33 a second failure makes both due at once: 838 × 5 % = 41.90 and 838 × 0.4 % × 3 = 10.06 on the first; quarterly until January, the person told', async () => {
    const account = await presentedForMarch();
    await stage.reject(account, '2016-03-07', { on: '2016-03-04', reason: 'AM04' });
    expect(await returned(account)).toEqual(['AM04 rejected carried 2016-04-05']);
    await stage.present('2016-04-01', '2016-04-05');
    await stage.takeBack(account, '2016-04-05', { on: '2016-04-08', reason: 'AM04' });
    expect((await returned(account)).at(-1)).toBe('AM04 returned due-at-once -');
    expect(await stage.unpaid(account, '2016-04-30')).toEqual(['2016-03 838', '2016-04 838']);
    // From 7 March to 31 May three months have begun; from 5 April, two: 838 × 0.4 % × 2 = 6.70.
    expect(await lateFor(account, '2016-05-31')).toEqual([
      '2016-03 from 2016-03-07 41.90+10.06',
      '2016-04 from 2016-04-05 41.90+6.70',
      '2016-05 from 2016-05-05 41.90+3.35',
    ]);

    // Thirty days after 8 April is 8 May: the next quarterly date is 5 August. The total of the year does not move.
    const calendar = await stage.collection.fresh.db.query(
      `SELECT string_agg(id, ' ' ORDER BY due_on) AS ids, sum(amount) AS total FROM instalment WHERE account = $1 AND amount > 0`,
      [account],
    );
    expect(calendar).toEqual([{ ids: '2016-02 2016-03 2016-04 2016-05 2016-06 2016-07 2016-Q3 2016-Q4', total: '9320.00' }]);
    expect((await stage.told(account)).at(-1)).toBe('debit-returned: Votre prélèvement du 5 avril 2016 n’a pas été payé');
    const monthly = { periodicity: 'monthly-5', correlation: '01890000-0000-7000-8000-00000000000d' } as const;
    const ask = () => stage.collection.fresh.db.transaction((tx) => stage.collection.does.periodicity.choose(tx, account, monthly));
    await expect(ask()).rejects.toMatchObject({ code: 'monthly-after-failures' });
    stage.collection.on('2017-01-02');
    await expect(ask()).resolves.toBeUndefined();
  });

  it('AC04 suspends the mandate: nothing more is debited, the person told, until another IBAN is given', async () => {
    const account = await presentedForMarch();
    await stage.reject(account, '2016-03-07', { on: '2016-03-04', reason: 'AC04 compte clos' });
    expect(await returned(account)).toEqual(['AC04 rejected mandate-suspended -']);
    await stage.present('2016-04-01', '2016-04-05');
    expect(await stage.debits(account, '2016-04-05')).toEqual([]);
    expect((await stage.told(account)).at(-1)).toBe('not-debited: Votre échéance du 5 avril 2016 ne sera pas prélevée');
    await stage.collection.on('2016-04-10').hear('affiliation.bank-details-changed.v1', [{ account, data: { version: 2 } }]);
    stage.details.set(account, { ...stage.details.get(account)!, version: 2 });
    await stage.present('2016-04-28', '2016-05-05');
    expect((await stage.asked(account)).at(-1)).toBe('2016-05-05 FRST 838 (2016-05 838.00)');
  });

  it('MD06, taken back by the person: due again from its own date, never debited again by itself', async () => {
    const account = await presentedForMarch();
    await stage.takeBack(account, '2016-03-07', { on: '2016-04-20', reason: 'MD06' });
    expect(await returned(account)).toEqual(['MD06 returned reopened -']);
    await stage.present('2016-05-03', '2016-05-05');
    expect((await stage.asked(account)).at(-1)).toBe('2016-05-05 RCUR 838 (2016-05 838.00)');
    expect((await lateFor(account, '2016-04-21'))[0]).toBe('2016-03 from 2016-03-07 41.90+6.70');
  });

  it('MD07 freezes: no debit, no letter, not even those that waited, and no surcharge is notified (5.5)', async () => {
    const account = await presentedForMarch();
    const letter = {
      account,
      kind: 'reminder',
      channel: 'letter',
      subject: 'Relance',
      text: 'Relance',
      documents: [],
      correlation: null,
    } as const;
    const write = () => stage.collection.does.messages.write(stage.collection.fresh.db, [{ ...letter, writtenOn: Day.of('2016-03-04') }]);
    await write();
    await stage.reject(account, '2016-03-07', { on: '2016-03-04', reason: 'MD07' });
    expect((await returned(account)).at(-1)).toBe('MD07 rejected account-frozen -');
    await stage.present('2016-04-01', '2016-04-05');
    await write();
    expect(await stage.debits(account, '2016-04-05')).toEqual([]);
    const states = await stage.collection.fresh.db.query(`SELECT state, failure FROM outgoing_message WHERE account = $1`, [account]);
    expect(states).toEqual([{ state: 'failed', failure: 'deceased' }]);
    const known = (await stage.collection.does.surcharges.known(stage.collection.fresh.db, [account], Day.of('2016-05-20'))).get(account);
    expect(known?.doubts.map(({ code }) => code)).toContain('account-frozen');
  });

  it('a fault between banks does the person no harm: debited again on the first day possible, late for nothing', async () => {
    const account = await presentedForMarch();
    // A whole block rejected: said on the flow, of no account. Friday 4 March: again on Monday, for Wednesday 9.
    const [debit] = await stage.debits(account, '2016-03-07');
    stage.collection.on('2016-03-04');
    await stage.collection.hear('urssaf-sync.order-rejected.v1', [
      {
        account: 'flow/bank/pain.002',
        data: {
          ...{ flow: 'bank/pain.002', batch: 'R-block', line: 1, order: 'debit', reason: 'FF01' },
          ...{ originalMessage: debit?.messageId ?? '', originalPayment: debit?.partId ?? '' },
        },
      },
    ]);
    expect(await returned(account)).toEqual(['FF01 rejected presented-again 2016-03-09']);
    expect(await stage.told(account)).toEqual([]);
    await stage.present('2016-03-07', '2016-03-09');
    expect((await stage.asked(account)).at(-1)).toBe('2016-03-09 RCUR 838 (2016-03 838.00)');
    await stage.settle(account, '2016-03-09');
    expect(await stage.unpaid(account, '2016-03-31')).toEqual([]);
    expect(await lateFor(account, '2016-03-31')).toEqual([]);
    expect(await violations(stage.collection.fresh.db.manager)).toEqual([]);
  });

  it('R11 said twice, by a report and again by the bank, it comes back once', async () => {
    const account = await presentedForMarch();
    for (const on of ['2016-03-04', '2016-03-05']) await stage.reject(account, '2016-03-07', { on, reason: 'MS02' });
    expect(await returned(account)).toEqual(['MS02 rejected left-unpaid -']);
    expect(await stage.told(account)).toHaveLength(1);
  });
});

describe('F32 — a debit whose reason does not say enough waits for an agent, who says what it was', () => {
  const examined = async (account: string) =>
    (await stage.collection.saidOfType(account, 'collection.debit-examined.v1')).map(
      ({ data: { reason, outcome, againOn = '-' } }) => `${reason} ${outcome} ${againOn}`,
    );
  const lists = async (account: string): Promise<[string, string][]> => {
    const asked = { funds: null, limit: 500, today: Day.of('2016-05-20') };
    const mine = (debits: readonly ReturnedDebitOfAccount[]) => debits.filter((debit) => debit.account === account);
    const waiting = mine(await debitsToExamine(stage.collection.fresh.db, asked));
    const all = mine(await returnedDebits(stage.collection.fresh.db, { ...asked, from: Day.of('2016-01-01'), to: asked.today }));
    return all.map(({ outcome, examination }) => [`${waiting.length} ${outcome ?? ''}`, examination?.reason ?? '-']);
  };
  const examine = async (account: string, action: ExaminedAction, debit?: string) => {
    const [march] = await stage.debits(account, '2016-03-07');
    const asked = { debit: debit ?? march?.endToEnd ?? '', action, reason: 'Vu avec la banque', examinedBy: 'cell:1', correlation };
    return stage.collection.fresh.db.transaction((tx) => stage.collection.does.examinations.examine(tx, account, asked));
  };
  /** Rejected on Friday 4 March for a reason that no list knows; looked at on Wednesday 9. */
  const unknown = async (): Promise<string> => {
    const account = await presentedForMarch();
    await stage.reject(account, '2016-03-07', { on: '2016-03-04', reason: 'ZZ99' });
    expect(await lists(account)).toEqual([['1 to-examine', '-']]);
    expect(await stage.told(account)).toEqual([]);
    stage.collection.on('2016-03-09');
    return account;
  };

  it('a fault of the banks: presented again on the first day possible, Monday 14 March, late for nothing; once', async () => {
    const account = await unknown();
    await examine(account, 're-present');
    // Wednesday 9: leaves on Thursday 10, two bank days.
    expect(await examined(account)).toEqual(['ZZ99 presented-again 2016-03-14']);
    expect(await lists(account)).toEqual([['0 presented-again', 'Vu avec la banque']]);
    expect(await stage.told(account)).toEqual([]);
    await expect(examine(account, 'leave-unpaid')).rejects.toMatchObject({ code: 'debit-not-to-examine', status: 409 });
    await stage.present('2016-03-10', '2016-03-14');
    await stage.settle(account, '2016-03-14');
    expect(await stage.unpaid(account, '2016-03-31')).toEqual([]);
    expect(await lateFor(account, '2016-03-31')).toEqual([]);
  });

  it('no funds: carried to the next due date, which takes 838 + 838 = 1 676, and the person told', async () => {
    const account = await unknown();
    await examine(account, 'carry');
    expect(await examined(account)).toEqual(['ZZ99 carried 2016-04-05']);
    expect(await stage.told(account)).toEqual(['debit-returned: Votre prélèvement du 7 mars 2016 n’a pas été payé']);
    await stage.present('2016-04-01', '2016-04-05');
    expect((await stage.asked(account)).at(-1)).toBe('2016-04-05 RCUR 1676 (2016-03 838.00, 2016-04 838.00)');
    await stage.settle(account, '2016-04-05');
    expect(await lateFor(account, '2016-04-30')).toEqual(['2016-03 from 2016-03-07 carried']);
  });

  it('a closed account: the mandate is suspended, and nothing more is debited before another IBAN; the debt is late from its own date', async () => {
    const account = await unknown();
    await examine(account, 'suspend-mandate');
    expect(await examined(account)).toEqual(['ZZ99 mandate-suspended -']);
    await stage.present('2016-04-01', '2016-04-05');
    expect(await stage.debits(account, '2016-04-05')).toEqual([]);
    // 838 × 5 % = 41.90 and 838 × 0.4 % × 2 = 6.70.
    expect((await lateFor(account, '2016-04-21'))[0]).toBe('2016-03 from 2016-03-07 41.90+6.70');
  });

  it('a mandate that a bank denies stays revoked, whatever the agent finds of its proof, and what was signed since is not touched', async () => {
    const account = await presentedForMarch();
    await stage.takeBack(account, '2016-03-07', { on: '2016-03-10', reason: 'MD01' });
    const rum = `ISU-${account}-2`;
    await stage.collection.on('2016-03-14').hear('affiliation.mandate-signed.v1', [{ account, data: { rum, signedOn: '2016-03-14' } }]);
    stage.details.set(account, { ...stage.details.get(account)!, rum, signedOn: '2016-03-14' });
    await stage.present('2016-03-29', '2016-04-05');
    expect((await stage.asked(account)).at(-1)).toBe('2016-04-05 FRST 838 (2016-04 838.00)');

    await expect(examine(account, 'reopen')).rejects.toMatchObject({ code: 'mandate-stays-revoked', status: 422 });
    expect(await lists(account)).toEqual([['1 mandate-revoked', '-']]);
    await examine(account, 'revoke-mandate');
    expect(await lists(account)).toEqual([['0 mandate-revoked', 'Vu avec la banque']]);
    expect(await stage.told(account)).toHaveLength(1);
    await stage.settle(account, '2016-04-05');
    await stage.present('2016-05-03', '2016-05-05');
    expect((await stage.asked(account)).at(-1)).toBe('2016-05-05 RCUR 838 (2016-05 838.00)');
  });

  it('a debit under the former mandate that comes back within its thirteen months (MD01) does not stop the one in use', async () => {
    const account = await stage.debitedBefore();
    const rum = `ISU-${account}-2`;
    await stage.collection.on('2016-02-15').hear('affiliation.mandate-signed.v1', [{ account, data: { rum, signedOn: '2016-02-15' } }]);
    stage.details.set(account, { ...stage.details.get(account)!, rum, signedOn: '2016-02-15' });
    await stage.present('2016-02-29', '2016-03-07');
    await stage.settle(account, '2016-03-07');
    const [first] = await stage.collection.saidOfType(account, 'collection.payment-posted.v1');
    const [reported] = (await stage.collection.facts.factsOf(stage.collection.fresh.db, account)).filter(
      ({ id }) => id === first?.data.paymentId,
    );
    stage.collection.on('2016-03-16');
    await stage.collection.takeBack(reported as Fact<'urssaf-sync.payment-reported.v1'>, { flow: 'bank/camt.054', reason: 'MD01' });
    expect(await returned(account)).toEqual(['MD01 returned mandate-revoked -']);
    await stage.present('2016-04-01', '2016-04-05');
    expect((await stage.asked(account)).at(-1)).toBe('2016-04-05 RCUR 838 (2016-04 838.00)');
  });

  it('I8 nothing of one that came back for a reason that was clear, nor of one that nobody sent', async () => {
    const account = await presentedForMarch();
    await stage.reject(account, '2016-03-07', { on: '2016-03-04', reason: 'MS02' });
    await expect(examine(account, 'reopen')).rejects.toMatchObject({ code: 'debit-not-to-examine' });
    await expect(examine(account, 'reopen', 'ISU-0')).rejects.toMatchObject({ code: 'not-found' });
    expect(await examined(account)).toEqual([]);
  });
});
