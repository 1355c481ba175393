import { refuse as standard, serviceScope, setScope, type Access, type ServiceContext } from '@isu/chassis';
import type { Fact } from '@isu/contracts';
import { AccountNumber, Day } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { endSaid, periodOf } from '../endings/ending.js';
import type { EndingsService } from '../endings/endings.service.js';
import type { History, OpenFile } from '../history/history.js';
import type { ChangeDraft } from '../history/person-change.js';
import { strikeOffNotice, type Letters } from '../letters/letters.js';
import { refuse } from '../refusals.js';
import { openStrikeOff, stop, strikeOff, tellPerson, type StrikeOff } from './strike-off.js';
import { accountsUnderWay, findIncomes, findStrikeOffs, lockOpen, saveStrikeOff } from './strike-off.table.js';

interface Parts {
  readonly history: History;
  readonly endings: EndingsService;
  readonly letters: Letters;
  readonly newId?: () => string;
}

type Context = Pick<ServiceContext, 'db' | 'clock'>;

/** Ex-officio striking off: bodies, then the person, then a decision; one answer stops it, and so does a declaration that comes. */
export class StrikeOffsService {
  constructor(
    private readonly context: Context,
    private readonly parts: Parts,
  ) {}

  async list(account: AccountNumber, access: Access): Promise<StrikeOff[]> {
    await this.parts.history.read(account, access);
    return this.context.db.transaction(async (tx) => {
      await setScope(tx, access.reach);
      return findStrikeOffs(tx, account.toString());
    });
  }

  async open(tx: EntityManager, account: AccountNumber, reason: string, access: Access): Promise<StrikeOff> {
    const file = await this.parts.history.open(tx, account, access);
    const { startedOn, endedOn } = periodOf(file.changes);
    if (endedOn !== null) throw refuse('activity-ended', { endedOn: Day.of(endedOn).print() });
    if ((await lockOpen(tx, [file.account])).length > 0) throw refuse('strike-off-open');
    const known = { account: file.account, startedOn, incomes: await findIncomes(tx, file.account), reason };
    const procedure = openStrikeOff(known, { id: (this.parts.newId ?? v7)(), today: this.context.clock.today() });
    return this.keep(tx, file, { procedure, change: 'opened', reason }, access);
  }

  /** A body that shows activity stops the procedure; one that has seen none only says so. */
  async hearBody(
    tx: EntityManager,
    account: AccountNumber,
    { body, active, reason }: { body: string; active: boolean; reason: string },
    access: Access,
  ): Promise<StrikeOff> {
    const { file, procedure } = await this.underWay(tx, account, access);
    const heard = active ? stop(procedure, `activité constatée par ${body}`, this.context.clock.today()) : procedure;
    return this.keep(
      tx,
      file,
      { procedure: heard, change: active ? 'stopped' : 'no-activity-seen', reason: `${body} : ${reason}` },
      access,
    );
  }

  async tell(tx: EntityManager, account: AccountNumber, proof: string, access: Access): Promise<StrikeOff> {
    const { file, procedure } = await this.underWay(tx, account, access);
    const told = tellPerson(procedure, proof, this.context.clock.today());
    await this.parts.letters.write(tx, [strikeOffNotice(told)], access);
    return this.keep(tx, file, { procedure: told, change: 'person-told', reason: `Lettre recommandée ${proof}` }, access);
  }

  async answer(tx: EntityManager, account: AccountNumber, reason: string, access: Access): Promise<StrikeOff> {
    const { file, procedure } = await this.underWay(tx, account, access);
    const stopped = stop(procedure, 'réponse de la personne', this.context.clock.today());
    return this.keep(tx, file, { procedure: stopped, change: 'stopped', reason }, access);
  }

  /** Strikes off: the person, the activities and the establishments end, and the other services hear of it. */
  async decide(tx: EntityManager, account: AccountNumber, reason: string, access: Access): Promise<StrikeOff> {
    const { file, procedure } = await this.underWay(tx, account, access);
    const decided = strikeOff(procedure, periodOf(file.changes).startedOn, this.context.clock.today());
    await saveStrikeOff(tx, decided);
    const effect = Day.of(decided.endedOn);
    const said = endSaid({ ...file, correlation: access.correlation, effect, cause: 'ex-officio', reason });
    const step = this.step(decided, 'decided', reason);
    await this.parts.endings.say(tx, file, { facts: said.facts, changes: [step, ...said.changes] }, access);
    return decided;
  }

  /** A declaration came: whatever it says, somebody is there, and the procedures under way stop. */
  async hearDeclarations(tx: EntityManager, facts: readonly Fact<'collection.income-recorded.v1'>[]): Promise<void> {
    const declared = new Map(facts.filter(({ data }) => data.kind === 'declared').map((fact) => [fact.subject, fact]));
    if (declared.size === 0) return;
    await setScope(tx, serviceScope);
    for (const account of await accountsUnderWay(tx, [...declared.keys()])) {
      const { file, procedure } = await this.underWay(tx, AccountNumber.of(account), { reach: serviceScope });
      const year = String(declared.get(account)?.data.year);
      const stopped = stop(procedure, `déclaration de revenu ${year} reçue`, this.context.clock.today());
      await this.keep(tx, file, { procedure: stopped, change: 'stopped', reason: null }, { subject: collectionItself });
    }
  }

  private async underWay(
    tx: EntityManager,
    account: AccountNumber,
    access: Pick<Access, 'reach'>,
  ): Promise<{ file: OpenFile; procedure: StrikeOff }> {
    const file = await this.parts.history.open(tx, account, access);
    const [procedure] = await lockOpen(tx, [file.account]);
    if (!procedure) throw standard('not-found');
    return { file, procedure };
  }

  private async keep(
    tx: EntityManager,
    file: OpenFile,
    { procedure, change, reason }: { procedure: StrikeOff; change: string; reason: string | null },
    access: Pick<Access, 'subject'>,
  ): Promise<StrikeOff> {
    await saveStrikeOff(tx, procedure);
    await this.parts.history.keep(tx, file, [this.step(procedure, change, reason)], access);
    return procedure;
  }

  private step({ id, state, bodiesUntil, personUntil, closedBecause }: StrikeOff, change: string, reason: string | null): ChangeDraft {
    const detail = { id, state, bodiesUntil, personUntil, closedBecause };
    return { subject: 'strike-off', change, effectiveOn: this.context.clock.today().iso, reason, detail };
  }
}

/** In whose name a fact of collection changes something here. */
const collectionItself: Access['subject'] = {
  ...{ sub: 'service:collection', org: 'isu', role: 'service' },
  ...{ funds: [], account: null, purpose: null, via: [] },
};
