/** What is said no to of what a person asks for themselves and their family, of merges and of numbers. */
export const ofRequests = {
  'spouse-is-head': {
    status: 422,
    title: 'Conjoint impossible',
    detail: () => 'Le conjoint collaborateur a un compte à lui, distinct de celui du chef d’entreprise.',
    field: 'spouseAccount',
    accepted: 'le compte du conjoint',
  },
  'too-many-employees': {
    status: 422,
    title: 'Statut de conjoint collaborateur fermé',
    detail: () => 'Ce statut est réservé aux entreprises de moins de vingt salariés.',
    field: 'employees',
    accepted: 'moins de 20',
  },
  'spouse-linked': {
    status: 409,
    title: 'Conjoint déjà déclaré',
    detail: () => 'Un conjoint collaborateur est déjà déclaré pour cette période.',
  },
  'no-spouse': {
    status: 409,
    title: 'Aucun conjoint collaborateur',
    detail: () => 'Aucun conjoint collaborateur n’est déclaré pour ce compte.',
  },
  'option-kept': {
    status: 409,
    title: 'Option en cours',
    detail: ({ until }: { until: string }) => `L’option choisie vaut pour trois ans : une autre peut prendre effet à partir du ${until}.`,
  },
  'option-not-for-micro': {
    status: 422,
    title: 'Option impossible',
    detail: () => 'Le conjoint d’un micro-entrepreneur cotise sur un tiers du plafond.',
    field: 'option',
    accepted: 'third-of-pass',
  },
  'acre-too-late': {
    status: 422,
    title: 'Demande d’ACCRE trop tardive',
    detail: ({ latest }: { latest: string }) => `La demande se dépose au plus tard le 45e jour de l’activité : le ${latest}.`,
  },
  'acre-incomplete': {
    status: 422,
    title: 'Dossier d’ACCRE incomplet',
    detail: () => 'Seul un dossier complet donne lieu à récépissé et fait courir le délai d’un mois.',
    field: 'complete',
    accepted: 'true, une fois toutes les pièces jointes',
  },
  'acre-requested': { status: 409, title: 'ACCRE déjà demandée', detail: () => 'Une demande d’ACCRE existe déjà pour cette activité.' },
  'acre-decided': {
    status: 409,
    title: 'ACCRE déjà décidée',
    detail: () => 'La demande est décidée, ou le silence gardé pendant un mois l’a acceptée.',
  },
  'dependant-not-born': {
    status: 422,
    title: 'Rattachement impossible',
    detail: () => 'Un ayant droit est rattaché au plus tôt le jour de sa naissance.',
    field: 'from',
    accepted: 'un jour à partir de la naissance',
  },
  'dependant-of-age': {
    status: 422,
    title: 'Ayant droit majeur',
    detail: ({ until }: { until: string }) =>
      `Un enfant est couvert jusqu’au ${until}, fin de l’année de ses dix-huit ans ; il est ensuite assuré en son nom.`,
    field: 'birthDate',
    accepted: 'un enfant qui n’a pas passé l’année de ses dix-huit ans',
  },
  'adult-in-own-name': {
    status: 422,
    title: 'Adulte assuré en son nom',
    detail: () => 'Depuis le 1er janvier 2016, chaque adulte est assuré en son propre nom.',
    field: 'from',
    accepted: 'un rattachement antérieur au 1er janvier 2016',
  },
  'dependant-not-covered': {
    status: 422,
    title: 'Rattachement déjà terminé',
    detail: ({ until }: { until: string }) => `Ce rattachement va jusqu’au ${until} : sa fin se place avant.`,
    field: 'on',
    accepted: 'un jour du rattachement',
  },
  'merge-with-itself': {
    status: 422,
    title: 'Réunion impossible',
    detail: () => 'Un compte ne se réunit pas à lui-même.',
    field: 'into',
    accepted: 'un autre compte de la même personne',
  },
  'account-merged': {
    status: 409,
    title: 'Compte réuni à un autre',
    detail: ({ into }: { into: string }) => `Ce compte a été réuni au compte ${into}, sous lequel tout continue.`,
  },
  'nir-still-provisional': {
    status: 422,
    title: 'Numéro provisoire',
    detail: () => 'Un numéro provisoire n’en remplace pas un autre : attendez le numéro certifié.',
    field: 'nir',
    accepted: 'un numéro certifié, qui commence par 1 ou 2',
  },
  'nir-already-certified': { status: 409, title: 'Numéro déjà certifié', detail: () => 'Le numéro de cette personne est déjà certifié.' },
  'nir-of-another': {
    status: 409,
    title: 'Numéro déjà connu',
    detail: ({ account }: { account: string | null }) =>
      account === null
        ? 'Un compte existe déjà pour ce numéro dans une autre caisse : les deux comptes sont à réunir.'
        : `Le compte ${account} porte déjà ce numéro : les deux comptes sont à réunir.`,
    field: 'nir',
    accepted: 'le numéro de cette personne seule',
  },
} as const;
