import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { Allowed, Answers, CurrentAccess, invalidRequest, LineOfText, ValueOf, wire, type Access } from '@isu/chassis';
import { AccountNumber, Nir, Siret } from '@isu/values';
import { IsEmail, IsIn, IsOptional, MaxLength, ValidateIf } from 'class-validator';
import { groups } from '@isu/contracts';
import { mostFound, type Criterion, type FoundPerson, type SearchAnswer } from './search.js';
import type { Recognised } from './search.table.js';
import { SearchesService } from './searches.service.js';

const ways = ['nir', 'siret', 'account', 'name'] as const;
type Way = (typeof ways)[number];

const fieldsOf: Readonly<Record<Way, readonly string[]>> = {
  nir: ['nir'],
  siret: ['siret'],
  account: ['account'],
  name: ['familyName', 'givenNames'],
};
const when = (way: Way): PropertyDecorator => ValidateIf(({ by }: SearchRequest) => by === way);

class SearchRequest {
  @IsIn(ways) by!: Way;
  @when('nir') @ValueOf(Nir) nir?: Nir;
  @when('siret') @ValueOf(Siret) siret?: Siret;
  @when('account') @ValueOf(AccountNumber) account?: AccountNumber;
  /** Accents, case, spaces and hyphens do not count. */
  @when('name') @LineOfText({ max: 80 }) familyName?: string;
  /** With a name: the first one counts. */
  @IsOptional() @LineOfText({ max: 120 }) givenNames?: string;
}

class RecognitionRequest {
  @ValueOf(Nir) nir!: Nir;
  @MaxLength(254) @IsEmail() email!: string;
}

const searchAnswer = wire.record<SearchAnswer>({
  found: {
    maxItems: mostFound,
    ...wire.listOf(
      wire.record<FoundPerson>({
        account: wire.account,
        displayName: wire.text,
        birthYear: wire.year,
        fund: wire.fund,
        fundName: wire.text,
        group: wire.choice(groups),
      }),
    ),
  },
  more: wire.flag,
});
const recognised = wire.record<Recognised>({ account: wire.account, emailIsHeld: wire.flag });

@Controller('insured-persons')
export class SearchesController {
  constructor(@Inject(SearchesService) private readonly searches: SearchesService) {}

  /** Finds people by NIR, SIRET, account number or name, which travel in the body only, never in an address. Twenty at most. */
  @Post('search')
  @Answers('Les personnes trouvées, parmi celles que vous pouvez voir.', searchAnswer)
  @HttpCode(200)
  @Allowed('insured-persons.search')
  async search(@Body() request: SearchRequest, @CurrentAccess() access: Access): Promise<SearchAnswer> {
    return this.searches.search(criterionOf(request), access);
  }

  /** Whether a NIR is known, and with this e-mail: for the portal, which opens accounts. Nobody else may ask. */
  @Post('recognitions')
  @Answers('Le compte, et si cette adresse est celle que nous tenons.', recognised)
  @HttpCode(200)
  @Allowed('insured-persons.recognise')
  async recognise(@Body() request: RecognitionRequest, @CurrentAccess() access: Access): Promise<Recognised> {
    return this.searches.recognise(request, access);
  }
}

/** One way at a time: a NIR sent along with a name would be looked for by neither or by both, and nobody could tell. */
function criterionOf(request: SearchRequest): Criterion {
  const { by, nir, siret, account, familyName, givenNames } = request;
  const wanted = fieldsOf[by];
  const stray = Object.entries(request).filter(([field, value]) => field !== 'by' && value !== undefined && !wanted.includes(field));
  if (stray.length > 0)
    throw invalidRequest(stray.map(([field]) => ({ field, code: 'not-of-this-search', accepted: `rien, quand « by » vaut « ${by} »` })));
  if (by === 'nir' && nir) return { by, nir };
  if (by === 'siret' && siret) return { by, siret };
  if (by === 'account' && account) return { by, account };
  if (familyName === undefined) throw new Error('The request class lets no search by name through without a family name.');
  return { by: 'name', familyName, givenNames };
}
