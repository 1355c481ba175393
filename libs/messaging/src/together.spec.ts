import { expect, it } from '@jest/globals';
import { together } from './together.js';

it('gives all answers in the order in which they were asked for', async () => {
  expect(await together(Promise.resolve(1), Promise.resolve('two'))).toEqual([1, 'two']);
});

it('throws what failed first, in time and not in order, and only when nothing is under way any more', async () => {
  const steps: string[] = [];
  const longer = async (): Promise<void> => {
    for (let turn = 1; turn <= 5; turn += 1) await Promise.resolve();
    steps.push('the longer one is over');
    throw new Error('fails for the sake of the other');
  };
  await expect(together(longer(), Promise.reject(new Error('fails first')))).rejects.toThrow('fails first');
  expect(steps).toEqual(['the longer one is over']);
});
