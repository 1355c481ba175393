import { Controller, Get, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { Accepts, Allowed, Answers, CurrentAccess, refuse, wire, type Access } from '@isu/chassis';
import { IsIn, IsOptional, Matches } from 'class-validator';
import type { Request } from 'express';
import { outcomes, type CfeFile, type CfeKey, type CfeLine, type MissingFiles, type Outcome } from './cfe-file.table.js';
import { centreForm, cfeEvents } from './cfe-format.js';
import { CfeFilesService } from './cfe-files.service.js';

const linesShown = 500;

class LinesQuery {
  /** Lines behind this one. */
  @IsOptional() @Matches(/^\d{1,6}$/, { message: 'le numéro d’une ligne' }) after?: string;
  @IsOptional() @Matches(/^(?:[1-9]\d?|[1-4]\d\d|500)$/, { message: 'un nombre de lignes, de 1 à 500' }) limit?: string;
  @IsOptional() @IsIn(outcomes) outcome?: Outcome;
}

interface LinesPage {
  readonly lines: readonly CfeLine[];
  /** To be named as `after` for the next page; null on the last one. */
  readonly next: number | null;
}

const counted = Object.fromEntries(outcomes.map((outcome) => [outcome, wire.count])) as Record<Outcome, typeof wire.count>;
const file = wire.record<CfeFile>({
  centre: wire.text,
  number: wire.count,
  digest: wire.digest,
  previousDigest: wire.orNull(wire.digest),
  businessDate: wire.day,
  count: wire.count,
  handedAt: wire.instant,
  doneAt: wire.orNull(wire.instant),
  outcomes: wire.record<CfeFile['outcomes']>(counted),
});
const missing = wire.record<MissingFiles>({ centre: wire.text, from: wire.count, to: wire.count });
const page = wire.record<LinesPage>({
  lines: wire.listOf(
    wire.record<CfeLine>({
      line: wire.count,
      event: wire.choice(cfeEvents),
      reference: wire.text,
      outcome: wire.choice(outcomes),
      code: wire.orNull(wire.text),
      field: wire.orNull(wire.text),
      accepted: wire.orNull({ ...wire.text, description: 'Ce qui serait accepté.' }),
      account: wire.orNull(wire.account),
    }),
  ),
  next: wire.orNull(wire.count),
});

/** Creations, modifications and cessations that the formalities centres tell of by file (docs/cfe-files.md). */
@Controller('cfe-files')
export class CfeFilesController {
  constructor(@Inject(CfeFilesService) private readonly files: CfeFilesService) {}

  /** Takes a file in: the body is the file. No Idempotency-Key: it is its own, by its centre, its number and its digest. */
  @Post()
  @Answers('Le fichier, ses formalités comptées par issue ; le même fichier a la même réponse.', file)
  @Accepts('application/x-ndjson')
  @Allowed('cfe-files.submit')
  async submit(@Req() request: Request, @CurrentAccess() access: Access): Promise<CfeFile> {
    return this.files.receive({ bytes: request, access });
  }

  @Get()
  @Answers(
    'Les derniers fichiers reçus, et les numéros qui manquent.',
    wire.record<{ files: unknown; missing: unknown }>({ files: wire.listOf(file), missing: wire.listOf(missing) }),
  )
  @Allowed('cfe-files.read')
  async list(): Promise<{ files: CfeFile[]; missing: MissingFiles[] }> {
    return this.files.list();
  }

  @Get(':centre/:number')
  @Answers('Le fichier, ses formalités comptées par issue.', file)
  @Allowed('cfe-files.read')
  async read(@Param('centre') centre: string, @Param('number') number: string): Promise<CfeFile> {
    return this.files.one(keyOf(centre, number));
  }

  /** What became of each line; the account only where the one who asks may see it. */
  @Get(':centre/:number/lines')
  @Answers('L’issue de chaque ligne, dans l’ordre du fichier.', page)
  @Allowed('cfe-files.read')
  async lines(
    @Param('centre') centre: string,
    @Param('number') number: string,
    @Query() { after, limit, outcome }: LinesQuery,
    @CurrentAccess() access: Access,
  ): Promise<LinesPage> {
    const wanted = Number(limit ?? linesShown);
    const question = { ...keyOf(centre, number), after: Number(after ?? 0), limit: wanted + 1, outcome: outcome ?? null };
    const found = await this.files.lines(question, access);
    const lines = found.slice(0, wanted);
    return { lines, next: found.length > wanted ? (lines.at(-1)?.line ?? null) : null };
  }
}

function keyOf(centre: string, number: string): CfeKey {
  if (!centreForm.test(centre) || !/^[1-9]\d{0,8}$/.test(number)) throw refuse('not-found');
  return { centre, number: Number(number) };
}
