import { persona, personas, type PaymentBehaviour, type Periodicity, type Persona } from './personas.js';

const women =
  'Amélie Aurore Béatrice Camille Chantal Élodie Fatima Florence Hélène Inès Isabelle Julie Léa Manon Maria Mathilde Nathalie Océane Pauline Sandrine Solène Valérie Virginie Yasmina';
const men =
  'Adrien Alain Antoine Baptiste Bruno Cédric Christophe David Didier Éric Fabrice Gilles Guillaume Hugo Jérôme Laurent Loïc Mehdi Nicolas Olivier Pascal Philippe Romain Thierry';
const families =
  'Arnaud Barbier Bertin Blanchard Bourgeois Brunet Carpentier Chevalier Colin Da-Silva Delmas Dumont Fabre Ferrand Fontaine Garnier Gauthier Guérin Guillot Hamel Jacquet Joly Lacroix Lambert Leclerc Lefort Le-Goff Lemoine Maillard Marquet Masson Mercier Meunier Morvan Nguyen Noël Ollivier Perrin Picard Poirier Renaud Rivière Rolland Roussel Sabatier Santoni Schmitt Traoré Vidal Weber';

/** Fund, department of birth, postcode, town: the funds are those of 2016 (domain/collection.md, 1.8). */
const places = [
  ['01', '67', '67000', 'Strasbourg'],
  ['02', '33', '33000', 'Bordeaux'],
  ['03', '63', '63000', 'Clermont-Ferrand'],
  ['04', '14', '14000', 'Caen'],
  ['05', '21', '21000', 'Dijon'],
  ['06', '35', '35000', 'Rennes'],
  ['07', '45', '45000', 'Orléans'],
  ['08', '51', '51100', 'Reims'],
  ['09', '2A', '20000', 'Ajaccio'],
  ['10', '25', '25000', 'Besançon'],
  ['11', '76', '76000', 'Rouen'],
  ['12', '75', '75011', 'Paris'],
  ['13', '94', '94000', 'Créteil'],
  ['14', '92', '92000', 'Nanterre'],
  ['15', '34', '34000', 'Montpellier'],
  ['17', '54', '54000', 'Nancy'],
  ['18', '31', '31000', 'Toulouse'],
  ['19', '59', '59000', 'Lille'],
  ['20', '44', '44000', 'Nantes'],
  ['23', '13', '13001', 'Marseille'],
  ['24', '06', '06000', 'Nice'],
  ['25', '38', '38000', 'Grenoble'],
  ['26', '69', '69003', 'Lyon'],
] as const;
const streets = [
  'rue de la République',
  'rue Victor-Hugo',
  'avenue de la Gare',
  'rue des Tilleuls',
  'place de l’Église',
  'chemin du Moulin',
];

const trades = {
  artisan: [
    ['Boulanger', 'Boulangère', '10.71C'],
    ['Électricien', 'Électricienne', '43.21A'],
    ['Maçon', 'Maçonne', '43.99C'],
    ['Menuisier', 'Menuisière', '43.32A'],
    ['Peintre en bâtiment', 'Peintre en bâtiment', '43.34Z'],
    ['Coiffeur', 'Coiffeuse', '96.02A'],
  ],
  commercant: [
    ['Libraire', 'Libraire', '47.61Z'],
    ['Restaurateur', 'Restauratrice', '56.10A'],
    ['Cafetier', 'Cafetière', '56.30Z'],
    ['Commerçant en habillement', 'Commerçante en habillement', '47.71Z'],
    ['Fleuriste', 'Fleuriste', '47.76Z'],
  ],
  'profession-liberale': [
    ['Infirmier', 'Infirmière', '86.90D'],
    ['Traducteur', 'Traductrice', '74.30Z'],
    ['Conseil en gestion', 'Conseil en gestion', '70.22Z'],
  ],
} as const;

/** Out of ten people: most pay on time, and each trouble is met at least once in a demo of fifty. */
const behaviours: readonly PaymentBehaviour[] = [
  'on-time',
  'on-time',
  'on-time',
  'on-time',
  'on-time',
  'late',
  'partial',
  'stopped',
  'overpaid',
  'debit-returned',
];
const periodicities: readonly Periodicity[] = [{ kind: 'monthly', day: 5 }, { kind: 'monthly', day: 20 }, { kind: 'quarterly' }];

