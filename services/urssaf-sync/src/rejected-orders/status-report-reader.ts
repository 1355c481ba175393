import { cut, moneyIn, ownerNamedIn, provided } from '../bank-files/bank-lines.js';
import type { BankFileHead, MessageBody } from '../bank-files/bank-message.js';
import type { MoneyLine } from '../payments/money-line.js';

const [group, payment, transaction] = ['OrgnlGrpInfAndSts', 'OrgnlPmtInfAndSts', 'OrgnlPmtInfAndSts/TxInfAndSts'];

/** What is said of the message that we sent, of one of its payment blocks, or of one transaction: the elements that we take, by path. */
type Said = Map<string, string>;
type Level = 'group' | 'payment' | 'transaction';

const statusAt: Readonly<Record<Level, string>> = { group: 'GrpSts', payment: 'PmtInfSts', transaction: 'TxSts' };
const taken: Readonly<Record<Level, ReadonlySet<string>>> = {
  group: new Set(['OrgnlMsgId', 'OrgnlMsgNmId', 'GrpSts', 'StsRsnInf/Rsn/Cd', 'StsRsnInf/Rsn/Prtry']),
  payment: new Set(['OrgnlPmtInfId', 'PmtInfSts', 'StsRsnInf/Rsn/Cd', 'StsRsnInf/Rsn/Prtry']),
  transaction: new Set([
    ...['StsId', 'OrgnlInstrId', 'OrgnlEndToEndId', 'OrgnlTxId', 'TxSts', 'StsRsnInf/Rsn/Cd', 'StsRsnInf/Rsn/Prtry'],
    ...['OrgnlTxRef/Amt/InstdAmt', 'OrgnlTxRef/RmtInf/Ustrd', 'OrgnlTxRef/RmtInf/Strd/CdtrRefInf/Ref'],
  ]),
};

/**
 * Reads a bank's report on orders of ours (pain.002). Only what it rejects is a line: at the level where it says so, once, for
 * what is rejected whole is not told again transaction by transaction. What it accepts moves nothing and says nothing new.
 */
export class StatusReportReader implements MessageBody {
  readonly unit = group;
  private readonly said: Record<Level, Said> = { group: new Map(), payment: new Map(), transaction: new Map() };
  private lines: ((head: BankFileHead) => MoneyLine)[] = [];
  private currency = '';
  private transactionCurrency = '';
  private count = 0;
  private rejectedBelow = 0;

  opened(path: string, currency: string): void {
    this.currency = currency;
    if (path === payment) {
      this.said.payment.clear();
      this.rejectedBelow = 0;
    }
    if (path === transaction) this.said.transaction.clear();
  }

  closed(path: string, text: string): void {
    if (path === transaction) return this.close('transaction');
    if (path === payment) return this.rejectedBelow > 0 ? undefined : this.close('payment');
    if (path === group) return this.close('group');
    const level = path.startsWith(`${transaction}/`) ? 'transaction' : path.startsWith(`${payment}/`) ? 'payment' : 'group';
    const inside = path.slice({ group, payment, transaction }[level].length + 1);
    if (text === '' || !taken[level].has(inside)) return;
    const said = this.said[level];
    said.set(inside, said.has(inside) && inside.endsWith('Ustrd') ? `${said.get(inside) ?? ''} ${text}` : text);
    if (inside === 'OrgnlTxRef/Amt/InstdAmt') this.transactionCurrency = this.currency;
  }

  takeLines(head: BankFileHead): MoneyLine[] {
    return this.lines.splice(0).map((line) => line(head));
  }

  private close(level: Level): void {
    if (this.said[level].get(statusAt[level]) !== 'RJCT') return;
    if (level === 'transaction') this.rejectedBelow += 1;
    this.count += 1;
    this.lines.push(this.rejection(level, this.count));
  }

  /** What must be kept is taken now: the texts of a transaction are overwritten by the next. */
  private rejection(level: Level, rank: number): (head: BankFileHead) => MoneyLine {
    const { group: message, payment: block, transaction: one } = this.said;
    const said = (name: string): string | null => (level === 'transaction' ? (one.get(name) ?? null) : null);
    const [originalMessage, order] = [message.get('OrgnlMsgId'), orderOf(message.get('OrgnlMsgNmId') ?? '')];
    const originalPayment = level === 'group' ? undefined : block.get('OrgnlPmtInfId');
    const endToEnd = provided(said('OrgnlEndToEndId'));
    const name = endToEnd ?? said('OrgnlTxId') ?? said('OrgnlInstrId') ?? said('StsId');
    if (originalMessage === undefined || order === null || (level === 'transaction' && name === null))
      return ({ messageId }) => ({ kind: 'refused', reference: cut(`${messageId}/${String(rank)}`, 70), reason: 'order-not-ours' });

    const structured = [endToEnd, said('OrgnlTxRef/RmtInf/Strd/CdtrRefInf/Ref')].filter((text) => text !== null);
    const { account } = ownerNamedIn({ structured, free: said('OrgnlTxRef/RmtInf/Ustrd') ?? '' });
    const amount = eurosIn(said('OrgnlTxRef/Amt/InstdAmt') ?? '', this.transactionCurrency);
    const names = [originalMessage, originalPayment, name].filter((part) => part !== undefined && part !== null);
    const line = {
      kind: 'rejected-order',
      ...{ reference: cut(names.join('/'), 140), order, account, originalMessage: cut(originalMessage, 70) },
      ...{ reason: cut(this.reasonAt(level) ?? 'NARR', 140) },
      ...(originalPayment === undefined ? {} : { originalPayment: cut(originalPayment, 70) }),
      ...(endToEnd === null ? {} : { endToEnd }),
      ...(amount === null ? {} : { amount }),
    } as const;
    return ({ createdOn }) => ({ ...line, reportedOn: createdOn });
  }

  /** Where the level itself gives none, the one of the level above. */
  private reasonAt(level: Level): string | undefined {
    const levels: readonly Level[] = ['transaction', 'payment', 'group'];
    return levels
      .slice(levels.indexOf(level))
      .map((each) => this.said[each].get('StsRsnInf/Rsn/Cd') ?? this.said[each].get('StsRsnInf/Rsn/Prtry'))
      .find((reason) => reason !== undefined);
  }
}

/** Which order of ours the report answers, by the name of its message; null for another's. */
function orderOf(messageName: string): 'debit' | 'transfer' | null {
  if (/^pain\.008\./i.test(messageName)) return 'debit';
  return /^pain\.001\./i.test(messageName) ? 'transfer' : null;
}

function eurosIn(text: string, currency: string): string | null {
  const amount = currency === 'EUR' ? moneyIn(text) : null;
  return amount?.isPositive ? amount.toString() : null;
}
