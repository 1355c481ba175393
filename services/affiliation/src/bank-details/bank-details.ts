import { draft } from '@isu/contracts';
import type { ServiceContext } from '@isu/chassis';
import type { AccountNumber, Iban } from '@isu/values';
import type { EntityManager } from 'typeorm';

interface Change {
  readonly account: AccountNumber;
  readonly personId: string;
  readonly iban: Iban;
  readonly by: string;
}

const place = { table: 'bank_details', column: 'iban_sealed' };

/** The bank details of a person: every version is kept, the last one serves (F15). */
export class BankDetails {
  constructor(private readonly context: Pick<ServiceContext, 'facts' | 'clock' | 'protection'>) {}

  /** Keeps a new version and says so to the other services; the same IBAN again changes nothing. Answers the version in force. */
  async change(tx: EntityManager, { account, personId, iban, by }: Change): Promise<number> {
    const { clock, facts, protection } = this.context;
    const last = await lastVersion(tx, account.toString());
    if (last && (await protection.open(tx, personId, place, last.ibanSealed)) === iban.toString()) return last.version;

    const version = (last?.version ?? 0) + 1;
    const sealed = await protection.seal(tx, personId, place, iban.toString());
    await tx.query('INSERT INTO bank_details (account, version, iban_sealed, recorded_at, recorded_by) VALUES ($1, $2, $3, $4, $5)', [
      account.toString(),
      version,
      sealed,
      clock.recordedAt(),
      by,
    ]);
    const changed = draft({
      stream: account.toString(),
      type: 'affiliation.bank-details-changed.v1',
      effectiveOn: clock.today().iso,
      data: { version },
    });
    await facts.publish(tx, [changed]);
    return version;
  }
}

async function lastVersion(tx: EntityManager, account: string): Promise<{ version: number; ibanSealed: Buffer } | undefined> {
  const [row] = (await tx.query(
    `SELECT version, iban_sealed AS "ibanSealed" FROM bank_details WHERE account = $1 ORDER BY version DESC LIMIT 1`,
    [account],
  )) as { version: number; ibanSealed: Buffer }[];
  return row;
}
