import { Option, type Command } from 'commander';

const worded: readonly (readonly [flags: string, description: string])[] = [
  ['--year <année>', 'année des cotisations'],
  ['--status <statut>', 'artisan, commercant, profession-liberale ou micro-entrepreneur'],
  ['--stage <étape>', 'definitive (sinon provisional, adjusted, flat-first-year, flat-second-year)'],
  ['--income <euros>', 'revenu professionnel, par exemple 26000'],
  ['--started-on <date>', 'début d’activité, AAAA-MM-JJ'],
  ['--ended-on <date>', 'fin d’activité, AAAA-MM-JJ'],
  ['--declared-pension-contributions <euros>', 'cotisations versées à la section professionnelle (libéraux)'],
  ['--curps <profession>', 'profession de santé conventionnée : medecin, chirurgien-dentiste ou autres'],
  ['--turnover <euros>', 'chiffre d’affaires (micro-entrepreneurs)'],
  ['--activity <activité>', 'vente, services-commerciaux, services-artisanaux, bnc ou bnc-cipav'],
  ['--period <période>', 'période du micro-entrepreneur, 2017-Q2 ou 2017-05'],
];
const flags: readonly (readonly [flag: string, description: string])[] = [
  ['--rsa', 'bénéficiaire du RSA ou de la prime d’activité'],
  ['--collaborating-spouse', 'avec un conjoint collaborateur'],
  ['--income-tax-option', 'versement libératoire de l’impôt sur le revenu'],
];
/** Part of the published situation, priced later: whoever gives them is told so by the law, not by the command line. */
const later: readonly string[] = ['--acre', '--gross-income <euros>'];

/** One option for each field of a situation. */
export function addSituationOptions(command: Command): Command {
  for (const [option, description] of [...worded, ...flags]) command.option(option, description);
  for (const option of later) command.addOption(new Option(option).hideHelp());
  return command;
}

const fields = [...worded, ...flags].map(([option]) => fieldOf(option)).concat(later.map(fieldOf));

/** The situation that the options tell, as the JSON that `readSituation` reads; null when they tell nothing. */
export function situationOf(options: Readonly<Record<string, unknown>>): Record<string, unknown> | null {
  const told = Object.fromEntries(fields.filter((field) => options[field] !== undefined).map((field) => [field, options[field]]));
  if (Object.keys(told).length === 0) return null;
  const stage = told['status'] === 'micro-entrepreneur' ? {} : { stage: 'definitive' };
  return { ...stage, ...told, ...(told['year'] === undefined ? {} : { year: Number(told['year']) }) };
}

/** `--started-on <date>` tells the field `startedOn`. */
function fieldOf(option: string): string {
  const [name = ''] = option.slice('--'.length).split(' ');
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
