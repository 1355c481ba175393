/**
 * Runs steps beside each other: one begins as soon as what it stands on is done and the cores that it keeps busy are free, in the order
 * in which they are written. A step that mostly waits (for a broker, for a page) says that it keeps half a core busy, or less. What a step
 * stands on is waited for, not judged: one that failed has said so, and what follows says what follows from it.
 */
export async function sideBySide(steps, cores) {
  const waiting = [...steps];
  const done = new Set();
  const running = new Map();
  let free = cores;
  const begin = (step) => {
    // Wider than the machine: it has it alone.
    const taken = Math.min(step.cores, cores);
    waiting.splice(waiting.indexOf(step), 1);
    free -= taken;
    const ended = step.run().then(() => {
      free += taken;
      done.add(step.name);
      running.delete(step.name);
    });
    running.set(step.name, ended);
  };
  const mayBegin = (step) => (step.after ?? []).every((name) => done.has(name)) && Math.min(step.cores, cores) <= free;
  while (waiting.length > 0 || running.size > 0) {
    for (let next = waiting.find(mayBegin); next; next = waiting.find(mayBegin)) begin(next);
    if (running.size === 0) throw new Error(`Nothing can begin: ${waiting.map(({ name }) => name).join(', ')}`);
    await Promise.race(running.values());
  }
}
