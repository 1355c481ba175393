import type { Adding } from '../adding.js';
import { remote } from '../remote.js';
import type { PopulationOptions } from './population.js';

const examples = `
Exemples :
  isu population --count 200 --seed 7
  isu population --count 200 --seed 7 --years 5 --date 2013-01-02
  isu population --count 200 --seed 7 --stream 20 --seconds 60 --partner http://127.0.0.1:41234

Les mêmes options retrouvent les mêmes personnes : ce qui a été interrompu reprend, rien ne se fait deux fois. Avec --years, les jours du système de
démonstration passent, mois après mois : mieux vaut un dossier neuf, ISU_DEMO=off, ISU_SIMULATED_URSSAF=off et ISU_TODAY au jour de --date. L’adresse
de l’Urssaf simulée est dite au démarrage : les paiements de --stream passent par elle.`;

export function addPopulationCommand({ program, terminal, carryOut }: Adding): void {
  remote(program.command('population'))
    .description('peuple un système de développement de personnes inventées, qui déclarent, changent et paient par les portes de tous')
    .requiredOption('--count <nombre>', 'combien de personnes')
    .option('--seed <nombre>', 'le tirage', '1')
    .option('--years <nombre>', 'années vécues à partir de ce jour : débuts, changements, fins, déclarations, paiements', '0')
    .option('--until <jour>', 'au lieu d’années entières, jusqu’à ce jour')
    .option('--date <jour>', 'le jour de l’arrivée, celui du système', '2016-05-20')
    .option('--stream <nombre>', 'puis tant d’actes par seconde : paiements, déclarations, changements')
    .option('--seconds <nombre>', 'durée de la vie ainsi menée (sinon jusqu’à Ctrl-C)')
    .option('--partner <adresse>', 'où l’Urssaf simulée encaisse')
    .addHelpText('after', examples)
    .action(async (options: PopulationOptions & { url?: string }) => {
      await carryOut(async () => {
        const [{ populationCommand }, { dataFolderPath, findSystem }] = await Promise.all([
          import('./population.js'),
          import('../finding.js'),
        ]);
        return populationCommand(options, { client: findSystem(options), terminal, folder: dataFolderPath() });
      });
    });
}
