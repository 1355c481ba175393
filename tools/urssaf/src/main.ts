import { once } from 'node:events';
import { ConfigurationRefused } from '@isu/chassis';
import { NotForProduction, urssafSettings } from './settings.js';
import { openUrssaf } from './simulator.js';

/** The simulated Urssaf in a process of its own. Says where it is, and stops on SIGINT or SIGTERM. */
try {
  const settings = urssafSettings(process.env);
  // Whoever started it over a channel says when: this program is loaded by then.
  if (process.channel) {
    process.once('disconnect', () => process.exit(0));
    await once(process, 'message');
    process.removeAllListeners('disconnect');
  }
  const running = await openUrssaf(settings);
  process.stdout.write(`Urssaf simulée : ${running.url}\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void running.stop().then(() => process.exit(0)));
  // Whoever started it is gone: so is it.
  process.once('disconnect', () => void running.stop().then(() => process.exit(0)));
} catch (error) {
  const isForPeople = error instanceof NotForProduction || error instanceof ConfigurationRefused;
  process.stderr.write(`${isForPeople ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
  process.exit(1);
}
