import { paymentReferenceOf } from '@isu/contracts';
import { accountOf, batchOf, cellAgent, payment, Stage } from '../urssaf-sync.spec-kit.js';

const [karim, nadia] = [accountOf(1), accountOf(2)];
const flow = 'flow/bank/camt.054';
let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open('isu_sync_bank');
  await stage.register(karim, nadia);
});
afterAll(() => stage?.close());

interface Notice {
  id: string;
  entries: string;
  version?: string;
  message?: string;
  doctype?: string;
}

const notice = ({ id, entries, version = '08', message = 'camt.054.001', doctype = '' }: Notice): string =>
  `<?xml version="1.0" encoding="UTF-8"?>${doctype}<Document xmlns="urn:iso:std:iso:20022:tech:xsd:${message}.${version}"><BkToCstmrDbtCdtNtfctn>` +
  `<GrpHdr><MsgId>${id}</MsgId><CreDtTm>2016-05-19T20:00:00</CreDtTm></GrpHdr><Ntfctn><Id>1</Id>${entries}</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>`;

const entry = (
  amount: string,
  inside: string,
  { sign = 'CRDT', currency = 'EUR', status = '<Cd>BOOK</Cd>', reversal = '', ref = '' } = {},
): string =>
  `<Ntry><Amt Ccy="${currency}">${amount}</Amt><CdtDbtInd>${sign}</CdtDbtInd>${reversal}<Sts>${status}</Sts><ValDt><Dt>2016-05-18</Dt></ValDt>` +
  `${ref === '' ? '' : `<AcctSvcrRef>${ref}</AcctSvcrRef>`}<NtryDtls>${inside}</NtryDtls></Ntry>`;

const transaction = ({ ref = '', e2e = 'NOTPROVIDED', amount = '', text = '', structured = '', back = '' }): string =>
  `<TxDtls><Refs>${ref === '' ? '' : `<AcctSvcrRef>${ref}</AcctSvcrRef>`}<EndToEndId>${e2e}</EndToEndId></Refs>` +
  `${amount === '' ? '' : `<Amt Ccy="EUR">${amount}</Amt>`}<RmtInf>${text === '' ? '' : `<Ustrd>${text}</Ustrd>`}` +
  `${structured === '' ? '' : `<Strd><CdtrRefInf><Ref>${structured}</Ref></CdtrRefInf></Strd>`}</RmtInf>${back === '' ? '' : `<RtrInf><Rsn><Cd>${back}</Cd></Rsn></RtrInf>`}</TxDtls>`;

