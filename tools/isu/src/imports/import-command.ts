import type { Adding } from '../adding.js';
import { remote, type Remote } from '../remote.js';

export function addImportCommand({ program, terminal, carryOut }: Adding): void {
  remote(program.command('import'))
    .description(
      'envoie un lot d’un partenaire (NDJSON, signature dans FICHIER.sig), un fichier de banque (camt.054, camt.053, pain.002) ou de formalités (CFE)',
    )
    .argument('<fichier>', 'le fichier')
    .option('--partner <partenaire>', 'au nom de qui un relevé bancaire est envoyé', 'urssaf')
    .action(async (path: string, options: Remote & { partner: string }) => {
      await carryOut(async () => {
        const [{ importCommand }, { dataFolderPath, findSystem }] = await Promise.all([import('./import.js'), import('../finding.js')]);
        return importCommand(path, options, { client: findSystem(options), terminal, folder: dataFolderPath() });
      });
    });
}
