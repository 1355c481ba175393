import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { authorOf, authors, type Author, type FactType, type Vector } from '@isu/contracts';
import { FactStore, heldFacts, vectorAfter, type HeldFact } from '@isu/messaging';
import { AccountNumber } from '@isu/values';
import { IsOptional, Matches, ValidateBy } from 'class-validator';
import { DataSource } from 'typeorm';
import { Answers } from '../openapi/answers.js';
import { wire } from '../openapi/wire.js';
import { refuse } from '../problems/standard-refusals.js';
import { valueOf } from '../requests/value-fields.js';
import { Allowed, CurrentAccess } from '../security/policy/allowed.js';
import type { Access } from '../security/policy/access.js';

const defaultPage = 100;

class TimelineQuery {
  /** `next` of the page before: how far of each author has been read, `collection:23,urssaf-sync:12`. */
  @IsOptional()
  @ValidateBy(
    { name: 'isVector', validator: { validate: (text: unknown) => readVector(text) !== null } },
    { message: 'le champ « next » de la page précédente' },
  )
  after?: string;

  @IsOptional()
  @Matches(/^(?:[1-9]\d?|[1-4]\d\d|500)$/, { message: 'un nombre de faits, de 1 à 500' })
  limit?: string;
}

/** A fact about the account, as this service holds it. */
export interface TimelineItem {
  readonly author: Author;
  readonly seq: number;
  readonly id: string;
  readonly type: FactType;
  readonly effectiveOn: string;
  readonly recordedAt: string;
  /** When this service got it: the difference with `recordedAt` is how long one organisation knew what the other did not. */
  readonly learnedAt: string;
  readonly digest: string;
  readonly cause: string | null;
  /** Null where it tells of health and the one who asks may not know of it. */
  readonly data: unknown;
}

export interface Timeline {
  readonly items: readonly TimelineItem[];
  /** How far this page has read. */
  readonly vector: Vector;
  /** What to ask `after` for the next page; null when there is none now. */
  readonly next: string | null;
}

const timeline = wire.record<Timeline>({
  items: wire.listOf(
    wire.record<TimelineItem>({
      author: wire.choice(authors),
      seq: wire.count,
      id: wire.uuid,
      type: wire.text,
      effectiveOn: wire.day,
      recordedAt: wire.instant,
      learnedAt: wire.instant,
      digest: wire.digest,
      cause: wire.orNull(wire.uuid),
      data: { description: 'La charge du fait (docs/events) ; null si elle touche à la santé et que vous ne pouvez la voir.' },
    }),
  ),
  vector: wire.vector,
  next: wire.orNull(wire.text),
});

/** Every fact about an account in the order in which this service learned them (N3): what was read once stands at the same place for ever. */
@Controller('accounts')
export class TimelineController {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(FactStore) private readonly facts: FactStore,
  ) {}

  @Get(':account/timeline')
  @Answers('Les faits du compte, dans l’ordre où ce service les a appris.', timeline)
  @Allowed('accounts.timeline', { account: 'param:account' })
  async timeline(
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Query() { after, limit }: TimelineQuery,
    @CurrentAccess() access: Access,
  ): Promise<Timeline> {
    const [read, wanted] = [readVector(after ?? '') ?? {}, Number(limit ?? defaultPage)];
    const held = await heldFacts(this.db, account.toString(), { after: read, limit: wanted + 1 });
    if (held.length === 0 && !(await this.isKnown(account))) throw refuse('not-found');
    const items = held.slice(0, wanted).map((each) => itemOf(each, access.masked));
    const vector = vectorAfter(read, items);
    return { items, vector, next: held.length > wanted ? writeVector(vector) : null };
  }

  private async isKnown(account: AccountNumber): Promise<boolean> {
    return Object.keys(await this.facts.vectorOf(this.db, account.toString())).length > 0;
  }
}

/** Benefits alone speaks of sickness and maternity. */
function itemOf({ fact, digest, learnedAt }: HeldFact, withoutHealth: boolean): TimelineItem {
  const author = authorOf(fact);
  return {
    ...{ author, seq: fact.seq, id: fact.id, type: fact.type, effectiveOn: fact.effectiveon, recordedAt: fact.time, learnedAt, digest },
    cause: fact.cause,
    data: withoutHealth && author === 'benefits' ? null : fact.data,
  };
}

const writeVector = (vector: Vector): string =>
  authors.flatMap((author) => (vector[author] === undefined ? [] : [`${author}:${String(vector[author])}`])).join(',');

/** Null for what `writeVector` never writes: another author, a number twice, a zero. The empty text is the beginning. */
function readVector(text: unknown): Vector | null {
  if (typeof text !== 'string' || text.length > 120) return null;
  const vector: Vector = {};
  for (const part of text === '' ? [] : text.split(',')) {
    const [, name, seq] = /^([a-z-]+):([1-9]\d{0,8})$/.exec(part) ?? [];
    const author = authors.find((known) => known === name);
    if (author === undefined || vector[author] !== undefined) return null;
    vector[author] = Number(seq);
  }
  return vector;
}
