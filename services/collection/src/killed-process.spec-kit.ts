import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '@isu/testing';
import { build, type Plugin } from 'esbuild';

const root = process.cwd();

/** Our own packages by their sources, as specs see them; all others as they are installed. */
const sources: Plugin = {
  name: 'sources',
  setup({ onResolve }) {
    onResolve({ filter: /^@isu\// }, ({ path }) => ({ path: join(root, 'libs', path.slice('@isu/'.length), 'src/index.ts') }));
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) => (kind === 'entry-point' ? undefined : { path, external: true }));
  },
};

/** A program of collection's specs that runs in a process of its own and is killed there as nothing else is. */
export class KilledProcess {
  private constructor(
    private readonly folder: string,
    private readonly program: string,
  ) {}

  /** From a source of this service. */
  static async of(entry: string): Promise<KilledProcess> {
    // Inside the workspace, so that what is installed is found from there.
    const folder = await mkdtemp(join(root, 'node_modules/.isu-killed-'));
    const program = join(folder, 'program.mjs');
    const decorators = JSON.stringify({ compilerOptions: { experimentalDecorators: true, target: 'es2022' } });
    await build({
      ...{ entryPoints: [join(root, 'services/collection/src', entry)], outfile: program },
      ...{ bundle: true, platform: 'node', format: 'esm', target: 'node20', logLevel: 'error' },
      ...{ plugins: [sources], tsconfigRaw: decorators },
    });
    return new KilledProcess(folder, program);
  }

  /** Starts it, and kills it so many milliseconds after it has come so far, wherever it is then; it may have ended by itself. */
  async run(parameters: readonly string[], { hasComeSoFar, ms }: { hasComeSoFar: () => Promise<boolean>; ms: number }): Promise<void> {
    const child = spawn(process.execPath, ['--no-warnings', this.program, ...parameters], { stdio: ['ignore', 'ignore', 'inherit'] });
    const ended = once(child, 'exit');
    try {
      await eventually(async () => (await hasComeSoFar()) || child.exitCode !== null, { withinMs: 90_000 });
      await new Promise((resolve) => setTimeout(resolve, ms));
    } finally {
      child.kill('SIGKILL');
      await ended;
    }
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }
}