describe('a notice of the bank', () => {
  const reference = paymentReferenceOf({ account: karim, instalment: '2016-05' });
  const first = notice({
    id: 'BANK-1',
    entries:
      entry(
        '300.00',
        transaction({ ref: 'B-1', amount: '100.00', structured: reference }) +
          transaction({ ref: 'B-2', amount: '150.00', text: `Cotisations ${nadia.slice(0, 2)} ${nadia.slice(2, 11)} ${nadia.slice(11)}` }) +
          transaction({ ref: 'B-3', amount: '50.00' }),
      ) +
      entry('70', transaction({ ref: 'B-4' }), { currency: 'USD' }) +
      entry('80', transaction({ ref: 'B-5' }), { status: '<Cd>PDNG</Cd>' }),
  });

  it('F81 I8 finds the owner by the reference of the notice or the number of the account; what names nobody is to be matched, another currency refused', async () => {
    const answer = await stage.sendBankFile(first);
    expect([answer.status, answer.json]).toMatchObject([
      201,
      {
        batch: { partner: 'bank', flow: 'camt.054', number: 1, name: 'BANK-1' },
        count: 5,
        total: '300',
        lines: [
          { from: 1, to: 2, outcome: 'posted', total: '250' },
          { from: 3, to: 3, outcome: 'to-be-matched', total: '50' },
          { from: 4, to: 4, outcome: 'refused', reason: 'other-currency', total: '0' },
          { from: 5, to: 5, outcome: 'refused', reason: 'not-booked', total: '0' },
        ],
      },
    ]);
    expect(stage.isOurs(answer)).toBe(true);
    expect((await stage.facts(karim))[0]).toMatchObject({
      effectiveon: '2016-05-18',
      data: {
        flow: 'bank/camt.054',
        batch: 'BANK-1',
        line: 1,
        partnerReference: 'B-1',
        bankReference: 'B-1',
        amount: '100',
        paymentReference: reference,
      },
    });
    const waiting = await stage.ask('GET', 'to-be-matched', { claims: cellAgent });
    expect(waiting.json['items']).toEqual([expect.objectContaining({ kind: 'payment', reference: 'B-3', account: null, amount: '50' })]);
  });

  it('R10 R11 sent again gets the same receipt and changes nothing; the same message id with other content is a conflict', async () => {
    const [receipt, before] = [(await stage.sendBankFile(first)).text, await stage.everything()];
    expect((await stage.sendBankFile(first)).text).toBe(receipt);
    const other = await stage.sendBankFile(first.replace('<Amt Ccy="EUR">100.00</Amt>', '<Amt Ccy="EUR">101.00</Amt>'));
    expect([other.status, other.json['code']]).toEqual([409, 'batch-conflict']);
    expect(await stage.everything()).toEqual(before);
    expect(await stage.typesOf(flow)).toEqual(['batch-accepted', 'batch-refused', 'conflict-recorded']);
  });

  it('R4 the same money by two doors is one payment', async () => {
    const batch = batchOf(1, [
      payment('U-1', karim, { amount: '100', bankReference: 'B-1' }),
      payment('U-2', nadia, { amount: '50', bankReference: 'B-3' }),
    ]);
    const { json } = await stage.send(batch);
    expect(json['lines']).toEqual([
      { from: 2, to: 2, outcome: 'duplicate', reason: 'same-bank-reference', count: 1, total: '100' },
      { from: 3, to: 3, outcome: 'posted', count: 1, total: '50' },
    ]);
    expect((await stage.facts(karim)).length).toBe(1);
    expect((await stage.facts(nadia)).map(({ data }) => (data as { amount: string }).amount)).toEqual(['150', '50']);
    expect((await stage.ask('GET', 'to-be-matched', { claims: cellAgent })).json['items']).toEqual([]);
  });

  it('F49 a returned debit reverses the payment that it names, whoever told of it', async () => {
    const back = entry('150.00', transaction({ e2e: 'B-2', back: 'MD06' }), { sign: 'DBIT', ref: 'R-1' });
    const { json } = await stage.sendBankFile(
      notice({ id: 'BANK-2', entries: back, version: '04' }).replace('<Sts><Cd>BOOK</Cd></Sts>', '<Sts>BOOK</Sts>'),
    );
    expect(json['lines']).toEqual([{ from: 1, to: 1, outcome: 'posted', count: 1, total: '-150' }]);
    expect((await stage.facts(nadia)).at(-1)).toMatchObject({
      type: 'urssaf-sync.reversal-reported.v1',
      data: { reverses: 'B-2', reason: 'MD06', amount: '150' },
    });
  });

  it('a return that names nothing known waits, visibly; a plain debit is no contribution', async () => {
    const entries =
      entry('12.00', transaction({ e2e: 'NOBODY', back: 'AC01' }), { sign: 'DBIT', ref: 'R-2' }) +
      entry('9.00', transaction({}), { sign: 'DBIT', ref: 'FEE' });
    const { json } = await stage.sendBankFile(notice({ id: 'BANK-3', entries, version: '02' }));
    expect(json['lines']).toMatchObject([
      { outcome: 'to-be-matched', reason: 'payment-awaited', total: '-12' },
      { outcome: 'refused', reason: 'debit-not-a-return', total: '0' },
    ]);
  });

  it('I2 a batch booking whose transactions do not add up is one sum for people to look into', async () => {
    const entries = entry('100.00', transaction({ ref: 'S-1', amount: '60.00' }) + transaction({ ref: 'S-2', amount: '39.99' }), {
      ref: 'S',
    });
    const { json } = await stage.sendBankFile(notice({ id: 'BANK-4', entries }));
    expect(json['lines']).toMatchObject([{ outcome: 'to-be-matched', count: 1, total: '100' }]);
  });
});

/** A statement (camt.053) of the same account. */
const statement = (more: Notice): string =>
  notice({ ...more, message: 'camt.053.001' })
    .replaceAll('BkToCstmrDbtCdtNtfctn', 'BkToCstmrStmt')
    .replaceAll('Ntfctn>', 'Stmt>');
