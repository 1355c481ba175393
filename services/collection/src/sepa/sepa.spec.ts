import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Day, Iban, Money } from '@isu/values';
import { creditTransferMessage, type CreditTransfer } from './credit-transfers.js';
import { debitParts, directDebitMessage, type Creditor, type DirectDebit } from './direct-debits.js';
import { pain008Schema } from './pain-008-schema.js';
import { MessageNotValid, SchemaCheck } from './schema-check.js';
import { creditorIdentifier } from './sepa-parties.js';
import { sepaReference, sepaText } from './sepa-text.js';

const head = { messageId: 'ISU-20160505-1', createdAt: '2016-04-27T04:00:00', initiator: 'Urssaf pour le RSI' };
// The creditor identifier and the IBANs are the published examples of the schemes.
const creditor: Creditor = { name: 'Urssaf – caisse du RSI', iban: Iban.of('FR7630006000011234567890189'), ics: 'DE98ZZZ09999999999' };

const debit = (changes: Partial<DirectDebit> = {}): DirectDebit => ({
  endToEnd: '1300001234517-2016-05',
  amount: Money.of('999.5'),
  sequence: 'RCUR',
  mandate: { rum: 'RUM-1300001234517-1', signedOn: Day.of('2016-01-04') },
  debtor: { name: 'Chloé Œuvrard-L’Hôte', iban: Iban.of('DE89370400440532013000') },
  reference: 'RF18539007547034',
  ...changes,
});

const transfer = (changes: Partial<CreditTransfer> = {}): CreditTransfer => ({
  endToEnd: 'REFUND-1',
  amount: Money.of('0.07'),
  creditor: { name: 'Chloé Dupont', iban: Iban.of('DE89370400440532013000'), bic: 'COBADEFFXXX' },
  label: 'Remboursement & crédit de 2015',
  ...changes,
});

async function written(pieces: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}

const debits = (list: readonly DirectDebit[], most = 1000): Promise<string> =>
  written(directDebitMessage(head, creditor, debitParts(list, { collectOn: Day.of('2016-05-05'), prefix: 'P1', most })));

const transfers = (list: readonly CreditTransfer[], total: string): Promise<string> => {
  const part = { partId: 'R1', executeOn: Day.of('2016-05-20'), count: list.length, total: Money.of(total), transactions: list };
  return written(creditTransferMessage(head, { ...creditor, bic: 'AGRIFRPP' }, [part]));
};

