import { violations } from '@isu/ledger';
import { AccountNumber, Day } from '@isu/values';
import { correlation, DebitStage, ibans } from './debits.spec-kit.js';

const count = 1_200;
const dueOn = '2016-05-05';
const reasons = 'AM01 AM02 AM03 AM04 AC01 AC04 AC06 AG01 RC01 MD01 MD02 MD06 MD07 MS02 MS03 SL01 FF01 AG02 FOCR DNOR CNOR ED05 ZZ99'.split(
  ' ',
);

let stage: DebitStage;
beforeAll(async () => {
  stage = await DebitStage.start();
});
afterAll(() => stage?.close());

/** So many accounts like one: the same calendar under their own numbers, and a mandate each that was used before. */
async function copied(model: string): Promise<string[]> {
  const { db } = stage.collection.fresh;
  const numbers = Array.from({ length: count - 1 }, (_, rank) => AccountNumber.make('13', 1_000 + rank).toString());
  const copy = (table: string, columns: string) =>
    db.query(
      `INSERT INTO ${table} (account, ${columns}) SELECT c, ${columns} FROM ${table} t CROSS JOIN unnest($1::text[]) AS c WHERE t.account = $2`,
      [numbers, model],
    );
  await copy('account', 'professional_group, regime, started_on, opened_on, told');
  await copy('assessment', 'year, version, stage, lines, total, rules, accounting_day');
  await copy('schedule', 'year, version, periodicity, fact');
  await copy('instalment', 'id, year, due_on, means, lines, amount, paid');
  await db.query(`INSERT INTO debtor (account, rum, bank_details_version) SELECT account, 'ISU-' || account || '-1', 1 FROM account`);
  for (const account of numbers) stage.details.set(account, { ...stage.details.get(model)!, rum: `ISU-${account}-1` });
  return [model, ...numbers];
}

interface Debit {
  readonly account: string;
  readonly endToEnd: string;
  readonly reference: string;
}

/** As a bank does: from the files alone. */
const asked = async (): Promise<Debit[]> =>
  [...(await stage.laid()).values()].flatMap((text) =>
    [...text.matchAll(/<EndToEndId>((\d{13})-\d{8})<.*?<Ref>(RF\w+)</g)].map(([, endToEnd = '', account = '', reference = '']) => ({
      ...{ account, endToEnd, reference },
    })),
  );

describe('F32 I10 R11 — a plan of the day, the 5th', () => {
  it(`${String(count)} debits presented, killed three times, 2 % back with every reason: nothing twice, nothing lost, every reason its end`, async () => {
    const accounts = await copied(await stage.debited());
    stage.collection.on('2016-05-03');
    const due = Day.of(dueOn);
    for (const at of ['before its message is kept', 'once its message is kept', 'after it was told']) {
      let steps = 0;
      const dying = {
        keep: async (...parameters: Parameters<typeof stage.bank.keep>) => {
          steps += 1;
          if (steps === 3 && at.startsWith('before')) throw new Error(at);
          const id = await stage.bank.keep(...parameters);
          if (steps === 3) throw new Error(at);
          return id;
        },
      } as typeof stage.bank;
      await expect(stage.presentingWith({ bank: dying, debitsAMessage: 120 }).present(due, correlation)).rejects.toThrow(at);
    }
    // Two of them at once: one does it, the other says that it is being done.
    const both = [1, 2].map(() => stage.presentingWith({ debitsAMessage: 120 }).present(due, correlation).catch((fault: { code: string }) => fault.code)); // prettier-ignore
    expect(await Promise.all(both)).toContain('run-under-way');
    expect(await stage.run(dueOn)).toMatchObject({ presented: count, seen: count, messages: 10 });
    expect((await stage.run(dueOn))?.amount.toString()).toBe(String(838 * count));

    const debits = await asked();
    expect([debits.length, new Set(debits.map(({ endToEnd }) => endToEnd)).size]).toEqual([count, count]);
    expect(new Set(debits.map(({ account }) => account))).toEqual(new Set(accounts));

    stage.collection.on(dueOn);
    const paid = await stage.collection.hear(
      'urssaf-sync.payment-reported.v1',
      debits.map(({ account, endToEnd, reference }) => {
        const money = { flow: 'bank/camt.054', means: 'direct-debit', partnerReference: endToEnd, paymentReference: reference } as const;
        return { account, data: stage.collection.report('838', money) };
      }),
    );
    stage.collection.on('2016-05-10');
    const back = paid.filter((_, rank) => rank % 50 === 0);
    const taken = back.map((payment, rank) => ({
      account: payment.subject,
      data: stage.collection.reversalOf(payment, { flow: 'bank/camt.054', reason: reasons[rank % reasons.length] ?? '' }),
    }));
    // Said twice, as banks do.
    for (const _ of [1, 2]) await stage.collection.hear('urssaf-sync.reversal-reported.v1', taken);

    const { db } = stage.collection.fresh;
    const [sums] = await db.query(
      `SELECT (SELECT count(*)::int FROM debit WHERE settled_on IS NOT NULL) AS settled,
         (SELECT count(*)::int FROM debit WHERE returned_on IS NOT NULL) AS returned,
         (SELECT count(*)::int FROM instalment WHERE id = '2016-05' AND paid = amount) AS paid,
         (SELECT count(*)::int FROM fact WHERE author = 'collection' AND type = 'collection.debit-presented.v1') AS presented,
         (SELECT count(*)::int FROM fact WHERE author = 'collection' AND type = 'collection.debit-returned.v1') AS told`,
    );
    expect(sums).toEqual({ settled: count, returned: 24, paid: count - 24, presented: count, told: 24 });
    const outcomes: { outcome: string; reasons: string }[] = await db.query(
      `SELECT outcome, string_agg(DISTINCT reason, ' ' ORDER BY reason) AS reasons FROM debit WHERE outcome IS NOT NULL GROUP BY outcome ORDER BY outcome`,
    );
    expect(outcomes.map(({ outcome, reasons: of }) => `${outcome}: ${of}`)).toEqual([
      'account-frozen: MD07',
      'carried: AM01 AM02 AM03 AM04 MS03',
      'left-unpaid: MS02 SL01',
      'mandate-revoked: MD01 MD02',
      'mandate-suspended: AC01 AC04 AC06 AG01 RC01',
      'presented-again: AG02 CNOR DNOR ED05 FF01 FOCR',
      'reopened: MD06',
      'to-examine: ZZ99',
    ]);
    expect(await violations(db.manager)).toEqual([]);
    const told: unknown[] = await db.query('SELECT 1 FROM fact WHERE envelope::text LIKE ANY($1)', [ibans.map((iban) => `%${iban}%`)]);
    expect(told).toEqual([]);
  });
});
