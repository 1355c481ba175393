import { drawing } from '../draw.js';
import type { InventedPerson } from './person.js';

/** Something that happens to somebody, told to the formalities centre: a line of its file, from a day on. */
export interface Formality {
  readonly on: string;
  readonly line: { readonly type: string; readonly reference: string } & Readonly<Record<string, unknown>>;
}

export const creationOf = ({
  rank,
  startedOn,
  nir,
  familyName,
  givenNames,
  birthDate,
  register,
  regime,
  ...more
}: InventedPerson): Formality => ({
  on: startedOn,
  line: {
    ...{ type: 'creation', reference: `P0-${String(rank)}`, nir, familyName, givenNames, birthDate },
    ...{ register, regime, startedOn, department: more.department, activity: more.activity, email: more.email },
  },
});

/** One in twelve moves each year, one newcomer in four asks for aid, one head of a business in twenty works with their spouse: invented. */
const [movesEvery, asksForAid, withSpouse] = [12, 4, 20];
const causes = ['cessation', 'sale', 'retirement'] as const;

/** What follows somebody's beginning through a day, in the order of days: aid asked for, addresses, the spouse, the end. */
export function formalitiesOf(
  person: InventedPerson,
  { through, spouse }: { through: string; spouse: InventedPerson | undefined },
): Formality[] {
  const { rank, nir, startedOn, endsOn } = person;
  const draw = drawing(rank * 6_151);
  const said: Formality[] = [];
  const say = (on: string, type: string, more: object): void => {
    if (on < endsOn || type === 'cessation') said.push({ on, line: { type, reference: `${type}-${String(rank)}-${on}`, nir, ...more } });
  };
  if (draw(asksForAid) === 0) say(startedOn, 'acre-request', { complete: true });
  const last = through < endsOn ? through : endsOn;
  for (let year = Number(startedOn.slice(0, 4)) + 1; year <= Number(last.slice(0, 4)); year += 1) {
    const place = draw(movesEvery);
    const from = `${String(year)}-${String(1 + draw(12)).padStart(2, '0')}-15`;
    if (place === 0)
      say(from, 'modification', { from, address: `${String(1 + draw(200))} rue des Essais, ${String(10_000 + draw(80_000))} Ville` });
  }
  if (spouse && rank % withSpouse === 0 && person.regime === 'common' && person.register !== 'none') {
    const both = startedOn > spouse.startedOn ? startedOn : spouse.startedOn;
    const from = `${String(Number(both.slice(0, 4)) + 1)}-01-01`;
    if (from < spouse.endsOn)
      say(from, 'spouse', { spouseNir: spouse.nir, bond: 'marriage', employees: 1, from, option: 'third-of-income' });
  }
  say(endsOn, 'cessation', { on: endsOn, cause: causes[draw(causes.length)] ?? 'cessation' });
  return said.filter(({ on }) => on <= through).sort((one, other) => one.on.localeCompare(other.on));
}
