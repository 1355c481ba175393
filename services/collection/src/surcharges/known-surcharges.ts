import { doubtsOf, foldAccount, paymentFlows, type Book, type Flows } from '@isu/account';
import { isFact, type Author, type Fact, type FactData, type Vector } from '@isu/contracts';
import { Day } from '@isu/values';
import { isFrozen } from './debit-history.js';
import { lateDebts, type LateDebt } from './late-debt.js';
import { debtKey, type Hold, type Reviewed } from './notification.js';

/** Where the surcharges of an account stand on a day, read out of its facts alone: the same for a screen and for the act. */
export interface KnownSurcharges extends Reviewed {
  readonly book: Book;
  readonly debts: readonly LateDebt[];
  /** Facts about surcharges that were said of it: the next act has the number after. */
  readonly acts: number;
  /** What all this is read from: whoever has the same facts finds the same (R6). */
  readonly restsOn: RestsOn;
}

type RestsOn = NonNullable<FactData<'collection.surcharge-charged.v1'>['restsOn']>;

export interface AskedOf {
  readonly flows: Flows;
  readonly day: Day;
  readonly isSetAside: boolean;
}

export function knownSurcharges(facts: readonly Fact[], { flows, day, isSetAside }: AskedOf): KnownSurcharges {
  const { account, book, vector } = foldAccount(facts);
  // Nothing was ever owed on an account that was withdrawn for another of the same person.
  const debts = facts.some(({ type }) => type === 'affiliation.account-merged.v1') ? [] : lateDebts(facts, book, day);
  const unsettled = debts.find(({ settledOn }) => settledOn === null);
  const doubts: Hold[] = doubtsOf(book, flows, day, unsettled?.dueOn.iso ?? null);
  return {
    ...{ book, debts, day, surcharges: book.surcharges, chargedThrough: chargedThroughOf(facts) },
    doubts: [...doubts, ...(isSetAside ? [messageSetAside] : []), ...(isFrozen(facts) ? [accountFrozen] : [])],
    acts: facts.filter(({ type }) => type.startsWith('collection.surcharge-')).length,
    restsOn: [...endsOf(account, vector), ...paymentFlows(flows).flatMap(([stream, flow]) => endsOf(stream, flow.vector))],
  };
}

const endsOf = (stream: string, vector: Vector): RestsOn =>
  (Object.entries(vector) as [Author, number][]).filter(([, seq]) => seq > 0).map(([author, seq]) => ({ stream, author, seq }));

function chargedThroughOf(facts: readonly Fact[]): Map<string, Day> {
  const through = new Map<string, Day>();
  for (const fact of facts) {
    if (!isFact(fact, 'collection.surcharge-charged.v1')) continue;
    for (const line of fact.data.lines) through.set(debtKey(line), Day.of(fact.data.through));
  }
  return through;
}

const messageSetAside: Hold = {
  code: 'message-set-aside',
  text: 'Un message d’un partenaire sur ce compte attend d’être traité.',
};

const accountFrozen: Hold = {
  code: 'account-frozen',
  text: 'La banque a signalé le décès de la personne : le compte est gelé.',
};
