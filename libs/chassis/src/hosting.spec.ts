import { startWorkers } from './hosting.js';
import { Steps } from './steps.js';
import type { Worker } from './workers/worker.js';

const silent = { error: () => undefined } as never;

function noted(): { readonly worker: Worker; readonly seen: string[] } {
  const seen: string[] = [];
  return { seen, worker: { name: 'w', start: () => void seen.push('started'), stop: async () => void seen.push('stopped') } };
}

describe('what goes on beside requests', () => {
  it('begins at once where nothing is said', () => {
    const { worker, seen } = noted();
    startWorkers([worker], new Steps(), {});
    expect(seen).toEqual(['started']);
  });

  it('begins once what it waits for is over, and not before', async () => {
    const { worker, seen } = noted();
    let end: () => void = () => undefined;
    startWorkers([worker], new Steps(), { workersWaitFor: new Promise<void>((resolve) => (end = resolve)) });
    await Promise.resolve();
    expect(seen).toEqual([]);
    end();
    await new Promise((resolve) => setImmediate(resolve));
    expect(seen).toEqual(['started']);
  });

  it('never begins once it was stopped, whatever it waited for', async () => {
    const { worker, seen } = noted();
    const steps = new Steps();
    let end: () => void = () => undefined;
    startWorkers([worker], steps, { workersWaitFor: new Promise<void>((resolve) => (end = resolve)) });
    await steps.undo(silent);
    end();
    await new Promise((resolve) => setImmediate(resolve));
    expect(seen).toEqual(['stopped']);
  });

  it('is stopped beside each other: none waits for the turn of another, and each is told once', async () => {
    const told: string[] = [];
    let firstIsTold: () => void = () => undefined;
    const first = new Promise<void>((resolve) => (firstIsTold = resolve));
    const waiting = (name: string, stop: () => Promise<void>): Worker => ({ name, start: () => undefined, stop });
    const steps = new Steps();
    const workers = [
      waiting('first', async () => {
        told.push('first');
        firstIsTold();
      }),
      // Undone before the first, it only comes to its end once that one was told as well.
      waiting('last', async () => {
        told.push('last');
        await first;
      }),
    ];
    startWorkers(workers, steps, {});
    await steps.undo(silent);
    expect(told.sort()).toEqual(['first', 'last']);
  });
});
