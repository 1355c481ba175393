import { newDetails, type Details, type Entry } from './camt.js';
import { linesOf } from './bank-lines.js';

const told = (texts: Readonly<Record<string, string>>): Details => ({
  texts: new Map(Object.entries(texts).map(([name, text]) => [name, [text]])),
  amounts: new Map([['Amt', { text: '220.50', currency: 'EUR' }]]),
});
const entry = (of: Readonly<Record<string, string>>, transaction: Readonly<Record<string, string>>): Entry => ({
  ...newDetails(),
  ...told({ Sts: 'BOOK', 'ValDt/Dt': '2016-06-06', AcctSvcrRef: 'BANK-1', ...of }),
  transactions: [told(transaction)],
});
const where = { messageId: 'CAMT-1', entry: 1, createdOn: '2016-06-07' };

describe('F56 — a refund of ours that the bank gives back', () => {
  const back = { 'Refs/EndToEndId': 'REMB-1300001234517-3', 'RtrInf/Rsn/Cd': 'AC04' };

  it('is told of on its account as an order that was not carried out, with its reason, and is no payment of anybody', () => {
    expect(linesOf(entry({ CdtDbtInd: 'CRDT' }, back), where)).toEqual([
      {
        ...{ kind: 'rejected-order', reference: 'retour/BANK-1', order: 'transfer', account: '1300001234517', amount: '220.50' },
        ...{ originalMessage: 'REMB-1300001234517-3', endToEnd: 'REMB-1300001234517-3', reason: 'AC04', reportedOn: '2016-06-06' },
      },
    ]);
  });

  it('is money to be looked into when the reference is none of ours, its account number wrong, or nothing says that it came back', () => {
    const kinds = (transaction: Readonly<Record<string, string>>) =>
      linesOf(entry({ CdtDbtInd: 'CRDT' }, transaction), where).map(({ kind }) => kind);
    expect(kinds({ ...back, 'Refs/EndToEndId': 'REMB-1300001234518-3' })).toEqual(['payment']);
    expect(kinds({ ...back, 'Refs/EndToEndId': 'VIR-3' })).toEqual(['payment']);
    expect(kinds({ 'Refs/EndToEndId': back['Refs/EndToEndId'] })).toEqual(['payment']);
  });
});
