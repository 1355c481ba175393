import { expect, it } from '@jest/globals';
import { eventually } from './eventually.js';

it('gives back the first answer that holds', async () => {
  let asked = 0;
  expect(await eventually(() => (++asked < 3 ? undefined : asked), { everyMs: 1 })).toBe(3);
});

it('forgives a condition that throws for a while, and repeats its last word at the limit', async () => {
  let asked = 0;
  const third = () => {
    if (++asked < 3) throw new Error(`only ${asked}`);
    return true;
  };
  expect(await eventually(third, { everyMs: 1 })).toBe(true);
  const never = () => Promise.reject(new Error('the payment is not there'));
  await expect(eventually(never, { withinMs: 5, everyMs: 1 })).rejects.toThrow('Not within 5 ms: Error: the payment is not there');
});
