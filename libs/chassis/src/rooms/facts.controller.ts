import { Body, Controller, Get, Header, HttpCode, Inject, Post, Query } from '@nestjs/common';
import { authors, isStream, topicOf, type Author } from '@isu/contracts';
import { FactStore, resendFrom, type StreamEnd } from '@isu/messaging';
import { IsIn, IsOptional, Matches, ValidateBy } from 'class-validator';
import { DataSource } from 'typeorm';
import { Answers } from '../openapi/answers.js';
import { wire } from '../openapi/wire.js';
import { invalidRequest } from '../problems/standard-refusals.js';
import { Allowed } from '../security/policy/allowed.js';

const countPattern = /^[1-9]\d{0,9}$/;
const mostFacts = 500;

class AuthorQuery {
  @IsIn(authors)
  author!: Author;
}

class StretchQuery extends AuthorQuery {
  @ValidateBy({ name: 'isStream', validator: { validate: isStream } }, { message: 'un numéro de compte ou un flux « flow/… »' })
  stream!: string;

  @Matches(countPattern, { message: 'un numéro à partir de 1' })
  from!: string;

  @Matches(countPattern, { message: 'un numéro à partir de 1' })
  to!: string;
}

class PositionQuery extends AuthorQuery {
  /** Below what a bigint of PostgreSQL holds. */
  @Matches(/^\d{1,18}$/, { message: 'une position, de 1 à 18 chiffres' })
  position!: string;

  @Matches(/^(?:[1-9]\d?|[1-4]\d\d|500)$/, { message: 'un nombre de faits, de 1 à 500' })
  limit!: string;
}

class EndsQuery {
  /** Absent from the beginning. */
  @IsOptional()
  @ValidateBy({ name: 'isStream', validator: { validate: isStream } }, { message: 'un numéro de compte ou un flux « flow/… »' })
  after?: string;

  @Matches(/^(?:[1-9]\d?|[1-4]\d\d|500)$/, { message: 'un nombre de fils, de 1 à 500' })
  limit!: string;
}

class ResendRequest {
  /** 0 sends everything again. */
  @Matches(/^\d{1,18}$/, { message: 'une position, de 1 à 18 chiffres' })
  from!: string;
}

/**
 * The facts that this service keeps, for the other services: a reader with a hole in a stream asks the author; an author that
 * may have been restored from an old backup asks its readers. One fact a line, byte for byte as it was written.
 */
@Controller('facts')
export class FactsController {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(FactStore) private readonly facts: FactStore,
  ) {}

  @Get()
  @Answers('Un fait par ligne, octet pour octet comme il fut écrit.', wire.text, 'application/x-ndjson')
  @Allowed('facts.pull')
  @Header('content-type', 'application/x-ndjson')
  async stretch(@Query() { author, stream, from, to }: StretchQuery): Promise<string> {
    const [fromSeq, toSeq] = [Number(from), Number(to)];
    if (toSeq < fromSeq) throw invalidRequest([{ field: 'to', code: 'before-from', accepted: 'un numéro qui ne précède pas « from »' }]);
    return lines(await this.facts.wireOf(this.db, { author, stream, fromSeq, toSeq, limit: mostFacts }));
  }

  @Get('highest-position')
  @Answers('La plus haute position connue de cet auteur.', wire.record<{ position: string }>({ position: wire.text }))
  @Allowed('facts.pull')
  async highestPosition(@Query() { author }: AuthorQuery): Promise<{ position: string }> {
    return { position: String(await this.facts.highestPosition(this.db, author)) };
  }

  /** Strictly after the position. */
  @Get('from-position')
  @Answers('Un fait par ligne, par position.', wire.text, 'application/x-ndjson')
  @Allowed('facts.pull')
  @Header('content-type', 'application/x-ndjson')
  async fromPosition(@Query() { author, position, limit }: PositionQuery): Promise<string> {
    return lines(await this.facts.wireFrom(this.db, { author, after: BigInt(position), limit: Number(limit) }));
  }

  /** Where this service's own streams end, by name: a reader sees what it lacks, even where nothing moves any more. */
  @Get('ends')
  @Answers(
    'La fin de chaque fil, par nom.',
    wire.record<{ ends: StreamEnd[] }>({ ends: wire.listOf(wire.record<StreamEnd>({ stream: wire.text, seq: wire.count })) }),
  )
  @Allowed('facts.pull')
  async ends(@Query() { after = '', limit }: EndsQuery): Promise<{ ends: readonly StreamEnd[] }> {
    return { ends: await this.facts.endsAfter(this.db, { after, limit: Number(limit) }) };
  }

  /** An operator's cure for a bus that has lost its topics: this service's own facts go out again; readers drop what they know. */
  @Post('resend')
  @HttpCode(202)
  @Answers('Combien de faits repartiront.', wire.record<{ queued: number }>({ queued: wire.count }))
  @Allowed('facts.resend')
  async resend(@Body() { from }: ResendRequest): Promise<{ queued: number }> {
    const { author, clock } = this.facts;
    const queued = await this.db.transaction((tx) =>
      resendFrom(tx, { author, topic: topicOf(author), position: BigInt(from), at: clock.now() }),
    );
    return { queued };
  }
}

const lines = (texts: readonly string[]): string => texts.map((text) => `${text}\n`).join('');
