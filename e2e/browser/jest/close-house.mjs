/** Jest's globalTeardown: stops what open-house.mjs started, and removes the folder. */
import { once } from 'node:events';
import { rmSync } from 'node:fs';

export default async function closeHouse() {
  const { browser, system } = globalThis.isuHouse ?? {};
  await browser?.close();
  if (!system?.child) return;
  if (system.child.exitCode === null && system.child.signalCode === null) {
    const ended = once(system.child, 'exit');
    system.child.kill('SIGINT');
    await ended;
  }
  rmSync(system.folder, { recursive: true, force: true });
  delete globalThis.isuHouse;
}
