import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { Injectable, StreamableFile, type PipeTransform } from '@nestjs/common';
import { ValueOf } from '@isu/chassis';
import { uuidPattern } from '@isu/contracts';
import { Day } from '@isu/values';
import { IsOptional } from 'class-validator';
import { refusalOf } from '../acts/acts.js';
import type { Services, Voice } from '../questions/services.js';
import { refuse } from '../refusals.js';

/** An id in an address. */
@Injectable()
export class ById implements PipeTransform<string, string> {
  transform(text: string): string {
    if (!uuidPattern.test(text)) throw refuse('not-found');
    return text;
  }
}

/** The number of a notice within its year, in an address. */
@Injectable()
export class NoticeVersion implements PipeTransform<string, number> {
  transform(text: string): number {
    if (!/^[1-9]\d{0,3}$/.test(text)) throw refuse('not-found');
    return Number(text);
  }
}

/** What is told of an account, as it was known at the end of a day (I7); without it, as it is now. */
export class KnownQuery {
  @IsOptional() @ValueOf(Day) on?: Day;
}

/** What collection prints, or writes for a spreadsheet, under an account. */
interface Printed {
  readonly path: string;
  readonly name: string;
  readonly type?: 'pdf' | 'csv';
}

const mediaTypes = { pdf: 'application/pdf', csv: 'text/csv; charset=utf-8' } as const;

export const noticeOf = ({ account, year, version }: { account: string; year: number; version: number }): Printed => ({
  path: `accounts/${account}/notices/${String(year)}/${String(version)}/pdf`,
  name: `avis-${String(year)}-${String(version)}`,
});

export const receiptOf = ({ account, payment }: { account: string; payment: string }): Printed => ({
  path: `accounts/${account}/payments/${payment}/receipt/pdf`,
  name: `recu-${payment}`,
});

/** The account as it was known on a day, or as it is now. */
export interface KnownAccount {
  readonly account: string;
  readonly on: string | undefined;
}

const onDay = (on: string | undefined) => ({ query: on === undefined ? '' : `?on=${on}`, suffix: on === undefined ? '' : `-${on}` });

export const statementOf = ({ account, on }: KnownAccount): Printed => ({
  path: `accounts/${account}/statement/pdf${onDay(on).query}`,
  name: `releve-de-situation${onDay(on).suffix}`,
});

export const journalOf = ({ account, on }: KnownAccount): Printed => ({
  path: `accounts/${account}/journal/csv${onDay(on).query}`,
  name: `journal-du-compte${onDay(on).suffix}`,
  type: 'csv',
});

/** A document as collection prints it, byte for byte: it goes through, and stays nowhere. */
export async function printed(services: Services, { path, name, type = 'pdf' }: Printed, voice: Voice): Promise<StreamableFile> {
  try {
    const { body } = await services.answer({ service: 'collection', path, isWaitedFor: true }, voice);
    if (body === null) throw new Error('collection printed nothing');
    return new StreamableFile(Readable.fromWeb(body as ReadableStream), {
      type: mediaTypes[type],
      disposition: `attachment; filename="${name}.${type}"`,
    });
  } catch (fault) {
    throw refusalOf(fault);
  }
}