describe('F32 — a pain.008.001.02 as the bank gets it', () => {
  it('F32 one debit, byte by byte', async () => {
    expect(await debits([debit()])).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.008.001.02"><CstmrDrctDbtInitn>' +
        '<GrpHdr><MsgId>ISU-20160505-1</MsgId><CreDtTm>2016-04-27T04:00:00</CreDtTm><NbOfTxs>1</NbOfTxs><CtrlSum>999.50</CtrlSum>' +
        '<InitgPty><Nm>Urssaf pour le RSI</Nm></InitgPty></GrpHdr>' +
        '<PmtInf><PmtInfId>P1-RCUR-1</PmtInfId><PmtMtd>DD</PmtMtd><NbOfTxs>1</NbOfTxs><CtrlSum>999.50</CtrlSum>' +
        '<PmtTpInf><SvcLvl><Cd>SEPA</Cd></SvcLvl><LclInstrm><Cd>CORE</Cd></LclInstrm><SeqTp>RCUR</SeqTp></PmtTpInf>' +
        '<ReqdColltnDt>2016-05-05</ReqdColltnDt><Cdtr><Nm>Urssaf - caisse du RSI</Nm></Cdtr>' +
        '<CdtrAcct><Id><IBAN>FR7630006000011234567890189</IBAN></Id></CdtrAcct>' +
        '<CdtrAgt><FinInstnId><Othr><Id>NOTPROVIDED</Id></Othr></FinInstnId></CdtrAgt><ChrgBr>SLEV</ChrgBr>' +
        '<CdtrSchmeId><Id><PrvtId><Othr><Id>DE98ZZZ09999999999</Id><SchmeNm><Prtry>SEPA</Prtry></SchmeNm></Othr></PrvtId></Id></CdtrSchmeId>' +
        '<DrctDbtTxInf><PmtId><EndToEndId>1300001234517-2016-05</EndToEndId></PmtId><InstdAmt Ccy="EUR">999.50</InstdAmt>' +
        '<DrctDbtTx><MndtRltdInf><MndtId>RUM-1300001234517-1</MndtId><DtOfSgntr>2016-01-04</DtOfSgntr></MndtRltdInf></DrctDbtTx>' +
        "<DbtrAgt><FinInstnId><Othr><Id>NOTPROVIDED</Id></Othr></FinInstnId></DbtrAgt><Dbtr><Nm>Chloe OEuvrard-L'Hote</Nm></Dbtr>" +
        '<DbtrAcct><Id><IBAN>DE89370400440532013000</IBAN></Id></DbtrAcct>' +
        '<RmtInf><Strd><CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry></Tp><Ref>RF18539007547034</Ref></CdtrRefInf></Strd></RmtInf>' +
        '</DrctDbtTxInf></PmtInf></CstmrDrctDbtInitn></Document>\n',
    );
  });

  it('F32 parts hold one sequence and at most so many, and their sums are those of the message: 2 × 999.50 + 0.01 + 10 = 2 009.01', async () => {
    const list = [
      debit(),
      debit({ endToEnd: 'b', sequence: 'FRST', amount: Money.of('0.01'), isOtherBank: true }),
      debit({ endToEnd: 'c' }),
      debit({ endToEnd: 'd', sequence: 'OOFF', amount: Money.of('10') }),
    ];
    const text = await debits(list, 1);
    expect([...text.matchAll(/<PmtInfId>(.*?)<\/PmtInfId>/g)].map(([, id]) => id)).toEqual([
      'P1-FRST-1',
      'P1-RCUR-1',
      'P1-RCUR-2',
      'P1-OOFF-1',
    ]);
    expect([...text.matchAll(/<CtrlSum>(.*?)<\/CtrlSum>/g)].map(([, sum]) => sum)).toEqual([
      '2009.01',
      '0.01',
      '999.50',
      '999.50',
      '10.00',
    ]);
    expect(text).toContain('<AmdmntInd>true</AmdmntInd><AmdmntInfDtls><OrgnlDbtrAgt><FinInstnId><Othr><Id>SMNDA</Id>');
  });

  it('F32 is written piece by piece: the first debit leaves before the second is read', async () => {
    const read: string[] = [];
    async function* slowly(): AsyncGenerator<DirectDebit> {
      for (const endToEnd of ['a', 'b']) {
        read.push(endToEnd);
        yield await Promise.resolve(debit({ endToEnd }));
      }
    }
    const part = { partId: 'P1', sequence: 'RCUR' as const, collectOn: Day.of('2016-05-05'), count: 2, total: Money.of('1999') };
    for await (const piece of directDebitMessage(head, creditor, [{ ...part, transactions: slowly() }])) {
      if (piece.includes('>a<')) break;
    }
    expect(read).toEqual(['a']);
  });

  it.each([
    ['a debit less than its head says', { count: 2, total: Money.of('999.5') }],
    ['a cent more than its head says', { count: 1, total: Money.of('999.49') }],
  ])('R10 never ends with %s', async (_, totals) => {
    const part = { partId: 'P1', sequence: 'RCUR' as const, collectOn: Day.of('2016-05-05'), transactions: [debit()], ...totals };
    await expect(written(directDebitMessage(head, creditor, [part]))).rejects.toThrow('a part holds');
  });

  it.each([
    ['zero', { amount: Money.zero }, 'amount'],
    ['less than nothing', { amount: Money.of('-1') }, 'amount'],
    ['a thousand million', { amount: Money.of('1000000000') }, 'amount'],
    ['a reference of 36 characters', { endToEnd: 'x'.repeat(36) }, 'endToEnd'],
    ['a mandate with a slash at its end', { mandate: { rum: 'RUM/', signedOn: Day.of('2016-01-04') } }, 'rum'],
    ['a name of which nothing is left', { debtor: { name: '北京', iban: Iban.of('DE89370400440532013000') } }, 'text'],
    ['a BIC of nine characters', { debtor: { name: 'A', iban: Iban.of('DE89370400440532013000'), bic: 'COBADEFFX' } }, 'bic'],
  ] as [string, Partial<DirectDebit>, string][])('refuses %s, and never repeats the value', async (_, changes, field) => {
    await expect(debits([debit(changes)])).rejects.toMatchObject({ field });
  });
});

