import type { Adding } from '../adding.js';
import type { Remote } from '../remote.js';
import { remote } from '../remote.js';

export function addAccountCommands({ program, terminal, carryOut }: Adding): void {
  remote(program.command('account'))
    .description('montre un compte, et si les trois services montrent le même')
    .argument('<numéro>', 'le numéro de compte, 13 chiffres')
    .action(async (number: string, options: Remote) => {
      await carryOut(async () => {
        const [{ accountCommand }, { findSystem }] = await Promise.all([import('./account.js'), import('../finding.js')]);
        return accountCommand(number, options, { client: findSystem(options), terminal });
      });
    });

  remote(program.command('facts'))
    .description('liste les faits d’un compte, ou d’un flux, dans l’ordre où ils ont été enregistrés')
    .argument('<numéro>', 'le numéro de compte, ou flow/<partenaire>/<flux>')
    .option('--known-by <service>', 'le service dont on lit la copie : affiliation, collection, benefits ou urssaf-sync', 'collection')
    .action(async (stream: string, options: Remote & { knownBy: string }) => {
      await carryOut(async () => {
        const [{ factsCommand }, { findSystem }, { readService }] = await Promise.all([
          import('./facts.js'),
          import('../finding.js'),
          import('../remote.js'),
        ]);
        return factsCommand(stream, { ...options, knownBy: readService(options.knownBy) }, { client: findSystem(options), terminal });
      });
    });
}
