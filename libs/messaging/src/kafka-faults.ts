/** The broker's name for what is wrong, however often the client has wrapped it. */
export function kindOf(fault: unknown): string | undefined {
  for (let next: unknown = fault; next instanceof Error; next = next.cause) {
    if ('type' in next && typeof next.type === 'string') return next.type;
  }
  return undefined;
}

/**
 * What fails between a member and its group's coordinator is told to kafkajs as a rebalance. Only then does it look for the
 * coordinator anew and keep its membership; otherwise it asks a broker that is gone until it gives up, and comes back as somebody else,
 * for whom the group waits until the session of the first has ended.
 */
export function askToEnterAgain(fault: unknown): never {
  throw Object.assign(new Error('The group must be entered again.', { cause: fault }), { type: 'REBALANCE_IN_PROGRESS' });
}