describe('F56 — a pain.001.001.03 as the bank gets it', () => {
  it('F56 one refund of seven cents, byte by byte', async () => {
    expect(await transfers([transfer()], '0.07')).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.03"><CstmrCdtTrfInitn>' +
        '<GrpHdr><MsgId>ISU-20160505-1</MsgId><CreDtTm>2016-04-27T04:00:00</CreDtTm><NbOfTxs>1</NbOfTxs><CtrlSum>0.07</CtrlSum>' +
        '<InitgPty><Nm>Urssaf pour le RSI</Nm></InitgPty></GrpHdr>' +
        '<PmtInf><PmtInfId>R1</PmtInfId><PmtMtd>TRF</PmtMtd><NbOfTxs>1</NbOfTxs><CtrlSum>0.07</CtrlSum>' +
        '<PmtTpInf><SvcLvl><Cd>SEPA</Cd></SvcLvl></PmtTpInf><ReqdExctnDt>2016-05-20</ReqdExctnDt>' +
        '<Dbtr><Nm>Urssaf - caisse du RSI</Nm></Dbtr><DbtrAcct><Id><IBAN>FR7630006000011234567890189</IBAN></Id></DbtrAcct>' +
        '<DbtrAgt><FinInstnId><BIC>AGRIFRPP</BIC></FinInstnId></DbtrAgt><ChrgBr>SLEV</ChrgBr>' +
        '<CdtTrfTxInf><PmtId><EndToEndId>REFUND-1</EndToEndId></PmtId><Amt><InstdAmt Ccy="EUR">0.07</InstdAmt></Amt>' +
        '<CdtrAgt><FinInstnId><BIC>COBADEFFXXX</BIC></FinInstnId></CdtrAgt><Cdtr><Nm>Chloe Dupont</Nm></Cdtr>' +
        '<CdtrAcct><Id><IBAN>DE89370400440532013000</IBAN></Id></CdtrAcct>' +
        '<RmtInf><Ustrd>Remboursement credit de 2015</Ustrd></RmtInf></CdtTrfTxInf></PmtInf></CstmrCdtTrfInitn></Document>\n',
    );
  });
});

describe('what banks read', () => {
  it.each([
    ['Éléonore Guérin', 'Eleonore Guerin'],
    ['Straße & Söhne <GmbH>', 'Strasse Sohne GmbH'],
    ["L’Œuvre de l'Été", "L'OEuvre de l'Ete"],
    ['a\u0000b\r\nc\u202Ed', 'a b c d'],
    ['𝒜 Dupont', 'Dupont'],
  ])('%j is written %j', (text, plain) => expect(sepaText(text, 70)).toBe(plain));

  it('cuts at 70 characters, without a blank at the end', () => {
    expect(sepaText(`${'a'.repeat(69)} b`, 70)).toBe('a'.repeat(69));
  });

  it.each(['', '/a', 'a/', 'a//b', 'é', 'a_b', ' a', 'x'.repeat(36)])('takes no reference %j', (reference) => {
    expect(() => sepaReference(reference, 'ref')).toThrow(expect.objectContaining({ field: 'ref' }));
  });

  it('knows a creditor identifier by its key, whatever its business code', () => {
    expect(creditorIdentifier('DE98ZZZ09999999999')).toBe('DE98ZZZ09999999999');
    expect(creditorIdentifier('DE98ABC09999999999')).toBe('DE98ABC09999999999');
    for (const wrong of ['DE97ZZZ09999999999', 'DE98ZZZ09999999998', 'de98zzz09999999999', ''])
      expect(() => creditorIdentifier(wrong)).toThrow();
  });
});

