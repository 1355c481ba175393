import { describe, expect, it } from '@jest/globals';
import type { Fact } from '@isu/contracts';
import fc from 'fast-check';
import { runsByType } from './runs.js';

const fact = (subject: string, type: string, seq: number): Fact => ({ subject, type, seq }) as never;
const told = (facts: readonly Fact[]) => facts.map(({ subject, type, seq }) => `${subject}${type}${seq}`).join(' ');

describe('Facts of a run, handed over type by type', () => {
  it('joins the facts of one type over accounts, and splits only where an account changes type', () => {
    const facts = [fact('a', 'X', 1), fact('b', 'X', 1), fact('a', 'Y', 2), fact('b', 'X', 2), fact('a', 'X', 3), fact('c', 'X', 1)];
    expect(runsByType(facts).map(told)).toEqual(['aX1 bX1 bX2', 'aY2', 'aX3 cX1']);
  });

  it('keeps the order of every stream, loses nothing, and never mixes types (I3)', () => {
    const anyFact = fc.record({ stream: fc.constantFrom('a', 'b', 'c', 'd'), type: fc.constantFrom('X', 'Y', 'Z') });
    fc.assert(
      fc.property(fc.array(anyFact, { maxLength: 60 }), (drawn) => {
        const facts = drawn.map(({ stream, type }, index) => fact(stream, type, index));
        const runs = runsByType(facts);
        for (const run of runs) expect(new Set(run.map(({ type }) => type)).size).toBe(1);
        for (const stream of ['a', 'b', 'c', 'd']) {
          const inOrder = runs.flat().filter(({ subject }) => subject === stream);
          expect(told(inOrder)).toBe(told(facts.filter(({ subject }) => subject === stream)));
        }
      }),
    );
  });
});
