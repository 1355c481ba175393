import { loopingWorker, refuse as standard, serviceScope, setScope, type Access, type ServiceContext, type Worker } from '@isu/chassis';
import { AccountNumber, type Day } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { Acting } from '../acting.js';
import { periodOf } from '../endings/ending.js';
import type { History, OpenFile } from '../history/history.js';
import { refuse } from '../refusals.js';
import { acceptBySilence, acreDecided, decideAcre, requestAcre, type AcreRequest } from './acre-request.js';

const day = (column: string): string => `to_char(${column}, 'YYYY-MM-DD')`;
const columns = `account, ${day('started_on')} AS "startedOn", ${day('requested_on')} AS "requestedOn", ${day('decide_by')} AS "decideBy",
  decision, ${day('decided_on')} AS "decidedOn", by_silence AS "bySilence", reason`;
const batch = 200;

type Context = Pick<ServiceContext, 'db' | 'clock' | 'facts' | 'log'>;

export class AcreRequestsService {
  constructor(
    private readonly context: Context,
    private readonly history: History,
  ) {}

  async list(account: AccountNumber, access: Access): Promise<AcreRequest[]> {
    await this.history.read(account, access);
    return this.context.db.transaction(async (tx) => {
      await setScope(tx, access.reach);
      return tx.query(`SELECT ${columns} FROM acre_request WHERE account = $1 ORDER BY started_on`, [account.toString()]);
    });
  }

  async request(tx: EntityManager, account: AccountNumber, complete: boolean, access: Acting): Promise<AcreRequest> {
    const file = await this.history.open(tx, account, access);
    const { startedOn } = periodOf(file.changes);
    const request = requestAcre({ account: file.account, startedOn, complete }, this.context.clock.today());
    const inserted = (await tx.query(
      `INSERT INTO acre_request (account, started_on, requested_on, decide_by) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING account`,
      [file.account, startedOn, request.requestedOn, request.decideBy],
    )) as unknown[];
    if (inserted.length === 0) throw refuse('acre-requested');
    await this.say(tx, file, request, access.subject);
    return request;
  }

  async decide(
    tx: EntityManager,
    account: AccountNumber,
    decision: { granted: boolean; reason: string },
    access: Access,
  ): Promise<AcreRequest> {
    const file = await this.history.open(tx, account, access);
    const request = await this.lock(tx, file);
    if (!request) throw standard('not-found');
    const decided = decideAcre(request, decision, this.context.clock.today());
    await this.settle(tx, file, decided, access);
    return decided;
  }

  /** Requests whose month is over are accepted by silence; killed at any point, the rest waits for the next turn. */
  async acceptSilent(today: Day): Promise<number> {
    return this.context.db.transaction(async (tx) => {
      await setScope(tx, serviceScope);
      const due = (await tx.query(
        `SELECT r.account FROM acre_request r JOIN insured_person p USING (account) WHERE r.decision IS NULL AND r.decide_by < $1
          ORDER BY r.account LIMIT ${String(batch)} FOR UPDATE OF p SKIP LOCKED`,
        [today.iso],
      )) as { account: string }[];
      for (const { account } of due) {
        const file = await this.history.open(tx, AccountNumber.of(account), { reach: serviceScope });
        const request = await this.lock(tx, file);
        if (request?.decision === null) await this.settle(tx, file, acceptBySilence(request), { subject: affiliationItself });
      }
      return due.length;
    });
  }

  worker(): Worker {
    const { clock, log } = this.context;
    return loopingWorker({
      name: 'acre-silence',
      everyMs: 30_000,
      log,
      turn: async () => (await this.acceptSilent(clock.today())) === batch,
    });
  }

  /** The request of the activity under way. */
  private async lock(tx: EntityManager, { account, changes }: OpenFile): Promise<AcreRequest | undefined> {
    const [row] = (await tx.query(`SELECT ${columns} FROM acre_request WHERE account = $1 AND started_on = $2 FOR UPDATE`, [
      account,
      periodOf(changes).startedOn,
    ])) as AcreRequest[];
    return row;
  }

  private async settle(
    tx: EntityManager,
    file: OpenFile,
    decided: AcreRequest,
    { subject, correlation }: Pick<Access, 'subject'> & Partial<Pick<Access, 'correlation'>>,
  ): Promise<void> {
    await tx.query(
      'UPDATE acre_request SET decision = $3, decided_on = $4, by_silence = $5, reason = $6 WHERE account = $1 AND started_on = $2',
      [decided.account, decided.startedOn, decided.decision, decided.decidedOn, decided.bySilence, decided.reason],
    );
    await this.say(tx, file, decided, subject);
    await this.context.facts.publish(tx, [acreDecided(decided, correlation)]);
  }

  private async say(tx: EntityManager, file: OpenFile, request: AcreRequest, subject: Access['subject']): Promise<void> {
    const { decision, decidedOn, requestedOn, startedOn, decideBy, bySilence, reason } = request;
    const change = { subject: 'acre', change: decision ?? 'requested', effectiveOn: decidedOn ?? requestedOn, reason } as const;
    await this.history.keep(tx, file, [{ ...change, detail: { startedOn, decideBy, bySilence } }], { subject });
  }
}

/** In whose name silence decides. */
const affiliationItself: Access['subject'] = {
  ...{ sub: 'service:affiliation', org: 'isu', role: 'service' },
  ...{ funds: [], account: null, purpose: null, via: [] },
};
