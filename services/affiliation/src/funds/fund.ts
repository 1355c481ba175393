import type { Group } from '@isu/contracts';

/** A caisse of the RSI, as it stood from 1 January 2015 to 31 December 2017. */
export interface Fund {
  /** Demonstration code: the historic ones were not found. */
  readonly code: string;
  readonly name: string;
  readonly seat: string;
  /** Departments whose artisans and commerçants it insures; empty for the liberal professions, insured by profession. */
  readonly departments: readonly string[];
  readonly phone: string;
  /** For benefits; `phone` is for contributions. */
  readonly benefitsPhone: string;
  readonly address: string;
  readonly email: string;
  readonly openingHours: string;
  /** Which of these are invented for the demonstration: the real ones were not found. */
  readonly demonstration: readonly string[];
}

/** Departments as addresses and SIRETs name them; which ones there are, the caisses say. */
export const departmentForm = /^(?:\d{2,3}|2[AB])$/;
export const departmentWords = 'un département français, par exemple « 94 », « 2A » ou « 974 »';

/** The caisse of the liberal professions, for the whole country. */
export const liberalFund = '29';

/** National numbers of 2016: 3648 and 3698. Source: RSI guide, January 2016; which serves what is unsure. */
const [phone, benefitsPhone] = ['3648', '3698'];
/** Sources: economie.gouv.fr/dnlf (national), L'Express (Paris). A caisse whose own address was not found shows the national one. */
const nationalAddress = '260-264 avenue du Président-Wilson, 93457 Saint-Denis Cedex';
const addresses: Readonly<Record<string, string>> = { '12': '141 rue de Saussure, 75017 Paris' };
const demonstration = ['code', 'email', 'openingHours'];
const openingHours = 'du lundi au vendredi, 8 h 30 – 12 h 30 et 13 h 30 – 16 h 30';

const fund = (code: string, name: string, seat: string, departments: string): Fund => ({
  code,
  name,
  seat,
  departments: departments === '' ? [] : departments.split(' '),
  phone,
  benefitsPhone,
  address: addresses[code] ?? nationalAddress,
  email: `caisse-${code}@rsi.example`,
  openingHours,
  demonstration,
});

/**
 * The 29 caisses since 1 January 2015: 26 regional, 2 overseas, one for the liberal professions. Sources: economie.gouv.fr/dnlf; the
 * departments are those of the former regions. The splits inside Île-de-France (but 75 and 93), PACA and Rhône-Alpes are unsure, and so are
 * the seats not proved (Paris, Olivet, Grenoble, Lyon, Bordeaux are).
 */
export const funds: readonly Fund[] = [
  fund('01', 'Alsace', 'Strasbourg', '67 68'),
  fund('02', 'Aquitaine', 'Bordeaux', '24 33 40 47 64'),
  fund('03', 'Auvergne', 'Clermont-Ferrand', '03 15 43 63'),
  fund('04', 'Basse-Normandie', 'Caen', '14 50 61'),
  fund('05', 'Bourgogne', 'Dijon', '21 58 71 89'),
  fund('06', 'Bretagne', 'Rennes', '22 29 35 56'),
  fund('07', 'Centre', 'Olivet', '18 28 36 37 41 45'),
  fund('08', 'Champagne-Ardenne', 'Reims', '08 10 51 52'),
  fund('09', 'Corse', 'Ajaccio', '2A 2B'),
  fund('10', 'Franche-Comté', 'Besançon', '25 39 70 90'),
  fund('11', 'Haute-Normandie', 'Rouen', '27 76'),
  fund('12', 'Île-de-France Centre', 'Paris', '75 93'),
  fund('13', 'Île-de-France Est', 'Créteil', '77 91 94'),
  fund('14', 'Île-de-France Ouest', 'Nanterre', '78 92 95'),
  fund('15', 'Languedoc-Roussillon', 'Montpellier', '11 30 34 48 66'),
  fund('16', 'Limousin', 'Limoges', '19 23 87'),
  fund('17', 'Lorraine', 'Nancy', '54 55 57 88'),
  fund('18', 'Midi-Pyrénées', 'Toulouse', '09 12 31 32 46 65 81 82'),
  fund('19', 'Nord-Pas-de-Calais', 'Lille', '59 62'),
  fund('20', 'Pays de la Loire', 'Nantes', '44 49 53 72 85'),
  fund('21', 'Picardie', 'Amiens', '02 60 80'),
  fund('22', 'Poitou-Charentes', 'Poitiers', '16 17 79 86'),
  fund('23', 'Provence-Alpes', 'Marseille', '04 05 13 84'),
  fund('24', 'Côte d’Azur', 'Nice', '06 83'),
  fund('25', 'Alpes', 'Grenoble', '07 26 38 73 74'),
  fund('26', 'Rhône', 'Lyon', '01 42 69'),
  fund('27', 'Antilles-Guyane', 'Fort-de-France', '971 972 973 977 978'),
  fund('28', 'La Réunion', 'Saint-Denis', '974'),
  fund(liberalFund, 'Professions libérales', 'Paris', ''),
];

const byCode = new Map(funds.map((each) => [each.code, each]));
const byDepartment = new Map(funds.flatMap((each) => each.departments.map((department) => [department, each] as const)));

export const fundOfCode = (code: string): Fund | undefined => byCode.get(code);

/** The caisse of a person: by profession for the liberals, by department of the principal residence for the others (F61). */
export const fundFor = (group: Group, department: string): Fund | undefined =>
  group === 'profession-liberale' ? byCode.get(liberalFund) : byDepartment.get(department);
