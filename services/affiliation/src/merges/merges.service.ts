import { refuse as standard, setScope, type Access, type OutgoingMessages, type ServiceContext } from '@isu/chassis';
import { draft } from '@isu/contracts';
import { AccountNumber, type Nir } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { History } from '../history/history.js';
import type { MandatesService } from '../mandates/mandates.service.js';
import { nirPlace } from '../insured-persons/insured-person.js';
import { findByNir, findPerson } from '../insured-persons/insured-person.table.js';
import type { Decision, Proposal } from '../proposals/proposal.js';
import type { ProposalsService } from '../proposals/proposals.service.js';
import { refuse } from '../refusals.js';
import { findDuplicates, mergeInto, replaceNir, type Duplicate } from './merge.table.js';

interface Parts {
  readonly history: History;
  readonly proposals: ProposalsService;
  readonly mandates: MandatesService;
  readonly messages: Pick<OutgoingMessages, 'withdraw'>;
}

type Context = Pick<ServiceContext, 'db' | 'clock' | 'facts' | 'protection'>;

/** Two accounts of one person are found and made one (S3), and a provisional NIR gives way to the certified one. */
export class MergesService {
  constructor(
    private readonly context: Context,
    private readonly parts: Parts,
  ) {}

  /** Pairs of accounts that look like one person's, and why; those already merged are no pairs any more. */
  async duplicates(access: Access): Promise<Duplicate[]> {
    return this.context.db.transaction(async (tx) => {
      await setScope(tx, access.reach);
      return findDuplicates(tx);
    });
  }

  /** Proposes that an account is withdrawn for another; a second agent decides. Refused for an account merged before. */
  async propose(
    tx: EntityManager,
    account: AccountNumber,
    { into, reason }: { into: AccountNumber; reason: string },
    access: Access,
  ): Promise<Proposal> {
    if (account.toString() === into.toString()) throw refuse('merge-with-itself');
    const file = await this.parts.history.open(tx, account, access);
    await this.mustStand(tx, into);
    return this.parts.proposals.propose(tx, { account: file.account, kind: 'merge', content: { into: into.toString() }, reason }, access);
  }

  /** Accepted, everything about the person goes on under the other account, which both numbers find; nothing is debited under the old one. */
  async decide(tx: EntityManager, account: AccountNumber, decision: Decision, access: Access): Promise<Proposal> {
    // In the order of their numbers, so that two merges that meet do not wait for each other in a circle.
    const withdrawn = await this.parts.history.open(tx, account, access);
    const decided = await this.parts.proposals.decide(tx, { account: withdrawn.account, kind: 'merge', decision }, access);
    if (!decision.accepted) return decided;
    const into = AccountNumber.of(decided.content['into'] ?? '');
    const kept = await this.parts.history.open(tx, into, access);
    await this.mustStand(tx, into);
    await mergeInto(tx, withdrawn.account, kept.account);
    const effectiveOn = this.context.clock.today().iso;
    const said = { subject: 'account', effectiveOn, reason: decided.reason } as const;
    await this.parts.history.keep(tx, withdrawn, [{ ...said, change: 'merged', detail: { into: kept.account } }], access);
    await this.parts.history.keep(tx, kept, [{ ...said, change: 'absorbed', detail: { account: withdrawn.account } }], access);
    const told = {
      stream: withdrawn.account,
      type: 'affiliation.account-merged.v1',
      effectiveOn,
      correlation: access.correlation,
    } as const;
    await this.context.facts.publish(tx, [draft({ ...told, data: { into: kept.account } })]);
    await this.parts.mandates.revokeAll(tx, withdrawn, decided.reason, access);
    // A letter that still waits would tell the person of a number that is theirs no more.
    await this.parts.messages.withdraw(tx, [withdrawn.account], 'account-merged');
    return decided;
  }

  /** The certified number takes the place of the provisional one; both find the person. Refused for the number of somebody else. */
  async certifyNir(
    tx: EntityManager,
    account: AccountNumber,
    { nir, reason }: { nir: Nir; reason: string },
    access: Access,
  ): Promise<{ account: string; nirStatus: 'certified' }> {
    const { clock, facts, protection } = this.context;
    const file = await this.parts.history.open(tx, account, access);
    if (nir.isProvisional) throw refuse('nir-still-provisional');
    if ((await findPerson(tx, file.account))?.nirStatus !== 'provisional') throw refuse('nir-already-certified');
    const nirIndex = protection.blindIndex('nir', nir.toString());
    const other = await findByNir(tx, nirIndex);
    if (other) throw refuse('nir-of-another', { account: (await access.canReach({ account: other.account })) ? other.account : null });
    const nirSealed = await protection.seal(tx, file.personId, nirPlace, nir.toString());
    await replaceNir(tx, { account: file.account, nirIndex, nirSealed, at: clock.recordedAt() });
    const effectiveOn = clock.today().iso;
    await this.parts.history.keep(tx, file, [{ subject: 'nir', change: 'certified', effectiveOn, reason, detail: {} }], access);
    const told = { stream: file.account, type: 'affiliation.nir-certified.v1', effectiveOn, correlation: access.correlation } as const;
    await facts.publish(tx, [draft({ ...told, data: { on: effectiveOn } })]);
    return { account: file.account, nirStatus: 'certified' };
  }

  private async mustStand(tx: EntityManager, account: AccountNumber): Promise<void> {
    const [row] = (await tx.query('SELECT merged_into AS into FROM insured_person WHERE account = $1', [account.toString()])) as {
      into: string | null;
    }[];
    if (!row) throw standard('not-found');
    if (row.into !== null) throw refuse('account-merged', { into: row.into });
  }
}
