import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { Allowed, Answers, CurrentAccess, LineOfText, Public, ValueOf, valueOf, wire, type Access } from '@isu/chassis';
import { AccountNumber, Day } from '@isu/values';
import { IsOptional } from 'class-validator';
import { Guide } from './guides.js';
import type { GuidePage } from './guide.js';
import type { RegulationText, RuleValue } from './regulation.js';

class GuideQuery {
  /** Today by default; a later day shows what will concern the person then. */
  @IsOptional() @ValueOf(Day) on?: Day;
}

class RegulationQuery extends GuideQuery {
  /** Words to find: `indemnités journalières`. */
  @LineOfText({ min: 2, max: 100 }) words!: string;
}

const guidePage = wire.record<GuidePage>({ id: wire.text, title: wire.text, text: wire.text, law: wire.text });
const regulationText = wire.record<RegulationText>({
  id: wire.text,
  title: wire.text,
  law: wire.text,
  values: wire.listOf(
    wire.record<RuleValue>({
      label: wire.text,
      from: wire.day,
      until: wire.orNull(wire.day),
      value: wire.text,
      source: wire.text,
      unsure: wire.orNull(wire.text),
    }),
  ),
});

@Controller()
export class GuideController {
  constructor(@Inject(Guide) private readonly guide: Guide) {}

  /** The guide by profile: profession, regime, start, retirement, end (F11). */
  @Get('insured-persons/:account/guide')
  @Answers('Les pages du guide qui concernent la personne.', wire.listOf(guidePage))
  @Allowed('insured-persons.read', { account: 'param:account' })
  async ofPerson(
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Query() { on }: GuideQuery,
    @CurrentAccess() access: Access,
  ): Promise<GuidePage[]> {
    return this.guide.ofPerson(account, access, on);
  }

  /** Finds the texts of the regulation by their words: their references, their days of force, the figures of the calculator (F10). */
  @Get('regulation')
  @Answers('Les textes trouvés.', wire.listOf(regulationText))
  @Public()
  search(@Query() { words, on }: RegulationQuery): RegulationText[] {
    return this.guide.search(words, on);
  }
}
