import type { Fact } from '@isu/contracts';

/**
 * Groups facts into runs of one type, each handed to its handler as a set, keeping the order within every stream: a fact joins
 * the last run of its type unless a later run already holds its stream.
 */
export function runsByType(facts: readonly Fact[]): Fact[][] {
  const runs: Fact[][] = [];
  const lastRunOfType = new Map<string, number>();
  const lastRunOfStream = new Map<string, number>();
  for (const fact of facts) {
    const candidate = lastRunOfType.get(fact.type);
    const earliest = lastRunOfStream.get(fact.subject) ?? 0;
    const index = candidate !== undefined && candidate >= earliest ? candidate : runs.push([]) - 1;
    runs[index]?.push(fact);
    lastRunOfType.set(fact.type, index);
    lastRunOfStream.set(fact.subject, index);
  }
  return runs;
}
