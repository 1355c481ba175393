import { readFileSync } from 'node:fs';
import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { lineOf, sha256, signedPartOf, toldAmountOf, type BatchTrailer, type Fact, type FactData, type FactType } from '@isu/contracts';
import { Money } from '@isu/values';
import { examplePartnerKeys, exampleReceiptKey } from '../settings.js';
import { readAcknowledgement } from './acknowledgement.js';
import type { OutgoingBatch } from './outgoing-batch.table.js';
import { outgoingFlows } from './outgoing-catalogue.js';
import { recordOf } from './telling.js';

const id = (kind: string): string => `01890a5d-ac96-774b-bcce-00000000000${kind}`;
const account = '1300001234517';
const said = <T extends FactType>(type: T, data: FactData<T>): Fact =>
  ({ id: id('1'), source: '', type, subject: account, effectiveon: '2016-05-20', data }) as unknown as Fact;
const begins = { reference: id('1'), account };
const allocations = [
  { instalment: '2016-05', year: 2016, code: 'maladie', amount: '100.10' },
  { instalment: '2016-05', year: 2016, code: 'cfp', amount: '9.90' },
];

/** What the partner's engineers build from: the published page, byte for byte. */
const page = readFileSync(new URL('../../../../docs/partner-exchange.md', import.meta.url), 'utf8');
const block = (name: string): string => new RegExp(`\`\`\`${name}\\n([^]*?)\`\`\``).exec(page)?.[1] ?? '';

