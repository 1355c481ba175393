/** What must never be false. A failure is a fault of ours, never a refusal: let it rise. The sentence says what was believed. */
export function assert(condition: boolean, sentence: string): asserts condition {
  if (!condition) throw new Error(`A belief of the program is false: ${sentence}`);
}