type Run = { outcome: string; reason?: string; count: number; total: string };
const linesOf = ({ json }: { json: Record<string, unknown> }): string[] =>
  (json['lines'] as Run[]).map(({ outcome, reason, count, total }) => [outcome, reason, count, total].filter(Boolean).join(' '));

describe('R4 a notice and a statement tell of the same money, each in its own words', () => {
  it('F49 what the notice told is not counted again by the statement, which tells of it under the same reference', async () => {
    const told = entry('75.00', transaction({ ref: 'D-1', structured: paymentReferenceOf({ account: karim, instalment: '2016-06' }) }));
    expect(linesOf(await stage.sendBankFile(notice({ id: 'DAY-1', entries: told })))).toEqual(['posted 1 75']);
    const before = (await stage.facts(karim)).length;
    const again = statement({ id: 'DAY-1', entries: entry('75.00', transaction({ ref: 'D-1' })) });
    const answer = await stage.sendBankFile(again);
    expect([answer.status, answer.json]).toMatchObject([201, { batch: { partner: 'bank-statement', flow: 'camt.053' } }]);
    expect(linesOf(answer)).toEqual(['duplicate same-bank-reference 1 75']);
    expect((await stage.facts(karim)).length).toBe(before);
  });

  it('F49 a statement first, without an owner: the notice gives it one', async () => {
    expect(linesOf(await stage.sendBankFile(statement({ id: 'DAY-2', entries: entry('31.00', transaction({ ref: 'D-2' })) })))).toEqual([
      'to-be-matched account-unknown 1 31',
    ]);
    const told = entry('31.00', transaction({ ref: 'D-2', text: nadia }));
    expect(linesOf(await stage.sendBankFile(notice({ id: 'DAY-2', entries: told })))).toEqual(['posted 1 31']);
    expect((await stage.facts(nadia)).at(-1)).toMatchObject({ data: { amount: '31', bankReference: 'D-2' } });
  });

  const details = (id: string, booking: string): string =>
    notice({
      id,
      entries: entry(
        '50.00',
        [karim, nadia].map((text, rank) => transaction({ ref: `${booking}-${String(rank)}`, amount: '25.00', text })).join(''),
        {
          ref: booking,
        },
      ),
    });
  const sum = (id: string, booking: string): string => statement({ id, entries: entry('50.00', '', { ref: booking }) });

  it.each<[string, string, string[], string[]]>([
    ['in detail, then in one sum', 'G-1', ['posted 2 50'], ['duplicate same-booking 1 50']],
    ['in one sum, then in detail', 'G-2', ['to-be-matched account-unknown 1 50'], ['posted 2 50']],
  ])('a batch booking %s: its transactions count, once', async (_, booking, first, second) => {
    const before = [await stage.facts(karim), await stage.facts(nadia)].map(({ length }) => length);
    const files = [details(`N-${booking}`, booking), sum(`S-${booking}`, booking)];
    if (booking === 'G-2') files.reverse();
    expect([linesOf(await stage.sendBankFile(files[0] ?? '')), linesOf(await stage.sendBankFile(files[1] ?? ''))]).toEqual([first, second]);
    expect([await stage.facts(karim), await stage.facts(nadia)].map(({ length }) => length)).toEqual(before.map((count) => count + 1));
    const waiting = await stage.rows(`SELECT reference FROM payment WHERE state = 'to-be-matched' AND bank_reference = $1`, [booking]);
    expect(waiting).toEqual([]);
  });

  it('R12 two amounts under one reference of the bank: the first stands, the contradiction shows', async () => {
    const first = entry('75.00', transaction({ ref: 'D-3', text: karim }));
    expect(linesOf(await stage.sendBankFile(notice({ id: 'DAY-3', entries: first })))).toEqual(['posted 1 75']);
    const other = statement({ id: 'DAY-3', entries: entry('75.01', transaction({ ref: 'D-3', text: karim })) });
    expect(linesOf(await stage.sendBankFile(other))).toEqual(['conflict wrong-amount 1 75.01']);
    expect((await stage.facts(karim)).at(-1)).toMatchObject({ type: 'urssaf-sync.anomaly-opened.v1', data: { type: 'wrong-amount' } });
  });

  it('one return, told by both while its payment is not known, waits once', async () => {
    const back = entry('8.00', transaction({ e2e: 'LATE', back: 'AM04' }), { sign: 'DBIT', ref: 'BACK-1' });
    expect(linesOf(await stage.sendBankFile(notice({ id: 'DAY-4', entries: back })))).toEqual(['to-be-matched payment-awaited 1 -8']);
    expect(linesOf(await stage.sendBankFile(statement({ id: 'DAY-4', entries: back })))).toEqual(['duplicate same-reversal 1 -8']);
  });

  it('I2 a charge held back inside a booking is no contribution; what was paid counts whole: 60 − 10 = 50', async () => {
    const charge = transaction({ ref: 'H-2', amount: '10.00' }).replace('</Amt>', '</Amt><CdtDbtInd>DBIT</CdtDbtInd>');
    const entries = entry('50.00', transaction({ ref: 'H-1', amount: '60.00', text: nadia }) + charge, { ref: 'H' });
    expect(linesOf(await stage.sendBankFile(notice({ id: 'DAY-5', entries })))).toEqual(['posted 1 60', 'refused debit-not-a-return 1 0']);
  });
});

