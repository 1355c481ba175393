import type { Plan } from './wishes.spec-kit.js';

/**
 * The fewest wishes of a life after which both implementations still differ: each is left out in turn, the last first, as long as the time lasts.
 * Gives what is then apart; null where the life does not differ when it is led alone.
 */
export async function smallest(plan: Plan, differs: (plan: Plan) => Promise<string | null>, withinMs: number): Promise<string | null> {
  const limit = performance.now() + withinMs;
  let [kept, apart] = [plan, await differs(plan)];
  if (apart === null) return null;
  for (const wish of [...plan.wishes].reverse()) {
    if (performance.now() > limit) break;
    const fewer = { ...kept, wishes: kept.wishes.filter((one) => one !== wish) };
    const without = await differs(fewer);
    if (without !== null) [kept, apart] = [fewer, without];
  }
  return apart;
}
