import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { Allowed, Answers, CurrentAccess, ValueOf, valueOf, wire, type Access } from '@isu/chassis';
import { AccountNumber, Day } from '@isu/values';
import { IsIn, IsOptional } from 'class-validator';
import { History } from './history.js';
import { changeSubjects, changesOf, type ChangeSubject, type PersonChange } from './person-change.js';

class ChangesQuery {
  /** Only changes about this. */
  @IsOptional() @IsIn(changeSubjects) subject?: ChangeSubject;
  /** As known at the end of this day. */
  @IsOptional() @ValueOf(Day) knownOn?: Day;
}

/** Who, by organisation and role: an agent is not named to the person. */
interface ShownChange extends Omit<PersonChange, 'by'> {
  readonly organisation: string | null;
  readonly role: string | null;
}

export interface ShownChanges {
  readonly account: string;
  readonly changes: readonly ShownChange[];
}

const shownChanges = wire.record<ShownChanges>({
  account: wire.account,
  changes: wire.listOf(
    wire.record<ShownChange>({
      version: wire.count,
      subject: wire.choice(changeSubjects),
      change: wire.text,
      effectiveOn: wire.day,
      learnedAt: wire.instant,
      organisation: wire.orNull(wire.text),
      role: wire.orNull(wire.text),
      reason: wire.orNull(wire.text),
      detail: { type: 'object', description: 'Ce qui a été dit, sans rien qui identifie.' },
    }),
  ),
});

@Controller('insured-persons')
export class HistoryController {
  constructor(@Inject(History) private readonly history: History) {}

  /** Every version of everything that changed, with its two dates, who said so and why; as known on a day when one is named. */
  @Get(':account/changes')
  @Answers('Les changements, du plus ancien au plus récent.', shownChanges)
  @Allowed('insured-persons.read', { account: 'param:account' })
  async changes(
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Query() { subject, knownOn }: ChangesQuery,
    @CurrentAccess() access: Access,
  ): Promise<ShownChanges> {
    const all = await this.history.read(account, access, knownOn);
    const wanted = subject === undefined ? all : changesOf(all, subject);
    return {
      account: account.toString(),
      changes: wanted.map(({ by, ...change }) => ({ ...change, organisation: by.organisation, role: by.role })),
    };
  }
}