/** The five personas, then people drawn from a seed: the same seed gives the same people for ever. */
export function demoPopulation({ size = 50, seed = 2016 } = {}): Persona[] {
  const draw = generator(seed);
  const names = new Set<string>();
  const drawn = Array.from({ length: Math.max(0, size - 5) }, (_, index) => drawPerson(draw, index + 6, names));
  return [...Object.values(personas), ...drawn].slice(0, size);
}

interface Draw {
  between(least: number, most: number): number;
  from<T>(list: readonly T[]): T;
}

function drawPerson(draw: Draw, rank: number, names: Set<string>): Persona {
  const sex = draw.from(['F', 'M'] as const);
  const { firstName, lastName } = drawName(draw, sex, names);
  const group = draw.from([
    'artisan',
    'artisan',
    'artisan',
    'artisan',
    'commercant',
    'commercant',
    'commercant',
    'commercant',
    'profession-liberale',
  ] as const);
  const [fund, bornIn, postcode, city] = draw.from(places);
  const [him, her, naf] = draw.from<readonly [string, string, string]>(trades[group]);
  const startYear = draw.between(1992, 2016);
  const payment = draw.from(behaviours);
  return persona({
    key: plain(`${firstName}.${lastName}`),
    sex,
    firstName,
    lastName,
    bornOn: `${draw.between(1953, Math.min(1992, startYear - 20))}-${two(draw.between(1, 12))}-${two(draw.between(1, 28))}`,
    bornIn,
    rank,
    address: { line: `${draw.between(1, 98)} ${draw.from(streets)}`, postcode, city },
    group,
    activity: sex === 'F' ? her : him,
    naf,
    fund: group === 'profession-liberale' ? '29' : fund,
    startedOn: `${startYear}-${two(startYear === 2016 ? draw.between(1, 3) : draw.between(1, 12))}-01`,
    periodicity: draw.from(periodicities),
    means: payment === 'debit-returned' ? 'direct-debit' : draw.from(['direct-debit', 'transfer'] as const),
    incomes: drawIncomes(draw, startYear),
    payment: startYear === 2016 ? 'on-time' : payment,
    about: `${sex === 'F' ? her : him} depuis ${startYear} ; ${habits[startYear === 2016 ? 'on-time' : payment]}.`,
  });
}

function drawName(draw: Draw, sex: 'F' | 'M', names: Set<string>): { firstName: string; lastName: string } {
  for (;;) {
    const firstName = draw.from((sex === 'F' ? women : men).split(' '));
    const lastName = draw.from(families.split(' ')).replace('-', ' ');
    if (names.has(lastName)) continue;
    names.add(lastName);
    return { firstName, lastName };
  }
}

const habits: Record<PaymentBehaviour, string> = {
  'on-time': 'paie chaque échéance à son jour',
  late: 'paie chaque échéance quelques semaines après',
  partial: 'ne paie que la moitié de chaque échéance',
  stopped: 'n’a plus rien payé depuis l’automne 2015',
  overpaid: 'a payé une échéance deux fois en juin 2015',
  'debit-returned': 'a eu un prélèvement rejeté en juin 2015',
};

/** Declared incomes since 2012, moving by a few hundred euros a year around a level of the person's own. */
function drawIncomes(draw: Draw, startYear: number): Record<number, string> {
  const level = draw.from([4_000, 9_000, 14_000, 18_000, 22_000, 27_000, 31_000, 36_000, 44_000, 58_000, 82_000]);
  const years = [2012, 2013, 2014, 2015].filter((year) => year >= startYear);
  return Object.fromEntries(years.map((year) => [year, String(level + draw.between(-15, 15) * 100)]));
}

const two = (number: number): string => String(number).padStart(2, '0');
const plain = (name: string): string => name.normalize('NFD').replace(/\p{M}/gu, '').replace(' ', '-').toLowerCase();

/** Mulberry32: small, well spread, and the same on every machine. */
function generator(seed: number): Draw {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  return { between, from: <T>(list: readonly T[]) => list[between(0, list.length - 1)] as T };
}
