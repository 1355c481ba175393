import { serviceScope, setScope, type Access, type ServiceContext } from '@isu/chassis';
import { draft, type Fact } from '@isu/contracts';
import type { EntityManager } from 'typeorm';
import type { History } from '../history/history.js';
import { lockPerson } from '../insured-persons/insured-person.table.js';
import { findMandates, revokeMandate } from './mandate.table.js';

/** As the bank said it, or as an agent found who looked at what the bank had said. */
type Returned = Fact<'collection.debit-returned.v1' | 'collection.debit-examined.v1'>;

/** In whose name a mandate is revoked that a bank refused. */
const collectionItself: Access['subject'] = {
  ...{ sub: 'service:collection', org: 'isu', role: 'service' },
  ...{ funds: [], account: null, purpose: null, via: [] },
};

/** A bank that says that there is no mandate, or not this one (MD01, MD02), is believed: nothing more is debited under it. */
export class RefusedMandates {
  constructor(
    private readonly context: Pick<ServiceContext, 'facts' | 'clock'>,
    private readonly history: History,
  ) {}

  /** Revokes the mandate that the debit named, if it is in force still: one that was signed since stands. */
  async hear(tx: EntityManager, returned: readonly Returned[]): Promise<void> {
    const refused = returned.filter(({ data }) => data.outcome === 'mandate-revoked');
    if (refused.length === 0) return;
    await setScope(tx, serviceScope);
    for (const fact of refused) await this.revoke(tx, fact);
  }

  private async revoke(tx: EntityManager, { subject: account, id, correlation, data: { rum, reason: code } }: Returned): Promise<void> {
    const { facts, clock } = this.context;
    const person = await lockPerson(tx, account);
    const mandate = (await findMandates(tx, account)).find((one) => one.rum === rum && one.revokedOn === null);
    if (!person || !mandate) return;
    const on = clock.today().iso;
    const reason = `Refusé par la banque (${code})`;
    await revokeMandate(tx, { rum, on, at: clock.recordedAt(), by: collectionItself.sub, reason });
    const file = { account, personId: person.personId };
    const change = { subject: 'mandate', change: 'revoked', effectiveOn: on, reason, detail: { rum } } as const;
    await this.history.add(tx, file, [change], { subject: collectionItself });
    await facts.publish(tx, [
      draft({ stream: account, type: 'affiliation.mandate-revoked.v1', effectiveOn: on, cause: id, correlation, data: { rum, on } }),
    ]);
  }
}
