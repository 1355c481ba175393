import { foldAccount } from '@isu/account';
import { refuse, type ServiceContext } from '@isu/chassis';
import type { AccountNumber, Day } from '@isu/values';
import { rightsOf, type Rights } from './rights.js';

/** Answers for the rights of an account, from the facts that this service holds. */
export class RightsService {
  constructor(private readonly context: Pick<ServiceContext, 'db' | 'facts' | 'flows' | 'clock'>) {}

  /** Refused as absent for an account that this service has not heard of. Without a day: on the business day. */
  async of(account: AccountNumber, day?: Day): Promise<Rights> {
    const { db, facts, flows, clock } = this.context;
    const known = await facts.factsOf(db.manager, account.toString());
    if (known.length === 0) throw refuse('not-found');
    return rightsOf(foldAccount(known), await flows.read(db.manager), day ?? clock.today());
  }
}
