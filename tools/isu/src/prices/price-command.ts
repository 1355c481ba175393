import type { Adding } from '../adding.js';
import type { PriceOptions } from './price.js';
import { addSituationOptions } from './situation-options.js';

const examples = `
Exemples :
  isu price --year 2016 --status commercant --income 26000 --explain
  isu price --json '{"year":2016,"status":"commercant","stage":"definitive","income":"26000"}'
  isu price --batch --no-derivation < situations.ndjson > cotisations.ndjson`;

export function addPriceCommand({ program, terminal, carryOut }: Adding): void {
  const command = program
    .command('price')
    .description('calcule les cotisations d’une situation')
    .argument('[situation]', 'la situation en JSON ; « - » ou rien : lue sur l’entrée standard')
    .option('--json', 'un objet JSON pour les programmes')
    .option('--batch', 'une situation JSON par ligne sur l’entrée standard, un résultat par ligne, dans l’ordre')
    .option('--no-derivation', 'sans le détail du calcul dans le JSON')
    .option('--explain', 'le calcul de chaque ligne, son article et ses valeurs')
    .addHelpText('after', examples);
  addSituationOptions(command).action(async (situation: string | undefined, options: PriceOptions) => {
    await carryOut(async () => (await import('./price.js')).priceCommand(situation, options, terminal));
  });
}
