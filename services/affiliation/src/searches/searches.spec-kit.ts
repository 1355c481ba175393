import { inventedNir } from '@isu/testing';

/** NIRs with right keys of the invented commune 990, from a rank on. */
export const inventedBirths = (count: number, from = 100): string[] =>
  Array.from({ length: count }, (_, offset) => inventedNir({ sex: 'M', bornOn: '1985-02-01', department: '69', rank: from + offset }));
