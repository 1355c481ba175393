import type { ChainHead, ChainLink } from '@isu/contracts';
import { IsOptional, Matches } from 'class-validator';
import { wire } from '../../openapi/wire.js';
import type { Sql } from './access-journal.js';
import { journalHead, linksAfter, type ChainedJournal } from './sealing.js';

/** Links of a journal, to be walked from genesis. What enters while they are walked comes behind `head`. */
export interface ChainPage<Entry> {
  /** Where the chain ended when this page was read. */
  readonly head: ChainHead;
  readonly items: readonly ChainLink<Entry>[];
}

export class ChainQuery {
  /** The position of the last link already read. */
  @IsOptional()
  @Matches(/^(?:0|[1-9]\d{0,14})$/, { message: 'la position du dernier maillon lu, 0 pour le premier' })
  after?: string;
}

const pageLength = 1_000;

export async function chainPage<Entry extends { readonly id: string }>(
  sql: Sql,
  journal: ChainedJournal<Entry>,
  { after = '0' }: ChainQuery,
): Promise<ChainPage<Entry>> {
  const head = await journalHead(sql, journal);
  return { head, items: await linksAfter(sql, journal, { after: Number(after), limit: pageLength }) };
}

const head = { position: wire.count, hash: wire.digest };
/** The form of a page of the journal whose entries have this form. */
export const chainPageOf = <Entry>(entry: ReturnType<typeof wire.record<Entry & object>>) =>
  wire.record<ChainPage<Entry>>({
    head: wire.record<ChainHead>(head),
    items: wire.listOf(wire.record<ChainLink<Entry>>({ ...head, entry })),
  });
