import { inventedIban, inventedNir, inventedSiret } from './invented-numbers.js';

/** How a person meets the calls; the demo's history and the tests play it. */
export type PaymentBehaviour =
  /** Every instalment on its day. */
  | 'on-time'
  /** Every instalment, a few weeks after its day. */
  | 'late'
  /** Half of each instalment. */
  | 'partial'
  /** Regular, then nothing since the autumn of 2015. */
  | 'stopped'
  /** One instalment paid twice: a credit waits for the person. */
  | 'overpaid'
  /** Direct debits of which one comes back unpaid. */
  | 'debit-returned';

export type Periodicity = { kind: 'monthly'; day: 5 | 20 } | { kind: 'quarterly' };

/** A person of the tests and of the demo, as affiliation and collection would be told of her. Everybody here is invented. */
export interface Persona {
  /** Short name by which tests and the demo call the person. */
  key: string;
  sex: 'F' | 'M';
  firstName: string;
  lastName: string;
  bornOn: string;
  nir: string;
  iban: string;
  siret: string;
  address: { line: string; postcode: string; city: string };
  email: string;
  group: 'artisan' | 'commercant' | 'profession-liberale';
  regime: 'common' | 'micro';
  /** In French, as the person would say it. */
  activity: string;
  naf: string;
  /** Code of the regional fund (caisse); 29 is the national one of the liberal professions. */
  fund: string;
  startedOn: string;
  periodicity: Periodicity;
  means: 'direct-debit' | 'transfer';
  /** Professional income by year, canonical euros; a year begun and not declared is absent. */
  incomes: Readonly<Record<number, string>>;
  payment: PaymentBehaviour;
  /** Why this person is here, in French. */
  about: string;
}

/** What is computed from the rest, so that a persona is written in a few lines. */
export type PersonaDraft = Omit<Persona, 'nir' | 'iban' | 'siret' | 'email' | 'regime'> & { bornIn: string; rank: number };

export function persona({ bornIn, rank, ...draft }: PersonaDraft): Persona {
  return {
    ...draft,
    regime: 'common',
    nir: inventedNir({ sex: draft.sex, bornOn: draft.bornOn, department: bornIn, rank }),
    iban: inventedIban(rank),
    siret: inventedSiret(rank),
    email: `${draft.key}@courriel.example`,
  };
}

const nadia = persona({
  key: 'nadia',
  sex: 'F',
  firstName: 'Nadia',
  lastName: 'Benali',
  bornOn: '1988-03-14',
  bornIn: '69',
  rank: 1,
  address: { line: '12 rue des Capucins', postcode: '69001', city: 'Lyon' },
  group: 'artisan',
  activity: 'Coiffeuse',
  naf: '96.02A',
  fund: '26',
  startedOn: '2016-01-01',
  periodicity: { kind: 'monthly', day: 20 },
  means: 'direct-debit',
  incomes: {},
  payment: 'on-time',
  about: 'Première année d’activité : cotisations forfaitaires de début d’activité, premier paiement 90 jours au moins après le début.',
});

const karim = persona({
  key: 'karim',
  sex: 'M',
  firstName: 'Karim',
  lastName: 'Haddad',
  bornOn: '1975-09-02',
  bornIn: '93',
  rank: 2,
  address: { line: '48 avenue Jean-Jaurès', postcode: '93300', city: 'Aubervilliers' },
  group: 'commercant',
  activity: 'Épicier',
  naf: '47.11B',
  fund: '12',
  startedOn: '2009-04-01',
  periodicity: { kind: 'monthly', day: 5 },
  means: 'transfer',
  incomes: { 2012: '18500', 2013: '19200', 2014: '20000', 2015: '26000' },
  payment: 'on-time',
  about: 'Le commerçant à 26 000 € de l’article : 12 087 € de cotisations pour 2016.',
});

const sophie = persona({
  key: 'sophie',
  sex: 'F',
  firstName: 'Sophie',
  lastName: 'Marchand',
  bornOn: '1981-11-27',
  bornIn: '31',
  rank: 3,
  address: { line: '3 place du Marché', postcode: '31000', city: 'Toulouse' },
  group: 'commercant',
  activity: 'Fleuriste',
  naf: '47.76Z',
  fund: '18',
  startedOn: '2012-09-01',
  periodicity: { kind: 'quarterly' },
  means: 'transfer',
  incomes: { 2012: '1200', 2013: '2800', 2014: '3200', 2015: '3000' },
  payment: 'late',
  about: 'Revenu de 3 000 €, sous les assiettes minimales : cotisations minimales, trois trimestres de retraite.',
});

const jean = persona({
  key: 'jean',
  sex: 'M',
  firstName: 'Jean',
  lastName: 'Kerbrat',
  bornOn: '1962-06-08',
  bornIn: '29',
  rank: 4,
  address: { line: '7 rue de Siam', postcode: '29200', city: 'Brest' },
  group: 'artisan',
  activity: 'Plombier chauffagiste',
  naf: '43.22A',
  fund: '06',
  startedOn: '1998-02-01',
  periodicity: { kind: 'monthly', day: 5 },
  means: 'direct-debit',
  incomes: { 2012: '41800', 2013: '42600', 2014: '43500', 2015: '45000' },
  payment: 'on-time',
  about: 'Artisan à 45 000 € : taux d’allocations familiales entre les deux seuils, revenu au-dessus du plafond.',
});

const claire = persona({
  key: 'claire',
  sex: 'F',
  firstName: 'Claire',
  lastName: 'Vasseur',
  bornOn: '1970-01-19',
  bornIn: '59',
  rank: 5,
  address: { line: '25 rue Esquermoise', postcode: '59800', city: 'Lille' },
  group: 'profession-liberale',
  activity: 'Architecte',
  naf: '71.11Z',
  fund: '29',
  startedOn: '2003-10-01',
  periodicity: { kind: 'quarterly' },
  means: 'transfer',
  incomes: { 2012: '36400', 2013: '35100', 2014: '37200', 2015: '38000' },
  payment: 'on-time',
  about: 'Profession libérale, caisse nationale : maladie au régime social des indépendants, retraite à sa section.',
});

/** The five people whom every test, the seed and the demo share. */
export const personas = { nadia, karim, sophie, jean, claire } as const;
