import type { Adding } from '../adding.js';
import { remote, type Remote } from '../remote.js';

export function addReconciliationCommands({ program, terminal, carryOut }: Adding): void {
  remote(program.command('reconcile'))
    .description('rapproche les comptes : les copies entre elles, et nos livres avec ceux de l’Urssaf')
    .option('--account <numéro>', 'un seul compte, tout de suite ; sinon tous, par les traitements de la nuit')
    .option('--date <date>', 'la journée, dont le travail est à faire, quand tous les comptes sont rapprochés')
    .action(async (options: Remote & { account?: string; date?: string }) => {
      await carryOut(async () => {
        const [{ reconcileCommand }, { findSystem }] = await Promise.all([import('./reconcile.js'), import('../finding.js')]);
        return reconcileCommand(options, { client: findSystem(options), terminal });
      });
    });
  remote(program.command('divergence'))
    .description('les comptes dont les copies diffèrent, avec les faits qui manquent ou qui ont été altérés')
    .option('--in-flight', 'ceux aussi où des faits sont seulement en route')
    .action(async (options: Remote & { inFlight?: boolean }) => {
      await carryOut(async () => {
        const [{ divergenceCommand }, { findSystem }] = await Promise.all([import('./divergence.js'), import('../finding.js')]);
        return divergenceCommand(options, { client: findSystem(options), terminal });
      });
    });
}
