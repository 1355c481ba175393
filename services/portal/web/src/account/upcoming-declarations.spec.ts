import { Day } from '@isu/values';
import { upcomingDeclarations } from './upcoming-declarations.js';

const on = (day: string) => upcomingDeclarations(Day.of(day)).map(({ rhythm, period, by }) => `${rhythm}: ${period}, ${by.iso}`);

describe('F85 — what a micro-entrepreneur declares, and when', () => {
  it('on 20 May 2016: April by 31 May, the second quarter by 1 August, for 31 July 2016 is a Sunday', () => {
    expect(on('2016-05-20')).toEqual([
      'monthly: avril 2016, 2016-05-31',
      'monthly: mai 2016, 2016-06-30',
      'quarterly: 2e trimestre 2016, 2016-08-01',
      'quarterly: 3e trimestre 2016, 2016-10-31',
    ]);
  });

  it('the day itself is still in time: 2 May 2016, for 30 April is a Saturday and 1 May a Sunday', () => {
    expect(on('2016-05-02')).toContain('quarterly: 1er trimestre 2016, 2016-05-02');
    expect(on('2016-05-03')).not.toContain('quarterly: 1er trimestre 2016, 2016-05-02');
  });

  it('in January one declares the last quarter of the year before', () => {
    expect(on('2016-01-15')).toContain('quarterly: 4e trimestre 2015, 2016-02-01');
  });
});
