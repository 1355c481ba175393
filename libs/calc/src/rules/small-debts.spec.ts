import { Day } from '@isu/values';
import { smallDebt } from './small-debts.js';

describe('CSS D. 133-1 — debts too small to be chased', () => {
  it.each([
    ['41 in 2016: 3 218 × 1.27 % = 40.8686', '2016-05-20', '41'],
    ['41 in 2015: 3 170 × 1.27 % = 40.259', '2015-12-31', '41'],
    ['50 in June 2025: 3 925 × 1.27 % = 49.8475', '2025-06-30', '50'],
    ['99 from July 2025: 3 925 × 2.5 % = 98.125', '2025-07-01', '99'],
  ])('%s', (_, day, threshold) => expect(smallDebt(Day.of(day)).toString()).toBe(threshold));
});
