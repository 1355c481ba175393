import { fundCodes } from '@isu/contracts';
import { fundFor, funds } from './fund.js';

describe('the caisses of 2016', () => {
  it('F9 F61 are 29, with the codes of the contracts', () => {
    expect(funds.map((fund) => fund.code)).toEqual(fundCodes);
  });

  it('F61 insure each of the 96 departments of mainland France once, and the overseas ones', () => {
    const departments = funds.flatMap((fund) => fund.departments);
    expect(new Set(departments).size).toBe(departments.length);
    expect(departments.filter((department) => department.length === 2)).toHaveLength(96);
    expect(departments).toEqual(expect.arrayContaining(['2A', '2B', '971', '972', '973', '974']));
  });

  it.each([
    ['commercant', '94', '13'],
    ['artisan', '2B', '09'],
    ['profession-liberale', '94', '29'],
  ] as const)('F61 give a %s of department %s to the caisse %s', (group, department, code) => {
    expect(fundFor(group, department)?.code).toBe(code);
  });

  it('F61 know no caisse for a department that does not exist', () => {
    expect(fundFor('artisan', '20')).toBeUndefined();
  });
});