describe('N5 the line that tells a partner of a fact', () => {
  it('of a fact is told to a partner on one flow', () => {
    const told = outgoingFlows.flatMap(({ partner, tells }) => tells.map((type) => `${partner} ${type}`));
    expect(new Set(told).size).toBe(told.length);
  });

  it('says of an affiliation what Urssaf must know, not the year of birth', () => {
    const data = { group: 'artisan', regime: 'common', startedOn: '2016-01-04', fund: '13', birthYear: 1980 } as const;
    const record = recordOf(said('affiliation.registered.v1', data), null);
    expect(record).toEqual({
      type: 'affiliation',
      ...begins,
      event: 'registered',
      group: 'artisan',
      regime: 'common',
      startedOn: '2016-01-04',
      fund: '13',
    });
    expect(toldAmountOf(record).toString()).toBe('0');
  });

  it('F70 says an income as it was recorded, without the grounds of an ex-officio base', () => {
    const grounds = [{ retained: 'last-known' as const, beforeIncrease: '20000', consecutiveYears: 1, expression: '20 000 × 1,25' }];
    const data = {
      year: 2015,
      amount: '25000',
      kind: 'ex-officio',
      source: 'agent',
      declaredOn: '2016-07-01',
      grounds,
    } as const;
    const record = recordOf(said('collection.income-recorded.v1', data), null);
    expect(record).toEqual({
      type: 'recorded-income',
      ...begins,
      year: 2015,
      amount: '25000',
      kind: 'ex-officio',
      source: 'agent',
      declaredOn: '2016-07-01',
    });
    expect(toldAmountOf(record).toString()).toBe('25000');
  });

  it('adds to the control total what is owed, what is asked for, and what is placed', () => {
    const lines = [{ code: 'maladie', base: '10000', rate: '0.065', amount: '650' }, { code: 'cfp', base: '38616', rate: '0.0025', amount: '97' }]; // prettier-ignore
    const assessed = said('collection.assessed.v1', {
      year: 2016,
      stage: 'provisional',
      version: 1,
      lines,
      rules: '2016.1',
      accountingDay: '2016-01-04',
      incomeFact: id('2'),
    });
    // 650 + 97
    expect([recordOf(assessed, null), toldAmountOf(recordOf(assessed, null)).toString()]).toMatchObject([
      { type: 'assessment', version: 1 },
      '747',
    ]);
    expect(recordOf(assessed, null)).not.toHaveProperty('incomeFact');
    const instalments = ['2016-05', '2016-06'].map((month) => ({
      id: month,
      dueOn: `${month}-05`,
      means: 'direct-debit' as const,
      lines: [{ year: 2016, code: 'cfp', amount: '8.05' }],
    }));
    const issued = said('collection.schedule-issued.v1', { year: 2016, version: 2, periodicity: 'monthly-5', instalments });
    // 8,05 + 8,05
    expect(toldAmountOf(recordOf(issued, null)).toString()).toBe('16.10');
  });

  it('F49 says which debts a payment paid, under the partner’s own reference of it, and that a reversed one pays none', () => {
    const posted = said('collection.payment-posted.v1', {
      ...{
        paymentId: id('3'),
        reportedFact: id('4'),
        amount: '120',
        valueOn: '2016-05-18',
        means: 'transfer',
        allocations,
        credit: '10',
        accountingDay: '2016-05-20',
      },
    });
    const record = recordOf(posted, { toldBy: 'urssaf', partnerReference: 'URS-1' });
    expect(record).toEqual({
      ...{ type: 'allocation', ...begins, event: 'posted', payment: id('3'), toldBy: 'urssaf', partnerReference: 'URS-1' },
      ...{ amount: '120', valueOn: '2016-05-18', means: 'transfer', lines: allocations, credit: '10' },
    });
    // 100,10 + 9,90: what is placed; 10 of the 120 is placed on nothing.
    expect(toldAmountOf(record).toString()).toBe('110');
    const reversed = said('collection.payment-reversed.v1', { paymentId: id('3'), reason: 'AM04', accountingDay: '2016-05-20' });
    expect(recordOf(reversed, null)).toEqual({ type: 'allocation', ...begins, event: 'reversed', payment: id('3'), lines: [] });
  });

  it('F104 adds surcharges to the control total, less what is taken off them: 50 + 12, then − 4', () => {
    const surcharge = { instalment: '2016-02', year: 2016 };
    const lines = [
      { ...surcharge, code: 'majoration-initiale' as const, base: '1000', rate: '0.05', months: 1, from: '2016-02-05', amount: '50' },
      { ...surcharge, code: 'majoration-mensuelle' as const, base: '1000', rate: '0.004', months: 3, from: '2016-02-05', amount: '12' },
    ];
    const charged = said('collection.surcharge-charged.v1', { lines, through: '2016-05-04', accountingDay: '2016-05-19' });
    const part = [{ ...surcharge, code: 'majoration-mensuelle' as const, amount: '4' }];
    const cancelled = said('collection.surcharge-cancelled.v1', { lines: part, reason: 'Argent reçu avant', accountingDay: '2016-05-19' });
    const remitted = said('collection.surcharge-remitted.v1', { lines: part, ground: 'director', accountingDay: '2016-05-19' });
    const records = [charged, cancelled, remitted].map((fact) => recordOf(fact, null));
    expect(records.map((record) => toldAmountOf(record).toString())).toEqual(['62', '-4', '-4']);
    expect(records[2]).toEqual({
      ...{ type: 'recovery', ...begins, event: 'surcharge-remitted' },
      ...{ lines: part, ground: 'director', accountingDay: '2016-05-19' },
    });
  });

  it('R10 is, of surcharges, what docs/partner-exchange.md shows to the byte, and so is the receipt of it', () => {
    const text = block('told');
    const [header, ...lines] = text.trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>); // prettier-ignore
    const trailer = lines.pop() as unknown as BatchTrailer;
    const facts = lines.map(({ type: _, reference, account: subject, event, ...data }) => ({
      ...{ id: reference, subject, type: `collection.${String(event)}.v1`, data },
    }));
    const records = facts.map((fact) => recordOf(fact as unknown as Fact, null));
    const body = [header as never, ...records].map(lineOf).join('');
    expect(body + signedPartOf({ text })).toBe(text);
    expect(trailer).toEqual({
      type: 'trailer',
      count: 2,
      controlTotal: Money.sum(records.map(toldAmountOf)).toString(),
      digest: sha256(body),
    });
    const ours = sign(null, Buffer.from(signedPartOf({ text })), createPrivateKey(exampleReceiptKey)).toString('base64');
    expect(block('told-signature').trim()).toBe(ours);

    const receipt = block('acknowledgement').trim();
    const { urssaf } = JSON.parse(examplePartnerKeys) as { urssaf: string };
    const signature = Buffer.from(block('acknowledgement-signature').trim(), 'base64');
    expect(verify(null, Buffer.from(receipt), createPublicKey(urssaf), signature)).toBe(true);
    const sent = { partner: 'urssaf', flow: 'recovery', number: 1, digest: trailer.digest, count: 2, total: Money.of('58') };
    expect(readAcknowledgement(Buffer.from(receipt), sent as OutgoingBatch)).toMatchObject({ accepted: 2, refused: 0 });
  });

  it('tells of nothing that no flow carries', () => {
    expect(() => recordOf(said('affiliation.contact-changed.v1', { version: 2 }), null)).toThrow(/No flow/);
  });
});
