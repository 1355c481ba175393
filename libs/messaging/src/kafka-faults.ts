/** The broker's name for what is wrong, however often the client has wrapped it. */
export function kindOf(fault: unknown): string | undefined {
  for (let next: unknown = fault; next instanceof Error; next = next.cause) {
    if ('type' in next && typeof next.type === 'string') return next.type;
  }
  return undefined;
}
