import { serviceScope, setScope, type Access, type ServiceContext } from '@isu/chassis';
import { AccountNumber } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { authorOf, firstChanges } from '../history/person-change.js';
import { affiliationNotice, type Letters } from '../letters/letters.js';
import { searchKeysOf } from '../searches/search-keys.js';
import { identityPlace, nirPlace, registered, type RegisterPerson } from './insured-person.js';
import { nirsKnown } from './insured-person.table.js';
import { nextNumbers, takeOn, type PersonToStage } from './staged-registration.table.js';

type Context = Pick<ServiceContext, 'facts' | 'clock' | 'protection'>;

/** Who a person has become: their account, and the id under which what identifies them is sealed. */
export interface Registered {
  readonly account: AccountNumber;
  readonly personId: string;
}

interface Numbered extends Registered {
  readonly demand: RegisterPerson;
  readonly nirIndex: Buffer;
}

/** Gives people their accounts, any number of them in the same statements: the one place where a person begins. */
export class Registrations {
  constructor(
    private readonly context: Context,
    private readonly letters: Letters,
    private readonly newId: () => string = v7,
  ) {}

  /** Which of these NIRs somebody has already; a number that another one replaced counts. */
  async known(tx: EntityManager, demands: readonly Pick<RegisterPerson, 'nir'>[]): Promise<boolean[]> {
    await setScope(tx, serviceScope);
    const indexes = demands.map((demand) => this.nirIndexOf(demand));
    const known = await nirsKnown(tx, indexes);
    return indexes.map((index) => known.has(index.toString('hex')));
  }

  /**
   * Affiliates people whose demands were checked, each NIR once and none of them `known`, in the order given; null for those whom somebody else
   * registers at this very moment: one affiliation unites all activities.
   */
  async register(
    tx: EntityManager,
    demands: readonly RegisterPerson[],
    access: Pick<Access, 'subject' | 'correlation'>,
  ): Promise<(Registered | null)[]> {
    if (demands.length === 0) return [];
    const numbered = await this.number(tx, demands);
    const { clock, facts } = this.context;
    const recorded = { intake: this.newId(), by: authorOf(access), at: clock.recordedAt() };
    const begin = await takeOn(tx, recorded, await this.toStage(tx, numbered));
    // Somebody else registered a same NIR between our look and our writing: they committed first.
    const ours = numbered.filter(({ account }) => begin.has(account.toString()));
    await facts.publish(
      tx,
      ours.map(({ account, demand }) => registered(account, demand, access.correlation)),
    );
    const today = clock.today();
    const notices = ours.map(({ account, demand }) =>
      affiliationNotice({ ...demand, account: account.toString(), startedOn: demand.startedOn.iso }, today),
    );
    await this.letters.write(tx, notices, access);
    const byDemand = new Map(ours.map(({ demand, account, personId }) => [demand, { account, personId }]));
    return demands.map((demand) => byDemand.get(demand) ?? null);
  }

  /** The next numbers of each caisse, in the order given. */
  private async number(tx: EntityManager, demands: readonly RegisterPerson[]): Promise<Numbered[]> {
    const next = await nextNumbers(
      tx,
      demands.map(({ fund }) => fund),
    );
    return demands.map((demand) => {
      const number = next.get(demand.fund) ?? 0;
      next.set(demand.fund, number + 1);
      return { demand, account: AccountNumber.make(demand.fund, number), personId: this.newId(), nirIndex: this.nirIndexOf(demand) };
    });
  }

  private async toStage(tx: EntityManager, numbered: readonly Numbered[]): Promise<PersonToStage[]> {
    const { protection } = this.context;
    const seal = (place: typeof nirPlace, textOf: (demand: RegisterPerson) => string) =>
      protection.sealMany(
        tx,
        place,
        numbered.map(({ personId, demand }) => ({ personId, text: textOf(demand) })),
      );
    const nirs = await seal(nirPlace, ({ nir }) => nir.toString());
    const identities = await seal(identityPlace, ({ identity }) => JSON.stringify(identity));
    return numbered.map(({ demand, account, personId, nirIndex }, rank): PersonToStage => {
      const { group, regime, fund, department, profession, nir, identity } = demand;
      const row = { group, regime, fund, department, startedOn: demand.startedOn.iso, ...profession };
      return {
        ...{ ...row, account: account.toString(), personId, nirIndex },
        ...searchKeysOf(protection, identity),
        nirStatus: nir.isProvisional ? 'provisional' : 'certified',
        nirSealed: nirs[rank] ?? Buffer.alloc(0),
        identitySealed: identities[rank] ?? Buffer.alloc(0),
        changes: firstChanges(row),
      };
    });
  }

  private nirIndexOf({ nir }: Pick<RegisterPerson, 'nir'>): Buffer {
    return this.context.protection.blindIndex('nir', nir.toString());
  }
}