describe('F49 a report on orders of ours (pain.002)', () => {
  const reference = paymentReferenceOf({ account: karim, instalment: '2016-05' });
  const rejected = (e2e: string, code: string, status = 'RJCT'): string =>
    `<TxInfAndSts><OrgnlEndToEndId>${e2e}</OrgnlEndToEndId><TxSts>${status}</TxSts><StsRsnInf><Rsn><Cd>${code}</Cd></Rsn></StsRsnInf>` +
    `<OrgnlTxRef><Amt><InstdAmt Ccy="EUR">999.00</InstdAmt></Amt></OrgnlTxRef></TxInfAndSts>`;
  const report = (id: string, { message = 'pain.008.001.02', group = '', block = '', transactions = '' }): string =>
    `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.03"><CstmrPmtStsRpt><GrpHdr><MsgId>${id}</MsgId><CreDtTm>2016-05-19T20:00:00</CreDtTm></GrpHdr>` +
    `<OrgnlGrpInfAndSts><OrgnlMsgId>ISU-5</OrgnlMsgId><OrgnlMsgNmId>${message}</OrgnlMsgNmId>${group}</OrgnlGrpInfAndSts>` +
    `<OrgnlPmtInfAndSts><OrgnlPmtInfId>ISU-5-RCUR</OrgnlPmtInfId>${block}${transactions}</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>`;

  it('says on the account which debit was rejected and why; no money moves; what is accepted is no line', async () => {
    const before = await stage.rows('SELECT count(*)::int AS n FROM payment');
    const answer = await stage.sendBankFile(
      report('REP-1', { transactions: rejected(reference, 'AM04') + rejected('OTHER', 'AC04') + rejected('FINE', 'NARR', 'ACSP') }),
    );
    expect([answer.status, linesOf(answer)]).toEqual([201, ['posted 1 0', 'to-be-matched account-unknown 1 0']]);
    expect((await stage.facts(karim)).at(-1)).toMatchObject({
      type: 'urssaf-sync.order-rejected.v1',
      effectiveon: '2016-05-19',
      data: {
        ...{ flow: 'bank/pain.002', batch: 'REP-1', line: 1, order: 'debit', originalMessage: 'ISU-5', originalPayment: 'ISU-5-RCUR' },
        ...{ endToEnd: reference, amount: '999', reason: 'AM04' },
      },
    });
    expect((await stage.facts('flow/bank/pain.002'))[0]).toMatchObject({
      type: 'urssaf-sync.order-rejected.v1',
      data: { endToEnd: 'OTHER', reason: 'AC04' },
    });
    expect(await stage.rows('SELECT count(*)::int AS n FROM payment')).toEqual(before);
  });

  it('F32 the reference of a debit of ours names its account: the cell has nothing to look for', async () => {
    const answer = await stage.sendBankFile(report('REP-1B', { transactions: rejected(`${karim}-20160505`, 'MS02') }));
    expect(linesOf(answer)).toEqual(['posted 1 0']);
    expect((await stage.facts(karim)).at(-1)?.data).toMatchObject({ endToEnd: `${karim}-20160505`, reason: 'MS02' });
  });

  it('R11 the same rejection in another report is nothing new', async () => {
    const again = await stage.sendBankFile(report('REP-2', { transactions: rejected(reference, 'AM04') }));
    expect(linesOf(again)).toEqual(['duplicate same-reference 1 0']);
  });

  it('a message or a block rejected whole is told once, on the flow', async () => {
    const reason = '<StsRsnInf><Rsn><Cd>FF01</Cd></Rsn></StsRsnInf>';
    const answers = [
      await stage.sendBankFile(report('REP-3', { group: `<GrpSts>RJCT</GrpSts>${reason}`, message: 'pain.001.001.03' })),
      await stage.sendBankFile(report('REP-4', { block: `<PmtInfSts>RJCT</PmtInfSts>${reason}` })),
      await stage.sendBankFile(report('REP-5', { group: '<GrpSts>RJCT</GrpSts>', message: 'NACHA' })),
    ];
    expect(answers.map(linesOf)).toEqual([
      ['to-be-matched account-unknown 1 0'],
      ['to-be-matched account-unknown 1 0'],
      ['refused order-not-ours 1 0'],
    ]);
    expect(
      (await stage.facts('flow/bank/pain.002')).filter(({ type }) => type.includes('order-rejected')).map(({ data }) => data),
    ).toMatchObject([
      { endToEnd: 'OTHER' },
      { order: 'transfer', originalMessage: 'ISU-5', reason: 'FF01' },
      { order: 'debit', originalPayment: 'ISU-5-RCUR', reason: 'FF01' },
    ]);
  });
});

