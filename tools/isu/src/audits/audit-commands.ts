import type { Adding } from '../adding.js';
import { remote, type Remote } from '../remote.js';
import type { ChosenJournal } from './journals.js';

/** `isu audit` and `isu flows`: what crossed the border, and proof that nothing was changed or is missing. */
export function addAuditCommands(adding: Adding): void {
  addAudit(adding);
  addFlows(adding);
}

function addAudit({ program, terminal, carryOut }: Adding): void {
  const audit = program.command('audit').description('les journaux chaînés : qui a lu quoi, ce qui a passé entre les deux organismes');
  remote(audit.command('verify'))
    .description('vérifie un journal depuis son premier maillon et nomme le premier qui rompt')
    .argument('[fichier]', 'un journal exporté (isu audit export) ; sans lui, tous ceux du système')
    .option('--heads <fichier>', 'des têtes gardées avec les reçus (Isu-Journal-Heads), une par ligne')
    .option('--service <service>', 'un seul service')
    .option('--journal <journal>', 'access ou exchange')
    .action(async (file: string | undefined, options: Remote & ChosenJournal & { heads?: string }) => {
      await carryOut(async () => {
        const { verifyFile, verifyOnline } = await import('./verify.js');
        if (file !== undefined) return verifyFile(file, options, terminal);
        const { findSystem } = await import('../finding.js');
        return verifyOnline(options, { client: findSystem(options), terminal });
      });
    });
  remote(audit.command('export'))
    .description('écrit les maillons d’un journal, un par ligne, pour qui les vérifie ailleurs')
    .requiredOption('--service <service>', 'affiliation, collection, benefits ou urssaf-sync')
    .requiredOption('--journal <journal>', 'access ou exchange')
    .action(async (options: Remote & Required<ChosenJournal>) => {
      await carryOut(async () => {
        const [{ exportJournal }, { findSystem }] = await Promise.all([import('./journals.js'), import('../finding.js')]);
        return exportJournal(options, { client: findSystem(options), terminal });
      });
    });
}

function addFlows({ program, terminal, carryOut }: Adding): void {
  remote(program.command('flows'))
    .description('les flux des partenaires : leur calendrier, ce qui est en retard, ce qui manque')
    .action(async (options: Remote) => {
      await carryOut(async () => {
        const [{ flowsCommand }, { findSystem }] = await Promise.all([import('./flows.js'), import('../finding.js')]);
        return flowsCommand(options, { client: findSystem(options), terminal });
      });
    });
}
