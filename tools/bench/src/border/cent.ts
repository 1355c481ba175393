import type { SystemClient } from '@isu/isu';
import { AccountNumber } from '@isu/values';
import pg from 'pg';
import { accountsOf, type Figure, type Section } from '../section.js';
import { withEmptySystem } from '../systems/embedded-process.js';
import { timeOfRun } from './job-run.js';

const sizes = { whole: 200_000, quick: 2_000 };
const funds = ['12', '13', '18', '26', '29'];
const someId = '01890000-0000-7000-8000-00000000000d';

/** The partner's books and ours, equal to the cent on 200 000 accounts; then a cent is added to one of them in the partner's books alone. */
export const plantedCent: Section = {
  name: 'cent',
  title: 'Outside reconciliation: a cent planted among 200,000 accounts',
  measure: ({ tell, quick }) =>
    withEmptySystem(async (system) => {
      const accounts = numbersOf(accountsOf(quick, sizes));
      const database = new pg.Client({ connectionString: system.databaseUrl() });
      await database.connect();
      try {
        tell(`${String(accounts.length)} accounts in both books`);
        await fill(database, accounts);
        tell('comparing equal books');
        const equalMs = await timeOfRun(system.client, 'outside-reconciliation');
        const invented = (await openAnomalies(system.client)).length;
        const planted = accounts[Math.floor(accounts.length / 3)] ?? '';
        await database.query('UPDATE urssaf_sync.partner_balance SET paid = paid + 0.01 WHERE account = $1', [planted]);
        tell('one cent, looked for');
        const foundMs = await timeOfRun(system.client, 'outside-reconciliation');
        const found = await openAnomalies(system.client);
        const isNamed = found.length === 1 && found[0]?.account === planted && found[0].type === 'wrong-amount';
        return figures({ accounts: accounts.length, equalMs, foundMs, invented, isNamed });
      } finally {
        await database.end();
      }
    }),
};

const numbersOf = (count: number): string[] =>
  Array.from({ length: count }, (_, rank) => AccountNumber.make(funds[rank % funds.length] ?? '12', rank + 1).toString());

/** With the owner's rights: each account was called 712 € and paid 356 €, as both say. */
async function fill(database: pg.Client, accounts: readonly string[]): Promise<void> {
  await database.query(`SET search_path = urssaf_sync`);
  await database.query(
    `INSERT INTO flow (partner, flow, last_number, completed_number, completed_through)
     VALUES ('urssaf', 'payments', 1, 1, '2016-05-18'), ('urssaf', 'balances', 1, 1, '2016-05-18') ON CONFLICT (partner, flow)
     DO UPDATE SET last_number = 1, completed_number = 1, completed_through = EXCLUDED.completed_through`,
  );
  await database.query(
    `INSERT INTO batch (partner, flow, number, name, digest, business_date, count, total, intake, correlation, receipt, accepted_at)
     SELECT 'urssaf', flow, 1, '1', '', '2016-05-18', 1, 0, gen_random_uuid(), $1, '{}', now() FROM unnest(ARRAY['payments', 'balances']) AS flow`,
    [someId],
  );
  await database.query('INSERT INTO known_account SELECT unnest($1::text[])', [accounts]);
  await database.query(
    `INSERT INTO payment (id, partner, reference, content, flow, batch, line, account, amount, value_on, means, state, fact, correlation)
     SELECT gen_random_uuid(), 'urssaf', 'B-' || account, '', 'payments', '1', 2, account, 356, '2016-05-05', 'transfer', 'reported', gen_random_uuid(), $1
       FROM known_account`,
    [someId],
  );
  await database.query(`INSERT INTO our_balance SELECT account, 2016, 'retraite-base', 712, 356 FROM known_account`);
  await database.query(`INSERT INTO partner_balance SELECT 'urssaf', 1, account, 2016, 'retraite-base', 712, 356, '' FROM known_account`);
  for (const table of ['known_account', 'payment', 'our_balance', 'partner_balance']) await database.query(`VACUUM ANALYZE ${table}`);
}

async function openAnomalies(client: SystemClient): Promise<{ account: string; type: string }[]> {
  const cell = { role: 'agent', org: 'cell', funds: funds.join(' '), purpose: 'Mesure' };
  const { body } = await client.get<{ items: { account: string; type: string }[] }>(
    '/api/urssaf-sync/v1/anomalies?state=open&limit=200',
    cell,
  );
  return body.items;
}

interface Measured {
  readonly accounts: number;
  readonly equalMs: number;
  readonly foundMs: number;
  readonly invented: number;
  readonly isNamed: boolean;
}

const figures = ({ accounts, equalMs, foundMs, invented, isNamed }: Measured): Figure[] => [
  {
    ...{ name: `${accounts.toLocaleString('en')} accounts compared with the partner’s books, equal`, value: equalMs / 1_000, unit: 's' },
    note: 'from the run asked for to its end',
  },
  { name: 'differences invented', value: invented, unit: '', limit: { at: 'most', value: 0 } },
  { name: 'the same with one cent planted', value: foundMs / 1_000, unit: 's' },
  {
    ...{ name: 'the cent found, its account named, called a wrong amount', value: isNamed ? 1 : 0, unit: '' },
    limit: { at: 'least', value: 1 },
  },
];
