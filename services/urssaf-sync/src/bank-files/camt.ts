/* What we take from a bank's notice of debits and credits (camt.054) or its statement (camt.053), element by element: ISO 20022, versions 02, 04, 08. */

export interface BankAmount {
  readonly text: string;
  readonly currency: string;
}

/** One transaction of an entry, or what is said of the whole entry. Texts as the bank wrote them. */
export interface Details {
  readonly texts: Map<string, string[]>;
  readonly amounts: Map<string, BankAmount>;
}

/** One booking on the account. */
export interface Entry extends Details {
  readonly transactions: Details[];
}

export const newDetails = (): Details => ({ texts: new Map(), amounts: new Map() });

/** Elements whose text we keep, by their path inside `Ntry` or `TxDtls`. The status became a code of its own in version 08. */
export const entryTexts = new Set([
  ...['CdtDbtInd', 'RvslInd', 'Sts', 'Sts/Cd', 'AcctSvcrRef', 'BkTxCd/Domn/Fmly/Cd'],
  ...['ValDt/Dt', 'ValDt/DtTm', 'BookgDt/Dt', 'BookgDt/DtTm'],
]);
export const transactionTexts = new Set([
  ...['CdtDbtInd', 'Refs/AcctSvcrRef', 'Refs/EndToEndId', 'Refs/InstrId', 'Refs/TxId', 'BkTxCd/Domn/Fmly/Cd'],
  ...['RmtInf/Ustrd', 'RmtInf/Strd/CdtrRefInf/Ref', 'RtrInf/Rsn/Cd', 'RtrInf/Rsn/Prtry'],
]);
export const transactionAmounts = new Set(['Amt', 'AmtDtls/TxAmt/Amt', 'AmtDtls/InstdAmt/Amt']);
