import { copyRows } from '@isu/chassis';
import type { EntityManager } from 'typeorm';
import type { Author, ChangeDraft } from '../history/person-change.js';
import type { SearchKeys } from '../searches/search-keys.js';
import type { InsuredPerson } from './insured-person.js';

/** A person who has a number and no row yet. */
export interface PersonToStage extends Omit<InsuredPerson, 'bankDetailsVersion' | 'mergedInto' | 'registeredAt'>, SearchKeys {
  readonly personId: string;
  readonly nirIndex: Buffer;
  readonly nirSealed: Buffer;
  readonly identitySealed: Buffer;
  readonly changes: readonly ChangeDraft[];
}

/** What is recorded of each of them: when, by whom. */
export interface RecordedAs {
  readonly intake: string;
  readonly by: Author;
  readonly at: string;
}

/**
 * The first of the next numbers of each caisse, one for each time that it is named; numbers are never used again. The rows stay locked until
 * the transaction ends, taken in one order by everybody.
 */
export async function nextNumbers(tx: EntityManager, funds: readonly string[]): Promise<Map<string, number>> {
  const rows = (await tx.query(
    `INSERT INTO fund_sequence (fund, last_number)
     SELECT fund, count(*) FROM unnest($1::text[]) AS fund GROUP BY fund ORDER BY fund
     ON CONFLICT (fund) DO UPDATE SET last_number = fund_sequence.last_number + excluded.last_number RETURNING fund, last_number`,
    [funds],
  )) as { fund: string; last_number: string }[];
  const wanted = new Map<string, number>();
  for (const fund of funds) wanted.set(fund, (wanted.get(fund) ?? 0) + 1);
  return new Map(rows.map(({ fund, last_number: last }) => [fund, Number(last) - (wanted.get(fund) ?? 0) + 1]));
}

const columns = [
  ...['intake', 'account', 'person_id', 'group_code', 'regime', 'fund', 'department', 'started_on', 'siret', 'activity', 'naf'],
  ...['nir_status', 'nir_index', 'nir_sealed', 'identity_sealed', 'family_name_index', 'full_name_index', 'email_index', 'changes'],
];

/**
 * Laid down by COPY, then taken on with a statement a table: the person, what was said of them first, what the search by SIRET reads. Answers
 * the accounts that began; one is left out when another person has its NIR: the unique index is the guarantee.
 */
export async function takeOn(tx: EntityManager, { intake, by, at }: RecordedAs, people: readonly PersonToStage[]): Promise<Set<string>> {
  await copyRows(
    tx,
    { table: 'staged_registration', columns },
    people.map((one) => [
      ...[intake, one.account, one.personId, one.group, one.regime, one.fund, one.department, one.startedOn],
      ...[one.siret, one.activity, one.naf, one.nirStatus, one.nirIndex, one.nirSealed, one.identitySealed],
      ...[one.familyNameIndex, one.fullNameIndex, one.emailIndex, JSON.stringify(one.changes)],
    ]),
  );
  const begun = (await tx.query(
    `INSERT INTO insured_person (account, person_id, group_code, regime, fund, department, started_on, nir_status, nir_index, nir_sealed,
       identity_sealed, registered_at, registered_by, siret, activity, naf, family_name_index, full_name_index, email_index)
     SELECT account, person_id, group_code, regime, fund, department, started_on, nir_status, nir_index, nir_sealed,
       identity_sealed, $2, $3, siret, activity, naf, family_name_index, full_name_index, email_index
       FROM staged_registration WHERE intake = $1 ORDER BY nir_index
     ON CONFLICT (nir_index) DO NOTHING RETURNING account`,
    [intake, at, by.sub],
  )) as { account: string }[];
  await tx.query(
    `INSERT INTO person_change (account, version, subject, change, effective_on, learned_at, by_sub, by_org, by_role, reason, detail)
     SELECT s.account, n.version, n.change->>'subject', n.change->>'change', (n.change->>'effectiveOn')::date, $2, $3, $4, $5, n.change->>'reason',
       (n.change->'detail')::jsonb
       FROM staged_registration s JOIN insured_person USING (person_id)
       CROSS JOIN LATERAL json_array_elements(s.changes) WITH ORDINALITY AS n (change, version)
      WHERE s.intake = $1`,
    [intake, at, by.sub, by.organisation, by.role],
  );
  await tx.query(
    `INSERT INTO establishment (account, siret) SELECT s.account, s.siret FROM staged_registration s JOIN insured_person USING (person_id)
      WHERE s.intake = $1 AND s.siret IS NOT NULL`,
    [intake],
  );
  await tx.query('DELETE FROM staged_registration WHERE intake = $1', [intake]);
  return new Set(begun.map(({ account }) => account));
}
