import { expect, it } from '@jest/globals';
import { validate, version } from 'uuid';
import { sequentialIds } from './sequential-ids.js';

it('gives valid UUID v7, growing, equal on each run and apart for each seed', () => {
  const [first, again, other] = [sequentialIds(), sequentialIds(), sequentialIds(1)].map((next) => Array.from({ length: 50 }, next));
  expect(first!.every((id) => validate(id) && version(id) === 7)).toBe(true);
  expect(first).toEqual(again);
  expect(first).toEqual([...first!].sort());
  expect(new Set([...first!, ...other!]).size).toBe(100);
});
