import type { Adding } from '../adding.js';
import type { RehearseOptions } from './rehearse.js';

const examples = `
Exemples :
  isu rehearse reforme.yaml --generate 100000 --year 2016
  isu rehearse reforme.json --population situations.ndjson --json
  isu rehearse --parameters | grep maladie

Une réforme est un fichier JSON ou YAML de valeurs datées :
  parameters:
    maladie.taux:
      - { from: 2016-01-01, value: 0.067 }`;

export function addRehearseCommand({ program, terminal, carryOut }: Adding): void {
  program
    .command('rehearse')
    .description('rejoue une population sous des valeurs qui ne sont pas en vigueur : qui paierait plus, qui paierait moins')
    .argument('[réforme]', 'fichier JSON ou YAML des valeurs à essayer')
    .option('--population <fichier>', 'une situation JSON par ligne, avec un « profile » si on veut ; « - » : entrée standard')
    .option('--generate <nombre>', 'au lieu d’un fichier, tant de personnes tirées au sort, toujours les mêmes')
    .option('--year <année>', 'année de cotisation des personnes tirées', '2016')
    .option('--seed <nombre>', 'autre tirage', '1')
    .option('--parameters', 'les paramètres que l’on peut essayer, avec leur dernière valeur')
    .option('--json', 'un objet JSON pour les programmes')
    .addHelpText('after', examples)
    .action(async (overlay: string | undefined, options: RehearseOptions) => {
      await carryOut(async () => (await import('./rehearse.js')).rehearseCommand(overlay, options, terminal));
    });
}
