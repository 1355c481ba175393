import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { Injectable, StreamableFile, type PipeTransform } from '@nestjs/common';
import { uuidPattern } from '@isu/contracts';
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

/** What collection prints, under an account. */
interface Printed {
  readonly path: string;
  readonly name: string;
}

export const noticeOf = ({ account, year, version }: { account: string; year: number; version: number }): Printed => ({
  path: `accounts/${account}/notices/${String(year)}/${String(version)}/pdf`,
  name: `avis-${String(year)}-${String(version)}`,
});

export const receiptOf = ({ account, payment }: { account: string; payment: string }): Printed => ({
  path: `accounts/${account}/payments/${payment}/receipt/pdf`,
  name: `recu-${payment}`,
});

/** A document as collection prints it, byte for byte: it goes through, and stays nowhere. */
export async function printed(services: Services, { path, name }: Printed, voice: Voice): Promise<StreamableFile> {
  try {
    const { body } = await services.answer({ service: 'collection', path, isWaitedFor: true }, voice);
    if (body === null) throw new Error('collection printed nothing');
    return new StreamableFile(Readable.fromWeb(body as ReadableStream), {
      type: 'application/pdf',
      disposition: `attachment; filename="${name}.pdf"`,
    });
  } catch (fault) {
    throw refusalOf(fault);
  }
}
