import { Body, Controller, Get, HttpCode, Inject, Param, Put } from '@nestjs/common';
import { Allowed, Answers, CurrentAccess, invalidRequest, Public, ValueOf, wire, type Access } from '@isu/chassis';
import { groups, type Group } from '@isu/contracts';
import { Day } from '@isu/values';
import { IsOptional } from 'class-validator';
import { PortalOpenings, type PortalOpening } from './portal-openings.js';

class OpeningRequest {
  /** First day; null while none is set. */
  @IsOptional() @ValueOf(Day) opensOn?: Day | null;
}

const dayMissing = { field: 'opensOn', code: 'missing', accepted: 'un jour, ou null tant qu’aucun n’est fixé' };

const opening = wire.record<PortalOpening>({
  group: wire.choice(groups),
  opensOn: wire.orNull(wire.day),
  open: wire.flag,
  instead: wire.orNull({ ...wire.text, description: 'Où s’adresser en attendant.' }),
});

@Controller('portal-openings')
export class PortalOpeningsController {
  constructor(@Inject(PortalOpenings) private readonly openings: PortalOpenings) {}

  /** To which professions Mon compte is open today, and since or from when (F5). */
  @Get()
  @Answers('L’ouverture du portail par profession.', wire.listOf(opening))
  @Public()
  async list(): Promise<PortalOpening[]> {
    return this.openings.list();
  }

  @Put(':code')
  @HttpCode(200)
  @Answers('L’ouverture du portail à cette profession.', opening)
  @Allowed('portal-openings.set')
  async set(@Param('code') code: string, @Body() { opensOn }: OpeningRequest, @CurrentAccess() access: Access): Promise<PortalOpening> {
    if (opensOn === undefined) throw invalidRequest([dayMissing]);
    return this.openings.set(code as Group, opensOn, access);
  }
}
