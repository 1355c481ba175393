import type { Access, ServiceContext } from '@isu/chassis';
import { draft } from '@isu/contracts';
import type { AccountNumber, Day, Siret } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { Acting } from '../acting.js';
import type { History, OpenFile } from '../history/history.js';
import type { ChangeDraft, PersonChange } from '../history/person-change.js';
import { insertEstablishment } from '../insured-persons/insured-person.table.js';
import {
  businessesOf,
  closeEstablishment,
  establishmentsOf,
  moveMain,
  openEstablishment,
  type Business,
  type Establishment,
  type Opening,
} from './establishment.js';
import { legalForms } from './legal-form.js';
import { checkNaf, nafLabel } from './naf.js';

/** Businesses and establishments with the official words for their codes (F13, F14). */
export interface ShownBusinesses {
  readonly account: string;
  readonly businesses: readonly (Business & { readonly legalFormLabel: string | null })[];
  readonly establishments: readonly (Establishment & { readonly nafLabel: string | null })[];
}

type Context = Pick<ServiceContext, 'db' | 'clock' | 'facts'>;

export class BusinessesService {
  constructor(
    private readonly context: Context,
    private readonly history: History,
  ) {}

  async read(account: AccountNumber, access: Access, knownOn?: Day): Promise<ShownBusinesses> {
    return shown(account.toString(), await this.history.read(account, access, knownOn));
  }

  /** Within a transaction that goes on, of a person whose row is locked from now on. */
  async ofFile(tx: EntityManager, account: AccountNumber, access: Pick<Access, 'reach'>): Promise<ShownBusinesses> {
    return shown(account.toString(), (await this.history.open(tx, account, access)).changes);
  }

  async open(tx: EntityManager, account: AccountNumber, demand: Opening, access: Acting): Promise<ShownBusinesses> {
    const file = await this.history.open(tx, account, access);
    checkNaf(demand.naf);
    const said = openEstablishment(file.changes, demand);
    await insertEstablishment(tx, file.account, demand.siret.toString());
    return this.say(tx, file, said, access);
  }

  async close(
    tx: EntityManager,
    account: AccountNumber,
    demand: { siret: Siret; on: Day; reason: string },
    access: Acting,
  ): Promise<ShownBusinesses> {
    const file = await this.history.open(tx, account, access);
    return this.say(tx, file, closeEstablishment(file.changes, demand), access);
  }

  async moveMain(
    tx: EntityManager,
    account: AccountNumber,
    demand: { siret: Siret; from: Day; reason: string },
    access: Access,
  ): Promise<ShownBusinesses> {
    const file = await this.history.open(tx, account, access);
    return this.say(tx, file, moveMain(file.changes, demand), access);
  }

  /** Keeps what is said; the person's row, which cards and searches read, shows the main establishment. */
  async say(tx: EntityManager, file: OpenFile, said: readonly ChangeDraft[], access: Acting): Promise<ShownBusinesses> {
    const { changes } = await this.history.keep(tx, file, said, access);
    const main = establishmentsOf(changes).find((one) => one.main);
    if (main)
      await tx.query('UPDATE insured_person SET siret = $2, naf = coalesce($3, naf) WHERE account = $1', [
        file.account,
        main.siret,
        main.naf,
      ]);
    await this.context.facts.publish(tx, [establishmentsChanged(file.account, changes, this.context.clock.today(), access)]);
    return shown(file.account, changes);
  }
}

/** Told to the other services: that the list is another, and its version; the list stays here. */
export const establishmentsChanged = (
  account: string,
  changes: readonly PersonChange[],
  today: Day,
  { correlation }: Pick<Access, 'correlation'>,
) =>
  draft({
    ...{ stream: account, type: 'affiliation.establishments-changed.v1', effectiveOn: today.iso, correlation },
    data: { version: changes.filter(({ subject }) => ['activity', 'business', 'establishment'].includes(subject)).length },
  });

const shown = (account: string, changes: readonly PersonChange[]): ShownBusinesses => ({
  account,
  businesses: businessesOf(changes).map((one) => ({
    ...one,
    legalFormLabel: one.legalForm === null ? null : legalForms[one.legalForm].label,
  })),
  establishments: establishmentsOf(changes).map((one) => ({ ...one, nafLabel: one.naf === null ? null : nafLabel(one.naf) })),
});
