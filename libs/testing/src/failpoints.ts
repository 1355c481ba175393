/** What a process leaves behind when it dies there: the code after the failpoint never runs. */
export class Crash extends Error {
  constructor(readonly failpoint: string) {
    super(`Crashed at the failpoint "${failpoint}"`);
  }
}

interface Trap {
  times: number;
  act(name: string): Promise<void>;
}

/**
 * Named places in the code where a test can make the process die or wait. The code under test is given `reach` and awaits it at
 * each such place; in production what is given does nothing.
 */
export class Failpoints {
  private readonly traps = new Map<string, Trap>();
  /** Every failpoint reached, in order: a test can see that it went where it meant to go. */
  readonly reached: string[] = [];

  readonly reach = async (name: string): Promise<void> => {
    this.reached.push(name);
    const trap = this.traps.get(name);
    if (!trap) return;
    trap.times -= 1;
    if (trap.times === 0) this.traps.delete(name);
    await trap.act(name);
  };

  crashAt(name: string, { times = 1 } = {}): void {
    this.traps.set(name, { times, act: (failpoint) => Promise.reject(new Crash(failpoint)) });
  }

  /** Holds whoever comes there next until `release`, so that a test can do something in between. */
  holdAt(name: string): { held: Promise<void>; release: () => void } {
    const [held, release] = [signal(), signal()];
    const act = () => {
      held.give();
      return release.given;
    };
    this.traps.set(name, { times: 1, act });
    return { held: held.given, release: release.give };
  }
}

function signal(): { given: Promise<void>; give: () => void } {
  let give: () => void = () => undefined;
  const given = new Promise<void>((resolve) => (give = resolve));
  return { given, give };
}