describe('F32 — a pain.008 that does not follow its schema does not leave', () => {
  const check = new SchemaCheck(pain008Schema);

  it('passes with every sequence and with another bank', async () => {
    const list = [debit(), debit({ endToEnd: 'b', sequence: 'FRST', isOtherBank: true }), debit({ endToEnd: 'c', sequence: 'FNAL' })];
    const text = await debits(list);
    expect(() => check.check(text)).not.toThrow();
  });

  it.each<[string, string | RegExp, string]>([
    ['an amount of nothing', '>999.50</InstdAmt>', '>0.00</InstdAmt>'],
    ['three decimals', '>999.50</InstdAmt>', '>999.505</InstdAmt>'],
    ['another currency', 'Ccy="EUR"', 'Ccy="USD"'],
    ['no IBAN', /<DbtrAcct>.*?<\/DbtrAcct>/, ''],
    ['no mandate', /<MndtId>.*?<\/MndtId>/, ''],
    ['a day that is none', '<ReqdColltnDt>2016-05-05', '<ReqdColltnDt>2016-02-30'],
    ['an unknown sequence', '<SeqTp>RCUR', '<SeqTp>NEXT'],
    ['an accent in a name', 'Chloe', 'Chloé'],
  ])('never with %s, and says nothing of what it held', async (_, from, to) => {
    const text = (await debits([debit()])).replace(from, to);
    expect(() => check.check(text)).toThrow(new MessageNotValid());
  });
});

const schemas = join(process.env['ISU_SHARED'] ?? join(process.cwd(), '..', 'shared'), 'data', 'iso20022', 'xsd');
const areThere = existsSync(schemas);

(areThere ? describe : describe.skip)(`F32 F56 the published schemas${areThere ? '' : ' (left out: the folder is absent)'}`, () => {
  /** Throws with what the schema says of the message. */
  async function validate(text: string, schema: string): Promise<void> {
    const { XmlDocument, XsdValidator } = await import('libxml2-wasm');
    const parsed = XmlDocument.fromString(readFileSync(join(schemas, schema), 'utf8'));
    const validator = XsdValidator.fromDoc(parsed);
    const message = XmlDocument.fromString(text);
    try {
      validator.validate(message);
    } finally {
      for (const held of [message, validator, parsed]) held.dispose();
    }
  }

  const { reference: _, ...inWords } = debit();
  const every = [
    debit(),
    debit({ endToEnd: 'b', sequence: 'FRST', isOtherBank: true, debtor: { ...debit().debtor, bic: 'COBADEFF' } }),
    { ...inWords, endToEnd: 'c', sequence: 'FNAL' as const, label: 'Solde' },
    debit({ endToEnd: 'd', sequence: 'OOFF', amount: Money.of('999999999.99') }),
  ];

  it('F32 take a pain.008 of every sequence', async () => {
    await expect(validate(await debits(every, 1), 'pain.008.001.02.xsd')).resolves.toBeUndefined();
  });

  it('F56 take a pain.001, with and without a BIC', async () => {
    const text = await transfers(
      [transfer(), transfer({ endToEnd: 'b', creditor: { name: 'A', iban: Iban.of('DE89370400440532013000') } })],
      '0.14',
    );
    await expect(validate(text, 'pain.001.001.03.xsd')).resolves.toBeUndefined();
  });

  it('F32 take whatever our own schema takes: it asks for more, never for less', async () => {
    const text = await debits(every, 1);
    expect(() => new SchemaCheck(pain008Schema).check(text)).not.toThrow();
    await expect(validate(text, 'pain.008.001.02.xsd')).resolves.toBeUndefined();
  });

  it('refuse a message whose amount has no currency: the check can fail', async () => {
    const text = (await debits(every)).replace(' Ccy="EUR"', '');
    await expect(validate(text, 'pain.008.001.02.xsd')).rejects.toThrow();
  });
});
