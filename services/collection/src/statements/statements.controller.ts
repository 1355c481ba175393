import { Controller, Get, Inject, Param, Query, StreamableFile } from '@nestjs/common';
import { foldAccount } from '@isu/account';
import { Allowed, Answers, CurrentAccess, renderPdf, valueOf, ValueOf, wire, type Access } from '@isu/chassis';
import { journal } from '@isu/ledger';
import { FactStore } from '@isu/messaging';
import { AccountNumber, Day, type BusinessClock } from '@isu/values';
import { IsOptional } from 'class-validator';
import { DataSource } from 'typeorm';
import { findOpenAccount } from '../accounts/account.table.js';
import { businessClock } from '../cash-calendars/cash-calendars.controller.js';
import { Addressees } from '../notices/addressees.js';
import { journalCsv, journalRows } from './journal.js';
import type { Period, PeriodLine, Periods, PeriodSurcharges } from './period.js';
import { statementDocument } from './statement-document.js';
import { readStatement } from './statement.table.js';
import { knownOn, type Known, type Statement } from './statement.js';

class KnownQuery {
  /** As this service knew it at the end of that day (I7); without it, as it is now. */
  @IsOptional()
  @ValueOf(Day)
  on?: Day;
}

const sums = { called: wire.euros, paid: wire.euros, remaining: wire.euros };
const line = wire.record<PeriodLine>({ code: wire.text, ...sums });
const periods = {
  periods: wire.listOf(
    wire.record<Period>({ year: wire.year, ...sums, lines: wire.listOf(line), surcharges: wire.record<PeriodSurcharges>(sums) }),
  ),
  credit: wire.euros,
  balance: { ...wire.euros, description: 'Positif : la personne doit.' },
};
const statement = wire.record<Statement>({
  account: wire.account,
  knownOn: wire.day,
  closed: wire.orNull(wire.record<NonNullable<Statement['closed']>>({ accountingDay: wire.day, ...periods })),
  current: wire.record<Periods>(periods),
});

/** What the books tell of an account: called, paid and remaining, and every entry; now, or as it was known on a day. */
@Controller('accounts')
export class StatementsController {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(FactStore) private readonly facts: FactStore,
    @Inject(Addressees) private readonly addressees: Addressees,
    @Inject(businessClock) private readonly clock: BusinessClock,
  ) {}

  /** Called, paid and remaining by contribution year and contribution, at the last closed accounting day and with what was booked since. */
  @Get(':account/periods')
  @Answers('Le détail par période.', statement)
  @Allowed('account-periods.read', { account: 'param:account' })
  async read(@Param('account', valueOf(AccountNumber)) account: AccountNumber, @Query() { on }: KnownQuery): Promise<Statement> {
    return readStatement(this.db, account.toString(), await this.known(account, on));
  }

  /** The same as it is printed, with the proof of the account as it was known; the name is asked of affiliation at this moment, and kept nowhere. */
  @Get(':account/statement/pdf')
  @Answers('Le relevé de situation, imprimé.', { type: 'string', format: 'binary' }, 'application/pdf')
  @Allowed('account-periods.read', { account: 'param:account' })
  async print(
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Query() { on }: KnownQuery,
    @CurrentAccess() access: Access,
  ): Promise<StreamableFile> {
    const known = await this.known(account, on);
    const [told, facts] = await Promise.all([
      readStatement(this.db, account.toString(), known),
      this.facts.factsOf(this.db, account.toString(), known.at),
    ]);
    const document = statementDocument(told, foldAccount(facts), await this.addressees.of(account, access));
    const disposition = `inline; filename="releve-${told.account}-${known.on.iso}.pdf"`;
    return new StreamableFile(await renderPdf(document), { type: 'application/pdf', disposition });
  }

  /** Every entry that moved money on the account, for a spreadsheet; its last balance is that of the statement. */
  @Get(':account/journal/csv')
  @Answers('Le journal du compte.', { type: 'string' }, 'text/csv')
  @Allowed('account-journal.read', { account: 'param:account' })
  async journal(@Param('account', valueOf(AccountNumber)) account: AccountNumber, @Query() { on }: KnownQuery): Promise<StreamableFile> {
    const known = await this.known(account, on);
    const entries = await journal(this.db.manager, account.toString(), known.at ?? null);
    const disposition = `attachment; filename="journal-${account.toString()}-${known.on.iso}.csv"`;
    return new StreamableFile(journalCsv(journalRows(entries)), { type: 'text/csv; charset=utf-8', disposition });
  }

  private async known(account: AccountNumber, on: Day | undefined): Promise<Known> {
    return knownOn(on, this.clock.today(), await findOpenAccount(this.db, account));
  }
}
