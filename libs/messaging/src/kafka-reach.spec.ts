import { describe, expect, it } from '@jest/globals';
import { reached, rotated } from './kafka-reach.js';

describe('Reaching a broker', () => {
  it('begins with another broker each time, and leaves none out', () => {
    expect([0, 1, 2, 3].map((turn) => rotated(['a', 'b', 'c'], turn).join(''))).toEqual(['abc', 'bca', 'cab', 'abc']);
  });

  it('turns to the next when one refuses, drops the client that failed, and rises when nobody is left', async () => {
    const dropped: number[] = [];
    let made = 0;
    const make = (good: number) => () => {
      const number = ++made;
      return {
        number,
        connect: () => (number === good ? Promise.resolve() : Promise.reject(new Error(`refused by ${number}`))),
        disconnect: async () => void dropped.push(number),
      };
    };
    expect((await reached(make(2), 3)).number).toBe(2);
    expect(dropped).toEqual([1]);
    made = 0;
    await expect(reached(make(9), 3)).rejects.toThrow('refused by 3');
  });
});
