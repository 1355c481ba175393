import { Controller, Get, Param, Query } from '@nestjs/common';
import { IsOptional, Matches } from 'class-validator';
import { Allowed } from '../policy/allowed.js';
import { AccessJournal, type AccessEntry } from './access-journal.js';

class AccessesQuery {
  /** The id of the last entry already read. */
  @IsOptional()
  @Matches(/^[1-9]\d{0,17}$/, { message: 'le champ « next » de la page précédente' })
  before?: string;
}

/** What the person is told of a use of their data: which office, where, why and when. Not which agent: that is for the auditor. */
export type ShownAccess = Pick<AccessEntry, 'id' | 'wallAt' | 'org' | 'role' | 'funds' | 'purpose' | 'operation' | 'outcome'>;

const pageLength = 50;

/** Who has looked at my account, in every service that holds some of it. */
@Controller('accounts/:account/accesses')
export class JournalController {
  constructor(private readonly journal: AccessJournal) {}

  @Get()
  @Allowed('journal.read-own', { account: 'param:account' })
  async list(
    @Param('account') account: string,
    @Query() { before }: AccessesQuery,
  ): Promise<{ items: readonly ShownAccess[]; next: string | null }> {
    const entries = await this.journal.entriesOf(account, { before, limit: pageLength });
    const items = entries.map(({ id, wallAt, org, role, funds, purpose, operation, outcome }) => ({
      id,
      wallAt,
      org,
      role,
      funds,
      purpose,
      operation,
      outcome,
    }));
    return { items, next: entries.length === pageLength ? (entries.at(-1)?.id ?? null) : null };
  }
}
