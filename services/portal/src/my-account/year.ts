import { invalidRequest } from '@isu/chassis';
import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';

const yearPattern = /^(?:19|20)\d\d$/;

/** A civil year in an address. */
@Injectable()
export class CivilYear implements PipeTransform<string, number> {
  transform(text: string, { data }: ArgumentMetadata): number {
    if (!yearPattern.test(text)) throw invalidRequest([{ field: data ?? '', code: 'year', accepted: 'une année sur quatre chiffres' }]);
    return Number(text);
  }
}
