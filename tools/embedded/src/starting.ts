import { ConfigurationRefused, exitOnFault, stopOnSignal } from '@isu/chassis';
import { FolderInUse } from '@isu/isu';
import { startEmbedded } from './run.js';
import { embeddedSettings } from './settings.js';

/** Starts the system and tells of it in the terminal; what was begun for it is undone where it cannot go on. */
export async function startAndTell(undo: () => Promise<void>): Promise<void> {
  try {
    const settings = embeddedSettings(process.env);
    const embedded = await startEmbedded(settings);
    exitOnFault(embedded.log);
    stopOnSignal(embedded.log, () => embedded.stop());
    // Since the process began, as the person at the terminal counts.
    const seconds = (performance.now() / 1000).toFixed(1);
    process.stdout.write(
      `\nISU est prêt en ${seconds} s : ${embedded.url}\n` +
        `  Mon compte        ${embedded.url}/connexion\n` +
        `  bureau des agents ${embedded.url}/bureau\n` +
        `  jour d’affaires   ${settings.today}\n` +
        `  personnes         ${String(embedded.population.people.length)} (chacune entre d’une pression, depuis /connexion)\n` +
        (embedded.partner ? `  Urssaf simulée    ${embedded.partner.url}\n` : '') +
        `  prestataire       ${embedded.providerUrl} (paiement en ligne, simulé)\n` +
        `  arrêter           Ctrl-C\n\n`,
    );
  } catch (error) {
    const isForPeople = error instanceof FolderInUse || error instanceof ConfigurationRefused;
    process.stderr.write(`${isForPeople ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
    await undo();
    process.exit(1);
  }
}
