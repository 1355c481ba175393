/** Instances of collection as processes of their own, each with its share of a regularisation. */
import { fork } from 'node:child_process';
import { once } from 'node:events';

const program = new URL('regularise-share.mjs', import.meta.url);

/** An instance that is connected and waits for the word. What it has done and spent so far, and in the end what it kept in memory, stands on it. */
export async function beginning(share) {
  const child = fork(program, { execArgv: ['--expose-gc', ...process.execArgv] });
  const sharer = { done: 0, nodeMs: 0, memory: [], regularise, end: () => child.disconnect() };
  const failed = once(child, 'exit').then(([code, signal]) => {
    throw new Error(`An instance ended before its share was done (${code ?? signal}).`);
  });
  failed.catch(() => undefined);
  child.send(share);
  await Promise.race([once(child, 'message'), failed]);
  return sharer;

  async function regularise(tellProgress) {
    const over = new Promise((resolve) => {
      child.on('message', ({ memory, ...progress }) => {
        Object.assign(sharer, progress);
        tellProgress();
        if (memory) resolve(Object.assign(sharer, { memory }));
      });
    });
    child.send('go');
    await Promise.race([over, failed]);
  }
}
