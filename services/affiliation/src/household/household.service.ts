import { refuse as standard, setScope, type Access, type ServiceContext } from '@isu/chassis';
import { Day, type AccountNumber } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import type { History } from '../history/history.js';
import { refuse } from '../refusals.js';
import { coveredUntil, type DependantReason } from './household.js';

/** The link of a dependant, without what identifies them. */
export interface DependantLink {
  readonly id: string;
  readonly reason: DependantReason;
  readonly from: string;
  /** Last day, by law or because it was ended before. */
  readonly until: string;
}

export interface Dependant extends DependantLink {
  readonly familyName: string;
  readonly givenNames: string;
  readonly birthDate: string;
}

export interface NewDependant {
  readonly familyName: string;
  readonly givenNames: string;
  readonly birthDate: Day;
  readonly reason: DependantReason;
  readonly from: Day;
}

type Named = Pick<Dependant, 'familyName' | 'givenNames' | 'birthDate'>;
type Context = Pick<ServiceContext, 'db' | 'clock' | 'protection'>;

const place = { table: 'dependant', column: 'identity_sealed' };
const columns = `id, reason, to_char(from_on, 'YYYY-MM-DD') AS "from", to_char(until_on, 'YYYY-MM-DD') AS until`;

/** The household of an insured person: in affiliation and benefits only, never on a topic nor in collection. */
export class HouseholdService {
  constructor(
    private readonly context: Context,
    private readonly history: History,
    private readonly newId: () => string = v7,
  ) {}

  async list(account: AccountNumber, access: Access): Promise<Dependant[]> {
    await this.history.read(account, access);
    return this.context.db.transaction(async (tx) => {
      await setScope(tx, access.reach);
      return this.of(tx, account.toString());
    });
  }

  private async of(tx: EntityManager, account: string): Promise<Dependant[]> {
    const rows = (await tx.query(
      `SELECT d.id, d.reason, to_char(d.from_on, 'YYYY-MM-DD') AS "from", to_char(d.until_on, 'YYYY-MM-DD') AS until,
         d.identity_sealed AS sealed, p.person_id AS "personId"
       FROM dependant d JOIN insured_person p USING (account) WHERE d.account = $1 ORDER BY d.from_on, d.id`,
      [account],
    )) as (DependantLink & { sealed: Buffer; personId: string })[];
    const names = await this.context.protection.openMany(tx, place, rows);
    return rows.map(({ id, reason, from, until }, rank) => ({ id, reason, from, until, ...(JSON.parse(names[rank] ?? '') as Named) }));
  }

  /** Refused for somebody who is covered for the same reason on that day already. */
  async add(tx: EntityManager, account: AccountNumber, demand: NewDependant, access: Access): Promise<DependantLink> {
    const file = await this.history.open(tx, account, access);
    const until = coveredUntil(demand);
    if ((await this.of(tx, file.account)).some((one) => isCoveredAs(one, demand))) throw refuse('nothing-changes');
    const { reason, from, familyName, givenNames, birthDate } = demand;
    const link: DependantLink = { id: this.newId(), reason, from: from.iso, until: until.iso };
    const named: Named = { familyName, givenNames, birthDate: birthDate.iso };
    const sealed = await this.context.protection.seal(tx, file.personId, place, JSON.stringify(named));
    await tx.query('INSERT INTO dependant (id, account, identity_sealed, reason, from_on, until_on) VALUES ($1, $2, $3, $4, $5, $6)', [
      link.id,
      file.account,
      sealed,
      reason,
      link.from,
      link.until,
    ]);
    const said = { subject: 'dependant', change: 'added', effectiveOn: link.from, reason, detail: { ...link } } as const;
    await this.history.keep(tx, file, [said], access);
    return link;
  }

  /** Ends a link before its day. Refused after it, and for a link that is not this person's. */
  async end(
    tx: EntityManager,
    account: AccountNumber,
    { dependant, on, reason }: { dependant: string; on: Day; reason: string },
    access: Access,
  ): Promise<DependantLink> {
    const file = await this.history.open(tx, account, access);
    const [link] = (await tx.query(`SELECT ${columns} FROM dependant WHERE account = $1 AND id = $2 FOR UPDATE`, [
      file.account,
      dependant,
    ])) as DependantLink[];
    if (!link) throw standard('not-found');
    if (on.iso < link.from || on.iso > link.until) throw refuse('dependant-not-covered', { until: Day.of(link.until).print() });
    if (on.iso === link.until) throw refuse('nothing-changes');
    await tx.query('UPDATE dependant SET until_on = $2 WHERE id = $1', [dependant, on.iso]);
    const said = { subject: 'dependant', change: 'ended', effectiveOn: on.iso, reason, detail: { id: dependant, until: on.iso } } as const;
    await this.history.keep(tx, file, [said], access);
    return { ...link, until: on.iso };
  }
}

const isCoveredAs = (one: Dependant, { familyName, givenNames, birthDate, reason, from }: NewDependant): boolean =>
  [one.familyName, one.givenNames, one.birthDate, one.reason].join('\n') === [familyName, givenNames, birthDate.iso, reason].join('\n') &&
  one.from <= from.iso &&
  from.iso <= one.until;
