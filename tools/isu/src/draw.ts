/** A whole number from 0 to `below` − 1. */
export type Draw = (below: number) => number;

/** Mulberry32: thirty-two bits of state, enough to invent a population. The same seed draws the same numbers. */
export function drawing(seed: number): Draw {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** Few earn much: the product of three even draws, up to about six PASS, and one in fifteen at a loss. */
export function drawnIncome(draw: Draw): string {
  if (draw(15) === 0) return String(-draw(10_000));
  return String(Math.round((draw(1_000) * draw(1_000) * draw(1_000)) / 4_000));
}
