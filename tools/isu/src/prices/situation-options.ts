import type { Command } from 'commander';

const worded: readonly (readonly [flags: string, description: string])[] = [
  ['--year <année>', 'année des cotisations'],
  ['--status <statut>', 'artisan, commercant, profession-liberale ou micro-entrepreneur'],
  ['--stage <étape>', 'definitive (sinon provisional, adjusted, flat-first-year, flat-second-year)'],
  ['--income <euros>', 'revenu professionnel, par exemple 26000'],
  ['--started-on <date>', 'début d’activité, AAAA-MM-JJ'],
  ['--ended-on <date>', 'fin d’activité, AAAA-MM-JJ'],
  ['--declared-pension-contributions <euros>', 'cotisations versées à la section professionnelle (libéraux)'],
  ['--curps <profession>', 'profession de santé conventionnée : medecin, chirurgien-dentiste ou autres'],
  ['--section <section>', 'section de retraite du libéral : cipav ou other'],
  ['--conventioned-income <euros>', 'part conventionnée du revenu (praticiens et auxiliaires médicaux)'],
  ['--gross-income <euros>', 'revenu brut, avant cotisations (depuis 2025)'],
  ['--spouse-base <option>', 'assiette du conjoint : third-of-pass, third-of-income, half-of-income, shared-third ou shared-half'],
  ['--turnover <euros>', 'chiffre d’affaires (micro-entrepreneurs)'],
  ['--activity <activité>', 'vente, services-commerciaux, services-artisanaux, bnc ou bnc-cipav'],
  ['--period <période>', 'période du micro-entrepreneur, 2017-Q2 ou 2017-05'],
];
const flags: readonly (readonly [flag: string, description: string])[] = [
  ['--rsa', 'bénéficiaire du RSA ou de la prime d’activité'],
  ['--collaborating-spouse', 'avec un conjoint collaborateur'],
  ['--acre', 'exonération de début d’activité (ACCRE, ACRE)'],
  ['--overseas', 'début d’activité outre-mer'],
  ['--insured-elsewhere', 'aussi salarié ou retraité'],
  ['--off-trades-register', 'artisan non inscrit au répertoire des métiers'],
  ['--craft', 'micro-entrepreneur artisan qui vend'],
  ['--alsace', 'micro-entrepreneur artisan d’Alsace'],
  ['--income-tax-option', 'versement libératoire de l’impôt sur le revenu'],
];
/** One option for each field of a situation. */
export function addSituationOptions(command: Command): Command {
  for (const [option, description] of [...worded, ...flags]) command.option(option, description);
  return command;
}

const fields = [...worded, ...flags].map(([option]) => fieldOf(option));

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
