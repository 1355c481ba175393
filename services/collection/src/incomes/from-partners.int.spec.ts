import type { FactData } from '@isu/contracts';
import { AccountNumber } from '@isu/values';
import { Collection } from '../collection.spec-kit.js';

let collection: Collection;
beforeAll(async () => {
  collection = await Collection.start();
});
afterAll(() => collection?.close());

const turnover = (more: Partial<FactData<'urssaf-sync.turnover-received.v1'>> = {}) => ({
  ...{
    declarationId: 'CA-1',
    period: '2016-Q1',
    activity: 'vente' as const,
    amount: '20000',
    receivedOn: '2016-05-19',
    declarant: 'insured' as const,
    ...more,
  },
});
const hears = (account: string, ...said: readonly ReturnType<typeof turnover>[]) =>
  collection.hear('urssaf-sync.turnover-received.v1', said.map((data) => ({ account, data }))); // prettier-ignore
const recorded = async (account: string) =>
  (await collection.saidOfType(account, 'collection.turnover-recorded.v1')).map(({ data }) => data);
const micro = () => collection.register(undefined, { regime: 'micro-social', startedOn: '2014-03-01' });

describe('F70 F82 turnovers that a partner received', () => {
  it('are recorded and owed as if they had been declared here, and a later one corrects', async () => {
    const account = await micro();
    const [fact] = await hears(account, turnover());
    expect(await recorded(account)).toMatchObject([{ period: '2016-Q1', activity: 'vente', amount: '20000', source: 'autoentrepreneur' }]);
    const assessed = await collection.saidOfType(account, 'collection.assessed.v1');
    // Sales: 20 000 × 13,4 % = 2 680, and 0,1 % of training = 20.
    expect(assessed.at(-1)?.data.lines.map(({ code, amount }) => `${code} ${amount}`)).toEqual(['micro-social 2680', 'cfp 20']);
    expect((await collection.saidOfType(account, 'collection.turnover-recorded.v1'))[0]?.cause).toBe(fact?.id);
    await hears(account, turnover({ declarationId: 'CA-2', amount: '0', corrects: 'CA-1' }));
    expect((await recorded(account)).map(({ amount }) => amount)).toEqual(['20000', '0']);
  });

  it('S7 wait for their account, and are taken up when it opens', async () => {
    const account = AccountNumber.make('13', 700).toString();
    await hears(account, turnover());
    expect(await recorded(account)).toEqual([]);
    await collection.register(account, { regime: 'micro-social', startedOn: '2014-03-01' });
    expect(await recorded(account)).toMatchObject([{ period: '2016-Q1', amount: '20000' }]);
  });

  it('I8 what the trade refuses changes nothing and holds up nothing: a trader of the common scheme, a month of who declares quarterly', async () => {
    const [trader, account] = [await collection.register(), await micro()];
    const before = (await collection.saidOf(trader)).length;
    await hears(trader, turnover());
    expect((await collection.saidOf(trader)).length).toBe(before);
    await hears(account, turnover({ period: '2016-02' }), turnover({ declarationId: 'CA-2', amount: '100' }));
    expect(await recorded(account)).toMatchObject([{ period: '2016-Q1', amount: '100' }]);
  });
});

describe('an order that a bank rejects', () => {
  const rejected = (more: Partial<FactData<'urssaf-sync.order-rejected.v1'>> = {}) => ({
    ...{
      flow: 'bank/pain.002',
      batch: 'R-1',
      line: 1,
      order: 'debit' as const,
      originalMessage: 'D-1',
      amount: '745',
      reason: 'AC04',
      ...more,
    },
  });
  const told = async (account: string, ...said: readonly ReturnType<typeof rejected>[]) => {
    await collection.hear('urssaf-sync.order-rejected.v1', said.map((data) => ({ account, data }))); // prettier-ignore
    return (await collection.fresh.db.query('SELECT kind, subject, body FROM outgoing_message WHERE account = $1 ORDER BY kind', [account])) as { kind: string; subject: string; body: string }[]; // prettier-ignore
  };

  it('moves no money, and is told to the person: what was owed is still owed', async () => {
    const account = await collection.register();
    const before = (await collection.saidOf(account)).length;
    const messages = await told(account, rejected(), rejected({ order: 'transfer', line: 2, amount: '50' }));
    expect(messages.map(({ kind, subject }) => [kind, subject])).toEqual([
      ['debit-rejected', 'Votre banque a rejeté un prélèvement'],
      ['transfer-rejected', 'Votre remboursement n’a pas pu être versé'],
    ]);
    expect(messages[0]?.body).toContain('motif AC04');
    expect((await collection.saidOf(account)).length).toBe(before);
  });

  it.each(['FF01', 'ED05', 'MD07'])('for %s says nothing to the person: a matter of banks, or a death', async (reason) => {
    expect(await told(await collection.register(), rejected({ reason }))).toEqual([]);
  });

  it('of an account that nobody has opened, or that names none, troubles nobody', async () => {
    expect(await told(AccountNumber.make('13', 701).toString(), rejected())).toEqual([]);
    expect(await told('flow/bank/pain.002', rejected())).toEqual([]);
  });
});
