import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { Allowed, CurrentAccess, type Access } from '@isu/chassis';
import { IsOptional, Matches } from 'class-validator';
import { DataSource } from 'typeorm';
import { findStatus, type ReferenceStatus } from './waiting-money.table.js';

class PartnerQuery {
  /** Whose reference it is. A partner's system asks of its own; default: its own, or `urssaf`. */
  @IsOptional()
  @Matches(/^[a-z][a-z0-9-]{0,30}$/)
  partner?: string;
}

@Controller('partner-references')
export class PartnerReferencesController {
  constructor(@Inject(DataSource) private readonly db: DataSource) {}

  /** Whether money told under a reference is on the account, on its way, contradicted, refused, or was never heard of. */
  @Get(':reference/status')
  @Allowed('partner-references.status', { partner: 'query:partner' })
  async status(
    @Param('reference') reference: string,
    @Query() { partner }: PartnerQuery,
    @CurrentAccess() { reach }: Access,
  ): Promise<{ partner: string; reference: string; status: ReferenceStatus }> {
    const whose = partner ?? (reach.kind === 'partner' ? reach.partner : 'urssaf');
    return { partner: whose, reference, status: await findStatus(this.db.manager, whose, reference) };
  }
}
