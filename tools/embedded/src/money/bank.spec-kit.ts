import { randomUUID } from 'node:crypto';

/** Money on our bank account, as a bank tells of it. */
export interface Credited {
  readonly amount: string;
  readonly endToEnd: string;
  /** The payer gave no reference of their own: the bank names the money by one of its. */
  readonly isNamedByBank?: boolean;
  /** Of the notice, if the payer gave one. */
  readonly reference?: string | null;
  readonly means?: 'direct-debit' | 'transfer' | 'cheque';
  readonly valueOn?: string;
}

/** A debit that the bank takes back, or an order that it will not carry out: by its end-to-end reference, with the code of its reason. */
export interface Back {
  readonly endToEnd: string;
  readonly amount: string;
  readonly code: string;
}

const families = { 'direct-debit': 'RDDT', transfer: 'RCDT', cheque: 'RCHQ' } as const;
const document = (namespace: string, content: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:${namespace}">${content}</Document>`;
const header = (day: string): string =>
  `<GrpHdr><MsgId>BANQUE-${randomUUID().slice(0, 18)}</MsgId><CreDtTm>${day}T20:00:00</CreDtTm></GrpHdr>`;

/** A notice (camt.054) of a day: what was credited, and what was taken back of what had been. */
export function notice(day: string, credited: readonly Credited[], back: readonly Back[] = []): string {
  const entry = (sign: string, { amount, valueOn, family }: Record<'amount' | 'valueOn' | 'family', string>, transaction: string): string =>
    `<Ntry><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>${sign}</CdtDbtInd><Sts>BOOK</Sts><ValDt><Dt>${valueOn}</Dt></ValDt>` +
    `<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>${family}</Cd><SubFmlyCd>OTHR</SubFmlyCd></Fmly></Domn></BkTxCd>` +
    `<NtryDtls><TxDtls>${transaction}</TxDtls></NtryDtls></Ntry>`;
  const in_ = credited.map(({ amount, endToEnd, isNamedByBank = false, reference, means = 'transfer', valueOn = day }) =>
    entry(
      'CRDT',
      { amount, valueOn, family: families[means] },
      `<Refs>${isNamedByBank ? `<AcctSvcrRef>${endToEnd}</AcctSvcrRef>` : `<EndToEndId>${endToEnd}</EndToEndId>`}</Refs>` +
        (reference ? `<RmtInf><Strd><CdtrRefInf><Ref>${reference}</Ref></CdtrRefInf></Strd></RmtInf>` : ''),
    ),
  );
  const out = back.map(({ endToEnd, amount, code }) =>
    entry(
      'DBIT',
      { amount, valueOn: day, family: families['direct-debit'] },
      `<Refs><EndToEndId>${endToEnd}</EndToEndId></Refs><RtrInf><Rsn><Cd>${code}</Cd></Rsn></RtrInf>`,
    ),
  );
  return document(
    'camt.054.001.04',
    `<BkToCstmrDbtCdtNtfctn>${header(day)}<Ntfctn><Id>1</Id>${[...in_, ...out].join('')}</Ntfctn></BkToCstmrDbtCdtNtfctn>`,
  );
}

/** A report (pain.002) on a message of ours, debits or transfers: the orders of it that are rejected. */
export function report(day: string, { messageId, kind }: { messageId: string; kind: 'pain.008' | 'pain.001' }, rejected: readonly Back[]) {
  const orders = rejected.map(
    ({ endToEnd, amount, code }) =>
      `<TxInfAndSts><OrgnlEndToEndId>${endToEnd}</OrgnlEndToEndId><TxSts>RJCT</TxSts><StsRsnInf><Rsn><Cd>${code}</Cd></Rsn></StsRsnInf>` +
      `<OrgnlTxRef><Amt><InstdAmt Ccy="EUR">${amount}</InstdAmt></Amt></OrgnlTxRef></TxInfAndSts>`,
  );
  return document(
    'pain.002.001.03',
    `<CstmrPmtStsRpt>${header(day)}<OrgnlGrpInfAndSts><OrgnlMsgId>${messageId}</OrgnlMsgId><OrgnlMsgNmId>${kind}.001.02</OrgnlMsgNmId></OrgnlGrpInfAndSts>` +
      `<OrgnlPmtInfAndSts><OrgnlPmtInfId>${messageId}-1</OrgnlPmtInfId>${orders.join('')}</OrgnlPmtInfAndSts></CstmrPmtStsRpt>`,
  );
}
