import { RateLimit, refuse, setScope, type Access, type ServiceContext } from '@isu/chassis';
import type { Nir } from '@isu/values';
import { identityPlace, type Identity } from '../insured-persons/insured-person.js';
import { emailIndex, familyNameIndex, fullNameIndex } from './search-keys.js';
import { foundPerson, mostFound, type Criterion, type SearchAnswer } from './search.js';
import { findPeople, recognise, type Recognised, type SearchColumn } from './search.table.js';

/** Searches of one asker: far above what a desk does, far below what trying numbers one after the other needs. */
const searches = { burst: 60, perMinute: 60 };

type Context = Pick<ServiceContext, 'db' | 'clock' | 'protection'>;

export class SearchesService {
  private readonly searching: RateLimit;

  constructor(private readonly context: Context) {
    this.searching = new RateLimit({ ...searches, clock: context.clock });
  }

  /** People within the reach of the one who asks; the search itself is journaled, for each person shown or for nobody. */
  async search(criterion: Criterion, access: Access): Promise<SearchAnswer> {
    const { db, protection } = this.context;
    this.searching.take(access.subject.sub);
    const answer = await db.transaction(async (tx) => {
      await setScope(tx, access.reach);
      const { column, value } = this.lookedFor(criterion);
      const people = await findPeople(tx, column, { value, limit: mostFound + 1 });
      const shown = people.slice(0, mostFound);
      const identities = await protection.openMany(
        tx,
        identityPlace,
        shown.map(({ personId, identitySealed }) => ({ personId, sealed: identitySealed })),
      );
      const found = shown.map((person, rank) => foundPerson(person, JSON.parse(identities[rank] ?? '') as Identity));
      return { found, more: people.length > mostFound };
    });
    await access.showing(answer.found.map(({ account }) => account));
    return answer;
  }

  /** Whose NIR this is, and whether this is the e-mail that we hold of them: a link may be sent to that one only (F1). */
  async recognise({ nir, email }: { nir: Nir; email: string }, access: Access): Promise<Recognised> {
    const { db, protection } = this.context;
    const known = await db.transaction(async (tx) => {
      await setScope(tx, access.reach);
      return recognise(tx, protection.blindIndex('nir', nir.toString()), emailIndex(protection, email));
    });
    if (!known) throw refuse('not-found');
    return known;
  }

  private lookedFor(criterion: Criterion): { column: SearchColumn; value: string | Buffer } {
    const { protection } = this.context;
    if (criterion.by === 'nir') return { column: 'nir_index', value: protection.blindIndex('nir', criterion.nir.toString()) };
    if (criterion.by === 'siret') return { column: 'siret', value: criterion.siret.toString() };
    if (criterion.by === 'account') return { column: 'account', value: criterion.account.toString() };
    const { familyName, givenNames } = criterion;
    return givenNames === undefined
      ? { column: 'family_name_index', value: familyNameIndex(protection, familyName) }
      : { column: 'full_name_index', value: fullNameIndex(protection, familyName, givenNames) };
  }
}
