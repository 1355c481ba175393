import { Controller, Get, Param, Query } from '@nestjs/common';
import { IsOptional, Matches } from 'class-validator';
import { Answers } from '../../openapi/answers.js';
import { wire } from '../../openapi/wire.js';
import { organisations, roles } from '../tokens/claims.js';
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

const accesses = wire.record<{ items: unknown; next: unknown }>({
  items: wire.listOf(
    wire.record<ShownAccess>({
      id: wire.text,
      wallAt: wire.instant,
      org: wire.choice(organisations),
      role: wire.choice(roles),
      funds: wire.listOf(wire.fund),
      purpose: wire.text,
      operation: wire.text,
      outcome: wire.choice(['shown', 'masked', 'nobody-found']),
    }),
  ),
  next: wire.orNull(wire.text),
});

/** Who has looked at my account, in every service that holds some of it. */
@Controller('accounts/:account/accesses')
export class JournalController {
  constructor(private readonly journal: AccessJournal) {}

  @Get()
  @Answers('Qui a consulté ce compte ici, le plus récent d’abord.', accesses)
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
