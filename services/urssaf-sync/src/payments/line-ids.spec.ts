import { version } from 'uuid';
import { lineIds } from './line-ids.js';

describe('ids of lines', () => {
  it('are of version 7, each another one, in the order in which they are asked for, also while the clock stands or is set back', () => {
    const instants = [1_463_700_000_000, 1_463_700_000_000, 1_463_699_999_000];
    let asked = 0;
    const newId = lineIds(() => instants[asked++ % instants.length] ?? 0);
    const ids = Array.from({ length: 1_000 }, newId);
    expect(new Set(ids).size).toBe(1_000);
    expect([...ids].sort()).toEqual(ids);
    expect(ids.every((id) => version(id) === 7 && id.startsWith('0154cb51-'))).toBe(true);
  });

  it('of two processes differ at the same instant', () => {
    const [one, other] = [lineIds(() => 1_463_700_000_000), lineIds(() => 1_463_700_000_000)];
    expect(one()).not.toBe(other());
  });
});
