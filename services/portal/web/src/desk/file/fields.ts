import type { ActFieldShape } from '../../acts/act-field.js';

/** What most acts of an agent ask. */
export const reason: ActFieldShape = {
  name: 'reason',
  kind: 'text',
  label: 'Motif',
  help: 'Il reste dans l’historique.',
  max: 140,
  input: { autoComplete: 'off' },
};

export const registers = [
  { value: 'repertoire-des-metiers', text: 'Répertoire des métiers' },
  { value: 'registre-du-commerce', text: 'Registre du commerce' },
  { value: 'none', text: 'Aucun (profession libérale)' },
];

export const regimes = [
  { value: 'common', text: 'Sur le revenu professionnel' },
  { value: 'micro-social', text: 'Micro-entrepreneur' },
];

export const groups = [
  { value: 'artisan', text: 'Artisan' },
  { value: 'commercant', text: 'Commerçant ou industriel' },
  { value: 'profession-liberale', text: 'Profession libérale' },
];
