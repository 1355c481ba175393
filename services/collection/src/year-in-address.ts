import { valueOf } from '@isu/chassis';
import { InvalidValue, Year } from '@isu/values';

/** A civil year as an address writes it, `2016`: not `0x7e0` nor `2e3`, from which a number could be read too. */
const writtenYear = {
  name: 'Year',
  of(text: string): number {
    if (!/^\d{4}$/.test(text)) throw new InvalidValue('year-malformed', 'une année en quatre chiffres, par exemple 2016');
    return Year.of(Number(text)).number;
  },
};

export const yearInAddress = valueOf(writtenYear);
