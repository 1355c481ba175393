import { describe, expect, it, jest } from '@jest/globals';
import { Signal } from './contract-suite/surroundings.js';
import { RightOfWay } from './right-of-way.js';

describe('The right of way in a process of many services', () => {
  it('lets everything pass at once while nobody needs it', async () => {
    const way = new RightOfWay();
    const never = new Signal();
    void way.pass(() => never.given);
    expect(await way.pass(() => Promise.resolve('passed'))).toBe('passed');
  });

  it('makes what can wait go on one piece at a time while it is given, and still go on', async () => {
    const way = new RightOfWay();
    const [pressing, first] = [new Signal(), new Signal()];
    const begun: string[] = [];
    const piece = (name: string, ends: Promise<unknown> = Promise.resolve()) =>
      way.pass(() => {
        begun.push(name);
        return ends;
      });
    const given = way.give(() => pressing.given);
    const pieces = [piece('first', first.given), piece('second'), piece('third')];
    await Promise.resolve();
    await Promise.resolve();
    expect(begun).toEqual(['first']);
    first.give();
    await Promise.all(pieces);
    expect(begun).toEqual(['first', 'second', 'third']);
    pressing.give();
    await given;
  });

  it('rests no longer than the way is given', async () => {
    jest.useFakeTimers();
    try {
      const way = new RightOfWay();
      const pressing = new Signal();
      const given = way.give(() => pressing.given);
      await way.pass(() => Promise.resolve());
      const next = way.pass(() => Promise.resolve('next'));
      pressing.give();
      await given;
      // No timer has run.
      expect(await next).toBe('next');
      expect(jest.getTimerCount()).toBe(0);
    } finally {
      jest.useRealTimers();
    }
  });

  it('goes on after a piece that fails, and after pressing work that fails', async () => {
    const way = new RightOfWay();
    const pressing = new Signal();
    const given = way.give(async () => {
      await pressing.given;
      throw new Error('pressing');
    });
    await expect(way.pass(() => Promise.reject(new Error('a piece')))).rejects.toThrow('a piece');
    expect(await way.pass(() => Promise.resolve('next'))).toBe('next');
    pressing.give();
    await expect(given).rejects.toThrow('pressing');
    expect(await way.pass(() => Promise.resolve('after'))).toBe('after');
  });
});
