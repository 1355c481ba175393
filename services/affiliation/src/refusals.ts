import { refusals } from '@isu/chassis';

/** Every way affiliation says no. */
export const refuse = refusals({
  'unknown-fund': { status: 404, title: 'Caisse inconnue', detail: () => 'Les caisses portent les codes 01 à 29.' },
  'already-registered': {
    status: 409,
    title: 'Personne déjà affiliée',
    detail: ({ account }: { account: string | null }) =>
      account === null
        ? 'Un compte existe déjà pour ce numéro de sécurité sociale : adressez-vous à la caisse qui le tient.'
        : `Le compte ${account} existe déjà pour ce numéro de sécurité sociale : une seule affiliation réunit toutes les activités.`,
    field: 'nir',
    accepted: 'le numéro d’une personne qui n’a pas encore de compte',
  },
  'fund-not-for-person': {
    status: 422,
    title: 'Caisse non compétente',
    detail: ({ expected }: { expected: string }) =>
      `Pour cette profession et ce département, la caisse compétente est la caisse ${expected}.`,
    field: 'fund',
    accepted: 'le code de la caisse compétente',
  },
  'unknown-department': {
    status: 422,
    title: 'Département inconnu',
    detail: () => 'Aucune caisse ne couvre ce département.',
    field: 'department',
    accepted: 'un département français, par exemple « 94 », « 2A » ou « 974 »',
  },
  'start-before-birth': {
    status: 422,
    title: 'Début d’activité impossible',
    detail: () => 'L’activité ne peut pas commencer avant les seize ans de la personne.',
    field: 'startedOn',
    accepted: 'un jour à partir du seizième anniversaire',
  },
  'start-too-far': {
    status: 422,
    title: 'Début d’activité trop lointain',
    detail: ({ latest }: { latest: string }) => `Une affiliation se déclare au plus un an à l’avance : jusqu’au ${latest}.`,
    field: 'startedOn',
    accepted: 'un jour dans l’année qui vient, ou passé',
  },
});
