import type { Adding } from '../adding.js';
import { remote, type Remote } from '../remote.js';

export function addJobCommands({ program, terminal, carryOut }: Adding): void {
  const job = program.command('job').description('les traitements de chaque service : ce qui est dû, ce qui a été fait');
  const room = async (options: Remote) => {
    const [room, { findSystem }] = await Promise.all([import('./jobs.js'), import('../finding.js')]);
    return { ...room, outlet: { client: findSystem(options), terminal } };
  };

  remote(job.command('list').description('les montre tous, avec leur calendrier et leur dernier passage')).action(
    async (options: Remote) => {
      await carryOut(async () => {
        const { listJobs, outlet } = await room(options);
        return listJobs(options, outlet);
      });
    },
  );
  remote(job.command('run').description('en lance un pour une date'))
    .argument('<traitement>', 'tel que isu job list le nomme')
    .requiredOption('--date <date>', 'la journée dont le travail est à faire, AAAA-MM-JJ')
    .option('--no-wait', 'rend la main aussitôt, sans attendre la fin')
    .action(async (name: string, options: Remote & { date: string; wait: boolean }) => {
      await carryOut(async () => {
        const { runJob, outlet } = await room(options);
        return runJob(name, options, outlet);
      });
    });
  remote(job.command('history').description('ce qu’il a fait, date par date'))
    .argument('<traitement>', 'tel que isu job list le nomme')
    .option('--limit <nombre>', 'combien de passages, de 1 à 200', '20')
    .action(async (name: string, options: Remote & { limit: string }) => {
      await carryOut(async () => {
        const { jobHistory, outlet } = await room(options);
        return jobHistory(name, options, outlet);
      });
    });
}
