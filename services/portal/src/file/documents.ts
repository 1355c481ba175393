import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { Injectable, StreamableFile, type PipeTransform } from '@nestjs/common';
import { refusalOf } from '../acts/acts.js';
import type { Services, Voice } from '../questions/services.js';
import { refuse } from '../refusals.js';

/** The number of a notice within its year, in an address. */
@Injectable()
export class NoticeVersion implements PipeTransform<string, number> {
  transform(text: string): number {
    if (!/^[1-9]\d{0,3}$/.test(text)) throw refuse('not-found');
    return Number(text);
  }
}

/** A notice as collection prints it, byte for byte: it goes through, and stays nowhere. */
export async function printedNotice(
  services: Services,
  { account, year, version }: { account: string; year: number; version: number },
  voice: Voice,
): Promise<StreamableFile> {
  const path = `accounts/${account}/notices/${String(year)}/${String(version)}/pdf`;
  try {
    const { body } = await services.answer({ service: 'collection', path, isWaitedFor: true }, voice);
    if (body === null) throw new Error('collection printed a notice of nothing');
    return new StreamableFile(Readable.fromWeb(body as ReadableStream), {
      type: 'application/pdf',
      disposition: `attachment; filename="avis-${String(year)}-${String(version)}.pdf"`,
    });
  } catch (fault) {
    throw refusalOf(fault);
  }
}
