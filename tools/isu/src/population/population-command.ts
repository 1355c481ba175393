import type { Adding } from '../adding.js';
import { remote } from '../remote.js';
import type { PopulationOptions } from './population.js';

const examples = `
Exemples :
  isu population --count 200 --seed 7
  isu population --count 200 --seed 7 --stream 20 --seconds 60 --partner http://127.0.0.1:41234

Les mêmes nombre et tirage retrouvent les mêmes personnes. L’adresse de l’Urssaf simulée est dite au démarrage ; sans elle, personne ne paie.`;

export function addPopulationCommand({ program, terminal, carryOut }: Adding): void {
  remote(program.command('population'))
    .description('peuple un système de développement de personnes inventées, qui déclarent, changent et paient par les portes de tous')
    .requiredOption('--count <nombre>', 'combien de personnes')
    .option('--seed <nombre>', 'le tirage', '1')
    .option('--years <nombre>', 'années de revenus déclarés, jusqu’à celle qui précède', '1')
    .option('--date <jour>', 'le jour d’affaires du système', '2016-05-20')
    .option('--stream <nombre>', 'puis tant d’actes par seconde : paiements, déclarations, changements')
    .option('--seconds <nombre>', 'durée de la vie ainsi menée', '30')
    .option('--partner <adresse>', 'où l’Urssaf simulée encaisse')
    .addHelpText('after', examples)
    .action(async (options: PopulationOptions & { url?: string }) => {
      await carryOut(async () => {
        const [{ populationCommand }, { findSystem }] = await Promise.all([import('./population.js'), import('../finding.js')]);
        return populationCommand(options, { client: findSystem(options), terminal });
      });
    });
}
