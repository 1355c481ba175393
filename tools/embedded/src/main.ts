import { ConfigurationRefused, exitOnFault, stopOnSignal } from '@isu/chassis';
import { FolderInUse } from '@isu/isu';
import { startEmbedded } from './run.js';
import { embeddedSettings } from './settings.js';

/** `npm start`: the whole system in one process, told about in the terminal. */
const started = performance.now();
try {
  const settings = embeddedSettings(process.env);
  process.stdout.write(`ISU démarre (dossier ${settings.folder})…\n`);
  const embedded = await startEmbedded(settings);
  exitOnFault(embedded.log);
  stopOnSignal(embedded.log, () => embedded.stop());
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(
    `\nISU est prêt en ${seconds} s : ${embedded.url}\n` +
      `  jour d’affaires   ${settings.today}\n` +
      `  personnes         ${String(embedded.population.people.length)}\n` +
      (embedded.partner ? `  Urssaf simulée    ${embedded.partner.url}\n` : '') +
      `  prestataire       ${embedded.providerUrl} (paiement en ligne, simulé)\n` +
      `  arrêter           Ctrl-C\n\n`,
  );
} catch (error) {
  const isForPeople = error instanceof FolderInUse || error instanceof ConfigurationRefused;
  process.stderr.write(`${isForPeople ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
  process.exit(1);
}