describe('I8 N5 a bank file that is not what it should be is refused whole, with its reason', () => {
  const good = notice({ id: 'BAD', entries: entry('10', transaction({ ref: 'X' })) });
  const bomb = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>';
  const xxe = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>';
  it.each<[string, string | Uint8Array, string]>([
    ['an entity bomb', notice({ id: '&b;', entries: '', doctype: bomb }), 'doctype'],
    ['an external entity', notice({ id: '&x;', entries: '', doctype: xxe }), 'doctype'],
    ['a DOCTYPE alone', notice({ id: 'D', entries: '', doctype: '<!DOCTYPE Document>' }), 'doctype'],
    ['an entity that nobody declared', notice({ id: '&x;', entries: '' }), 'xml-malformed'],
    ['a statement that says it is a notice', notice({ id: 'S', entries: '', message: 'camt.053.001' }), 'message-not-accepted'],
    [
      'a payment order',
      '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.03"><CstmrCdtTrfInitn/></Document>',
      'message-not-accepted',
    ],
    ['a version that we do not read', notice({ id: 'V', entries: '', version: '03' }), 'message-not-accepted'],
    ['another root', '<html><body/></html>', 'message-not-accepted'],
    ['no header', good.replace(/<GrpHdr>.*<\/GrpHdr>/, ''), 'header-missing'],
    ['no message id', good.replace('<MsgId>BAD</MsgId>', ''), 'message-id-missing'],
    ['Latin-1', Buffer.from(good.replace('BAD', 'été'), 'latin1'), 'encoding'],
    ['UTF-16', Buffer.from(good, 'utf16le'), 'xml-malformed'],
    ['an encoding that it says', good.replace('UTF-8', 'ISO-8859-1'), 'encoding'],
    ['no XML', 'MsgId;Amt\n1;2\n', 'xml-malformed'],
    ['nothing', ' ', 'xml-malformed'],
  ])('%s', async (_, file, code) => {
    const before = await stage.everything();
    const { status, json } = await stage.sendBankFile(file);
    expect([status, json['code'], json['errors']]).toEqual([
      422,
      'bank-file-refused',
      expect.arrayContaining([expect.objectContaining({ code })]),
    ]);
    expect(await stage.everything()).toEqual(before);
    expect((await stage.typesOf(flow)).at(-1)).toBe('batch-refused');
  });

  it('truncated anywhere', async () => {
    const before = await stage.everything();
    for (let cut = 1; cut < good.length; cut += 37) expect((await stage.sendBankFile(good.slice(0, cut))).status).toBe(422);
    expect((await stage.sendBankFile(good.slice(0, -1))).status).toBe(422);
    expect(await stage.everything()).toEqual(before);
  });
});
