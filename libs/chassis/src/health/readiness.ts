/** Whether a service can be given work, and why not. Words are for operators: never a value, never an address. */
export interface Readiness {
  readonly ready: boolean;
  readonly checks: Readonly<Record<string, string>>;
}

export type Check = () => Promise<string | undefined>;

const patienceMs = 2_000;

/** Runs each check (undefined: all is well; else what is wrong); one that does not answer in two seconds has failed. */
export async function readiness(checks: Readonly<Record<string, Check>>): Promise<Readiness> {
  const states = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => [name, (await withPatience(check)) ?? 'ok'] as const),
  );
  return { ready: states.every(([, state]) => state === 'ok'), checks: Object.fromEntries(states) };
}

async function withPatience(check: Check): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve('no answer within 2 s'), patienceMs);
  });
  try {
    return await Promise.race([check(), late]);
  } catch {
    return 'failed';
  } finally {
    clearTimeout(timer);
  }
}
