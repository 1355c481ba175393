import { describe, expect, it } from '@jest/globals';
import { planNameOf } from './preparing-client.js';

const asked = (text: string, times: number): (string | undefined)[] => Array.from({ length: times }, () => planNameOf(text));

describe('A statement that is asked often', () => {
  it('gets a name at its twentieth use, and keeps it', () => {
    const names = asked('SELECT $1 AS often', 22);
    expect(names.slice(0, 19)).toEqual(Array.from({ length: 19 }, () => undefined));
    expect(names[19]).toMatch(/^hot-\d+$/);
    expect(names.slice(20)).toEqual([names[19], names[19]]);
  });

  it('shares its name with no other text', () => {
    const [one] = asked('SELECT $1 AS one', 20).slice(-1);
    const [other] = asked('SELECT $1 AS other', 20).slice(-1);
    expect(one).not.toBe(other);
  });

  it('finds no name any more when a thousand texts are counted: texts put together at run time do not fill the memory', () => {
    for (let n = 0; n < 1_000; n += 1) planNameOf(`SELECT $1 AS made_${n}`);
    expect(asked('SELECT $1 AS late', 40)).toEqual(Array.from({ length: 40 }, () => undefined));
    expect(planNameOf('SELECT $1 AS often')).toMatch(/^hot-/);
  });
});
