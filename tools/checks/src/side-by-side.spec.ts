// A program of the checks, in plain JavaScript.
const { sideBySide } = (await import('./side-by-side.mjs' as string)) as {
  sideBySide: (steps: readonly Step[], cores: number) => Promise<void>;
};

interface Step {
  readonly name: string;
  readonly cores: number;
  readonly after?: readonly string[];
  readonly run: () => Promise<void>;
}

/** Steps that end when they are told to, and who runs. */
class Yard {
  readonly running = new Set<string>();
  readonly begun: string[] = [];
  private readonly ends = new Map<string, () => void>();

  step(name: string, cores: number, after: readonly string[] = []): Step {
    const run = async (): Promise<void> => {
      this.begun.push(name);
      this.running.add(name);
      await new Promise<void>((resolve) => this.ends.set(name, resolve));
      this.running.delete(name);
    };
    return { name, cores, after, run };
  }

  async end(name: string): Promise<string[]> {
    this.ends.get(name)?.();
    await new Promise((resolve) => setImmediate(resolve));
    return [...this.running];
  }
}

describe('checks side by side', () => {
  it('a step begins when what it stands on is done and its cores are free, in the order in which they are written', async () => {
    const yard = new Yard();
    const all = sideBySide(
      [
        yard.step('build', 1),
        yard.step('units', 2, ['build']),
        yard.step('lint', 1),
        yard.step('kafka', 0.5, ['build']),
        yard.step('pages', 1.5),
      ],
      2,
    );
    expect([...yard.running]).toEqual(['build', 'lint']);
    // Units would need both cores; what needs half of one fits beside lint.
    expect(await yard.end('build')).toEqual(['lint', 'kafka']);
    expect(await yard.end('lint')).toEqual(['kafka', 'pages']);
    expect(await yard.end('kafka')).toEqual(['pages']);
    expect(await yard.end('pages')).toEqual(['units']);
    await yard.end('units');
    await all;
  });

  it('a step wider than the machine has it alone', async () => {
    const yard = new Yard();
    const all = sideBySide([yard.step('wide', 8), yard.step('narrow', 1)], 2);
    expect([...yard.running]).toEqual(['wide']);
    expect(await yard.end('wide')).toEqual(['narrow']);
    await yard.end('narrow');
    await all;
  });

  it('steps that wait for each other are told, not waited for', async () => {
    const yard = new Yard();
    await expect(sideBySide([yard.step('hen', 1, ['egg']), yard.step('egg', 1, ['hen'])], 2)).rejects.toThrow(
      'Nothing can begin: hen, egg',
    );
  });
});
