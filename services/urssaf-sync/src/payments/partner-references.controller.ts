import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { Allowed, Answers, CurrentAccess, wire, type Access } from '@isu/chassis';
import { IsOptional, Matches } from 'class-validator';
import { DataSource } from 'typeorm';
import { findStatus, type ReferenceStatus } from '../to-be-matched/waiting-money.table.js';

class PartnerQuery {
  /** Whose reference it is. A partner's system asks of its own; default: its own, or `urssaf`. */
  @IsOptional()
  @Matches(/^[a-z][a-z0-9-]{0,30}$/)
  partner?: string;
}

interface ShownStatus {
  readonly partner: string;
  readonly reference: string;
  readonly status: ReferenceStatus;
}
const shownStatus = wire.record<ShownStatus>({
  partner: wire.text,
  reference: wire.text,
  status: wire.choice(['known', 'in-transit', 'conflict', 'refused', 'unknown'] satisfies ReferenceStatus[]),
});

@Controller('partner-references')
export class PartnerReferencesController {
  constructor(@Inject(DataSource) private readonly db: DataSource) {}

  /** Whether what a partner told under a reference — money, a declaration — is on the account, on its way, contradicted, refused, or was never heard of. */
  @Get(':reference/status')
  @Answers('Ce qu’est devenue cette référence.', shownStatus)
  @Allowed('partner-references.status', { partner: 'query:partner' })
  async status(
    @Param('reference') reference: string,
    @Query() { partner }: PartnerQuery,
    @CurrentAccess() { reach }: Access,
  ): Promise<ShownStatus> {
    const whose = partner ?? (reach.kind === 'partner' ? reach.partner : 'urssaf');
    return { partner: whose, reference, status: await findStatus(this.db.manager, whose, reference) };
  }
}
