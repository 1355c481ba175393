import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Day, Iban, Money } from '@isu/values';
import fc from 'fast-check';
import { pain001Schema } from '../sepa/pain-001-schema.js';
import { MessageNotValid, SchemaCheck } from '../sepa/schema-check.js';
import { writeTransfers } from './refund-message.js';
import { newRefund, nextStep, partsOf, type CreditOfAccount } from './refund.js';

const since = Day.of('2016-05-20');
const credit = (changes: Partial<CreditOfAccount> & { euros?: string }): CreditOfAccount => ({
  ...{ since, choice: null, hasComing: true, bank: 'known' },
  ...changes,
  free: Money.of(changes.euros ?? '100'),
});
const on = (day: string, changes: Parameters<typeof credit>[0]) => nextStep(credit(changes), Day.of(day));

describe('F56 — what becomes of a credit (CSS R. 131-5, R. 613-1-3, D. 133-1)', () => {
  it.each<[string, string, Parameters<typeof credit>[0], string]>([
    ['nothing is nothing', '2016-05-20', { euros: '0' }, 'none'],
    ['40.99 € in 2016 go on the next due date', '2016-05-20', { euros: '40.99' }, 'next-instalments'],
    ['and stay where there is none', '2016-05-20', { euros: '40.99', hasComing: false }, 'kept'],
    ['41 € wait ten days for a word', '2016-05-29', { euros: '41' }, 'choosing'],
    ['and are ordered on the tenth, 30 May', '2016-05-30', { euros: '41' }, 'order'],
    ['a word is not waited for where nothing is due any more', '2016-05-20', { hasComing: false }, 'order'],
    ['asked for, it is ordered at once', '2016-05-20', { choice: 'refund' }, 'order'],
    ['preferred on due dates, it goes there', '2016-06-30', { choice: 'next-instalments' }, 'next-instalments'],
    ['and back where there is none', '2016-05-20', { choice: 'next-instalments', hasComing: false }, 'order'],
    ['no IBAN', '2016-05-30', { bank: 'unknown' }, 'iban-awaited'],
    ['the IBAN that the bank refused', '2016-05-30', { bank: 'refused' }, 'new-iban-awaited'],
    ['5 000 € are ordered', '2016-05-30', { euros: '5000' }, 'order'],
    ['5 000.01 € wait for two agents', '2016-05-30', { euros: '5000.01' }, 'approval'],
  ])('%s', (_, day, changes, step) => expect(on(day, changes)).toBe(step));

  it('F56 the order may leave until the thirtieth day: 20 May + 30 = 19 June', () => {
    const part = { paymentId: '01890000-0000-7000-8000-000000000001', amount: Money.euros(1) };
    expect(newRefund([part], { id: 'r', account: '1300001234517', number: 1, since, today: since }).dueBy.iso).toBe('2016-06-19');
  });

  it('whatever the credits, a refund is their sum, in parts that are each of one payment and never nothing', () => {
    const free = fc.array(fc.integer({ min: 0, max: 9_999_99 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(free, (cents) => {
        fc.pre(cents.some((each) => each > 0));
        const parts = partsOf(cents.map((each, rank) => ({ payment: { paymentId: `p${rank}` } as never, free: Money.cents(each) })));
        const refund = newRefund(parts, { id: 'r', account: '1300001234517', number: 1, since, today: since });
        expect(refund.amount.cents).toBe(cents.reduce((a, b) => a + b, 0));
        expect(refund.parts.every(({ amount }) => amount.isPositive)).toBe(true);
        expect(refund.needsApproval).toBe(refund.amount.compare(Money.euros(5_000)) > 0);
      }),
    );
  });
});

describe('F56 — the message for the bank', () => {
  const iban = Iban.of('DE89370400440532013000');
  const transfer = (number: number, cents: number) => {
    const parts = [{ paymentId: 'p', amount: Money.cents(cents) }];
    const refund = newRefund(parts, { id: `r${number}`, account: '1300001234517', number, since, today: since });
    return { refund, version: 1, creditor: { name: 'Chloé Œuvrard', iban } };
  };
  const written = (count: number) =>
    writeTransfers(
      Array.from({ length: count }, (_, rank) => transfer(rank + 1, 100 + rank)),
      {
        ...{ messageId: 'REMB-20160530-1', createdAt: '2016-05-30T06:00:00', executeOn: Day.of('2016-05-30') },
        debtor: { name: 'Urssaf pour le RSI', iban: Iban.of('FR7630006000011234567890189') },
      },
    );

  it('is cut into blocks of 500: 1 001 refunds of 1.00 to 11.00 €, 6 006 € in three', async () => {
    const { content, count, total, partOf } = await written(1_001);
    // 1 001 × (1.00 + 11.00) / 2
    expect([count, total.toString()]).toEqual([1_001, '6006']);
    expect([...content.matchAll(/<PmtInfId>(.*?)<\/PmtInfId><PmtMtd>TRF<\/PmtMtd><NbOfTxs>(\d+)/g)].map(([, id, of]) => [id, of])).toEqual([
      ['REMB-20160530-1-1', '500'],
      ['REMB-20160530-1-2', '500'],
      ['REMB-20160530-1-3', '1'],
    ]);
    expect(partOf.get('r501')).toBe('REMB-20160530-1-2');
  });

  it.each<[string, string | RegExp, string]>([
    ['an amount of nothing', '>1.00</InstdAmt>', '>0.00</InstdAmt>'],
    ['another currency', 'Ccy="EUR"', 'Ccy="USD"'],
    ['no IBAN', /<CdtrAcct>.*?<\/CdtrAcct>/, ''],
    ['no reference', /<EndToEndId>.*?<\/EndToEndId>/, ''],
    ['an accent in a name', 'Chloe', 'Chloé'],
  ])('never leaves with %s', async (_, from, to) => {
    const text = (await written(1)).content.replace(from, to);
    expect(() => new SchemaCheck(pain001Schema).check(text)).toThrow(new MessageNotValid());
  });

  const schema = join(process.env['ISU_SHARED'] ?? join(process.cwd(), '..', 'shared'), 'data', 'iso20022', 'xsd', 'pain.001.001.03.xsd');
  const isThere = existsSync(schema);
  (isThere ? it : it.skip)(
    `passes the published schema, as whatever passes our own${isThere ? '' : ' (left out: the file is absent)'}`,
    async () => {
      const text = (await written(3)).content;
      expect(() => new SchemaCheck(readFileSync(schema, 'utf8')).check(text)).not.toThrow();
    },
  );
});
