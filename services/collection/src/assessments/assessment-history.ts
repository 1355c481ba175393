import { parisDay } from '@isu/chassis';
import { authorOf, type Author, type Fact, type FactType, type IncomeKind } from '@isu/contracts';
import type { HeldFact } from '@isu/messaging';
import { Day, Money } from '@isu/values';
import { heard, wordsOfAffiliation, type Insured, type Word } from '../accounts/told.js';
import type { Income } from '../incomes/income.js';
import { isChargedApart, isOfTurnovers, sameLines, type Assessment } from './assessment.js';
import {
  explanationWhereKnown,
  partOfYearCalled,
  partOfYearEarned,
  retainedIncome,
  textsOf,
  type Basis,
  type ExplainedYear,
  type PartOfYear,
} from './pricing.js';

/** A version of a year's assessment as it was said, with its derivation and whose words it rests on (N2). */
export interface AssessmentVersion extends Assessment {
  /** The fact that said it. */
  readonly fact: string;
  readonly effectiveOn: string;
  readonly recordedAt: string;
  /** Null where the rules of today no longer give these lines. */
  readonly explanation: ExplainedYear | null;
  readonly restsOn: readonly IncomeInput[];
}

/** Whose word an income is; null when nobody knows any more which office an agent sat in. */
export type Declarer = 'insured' | 'net-entreprises' | 'urssaf' | 'rsi' | 'cell' | null;

/** An income that a version was priced on: the fact, where it came from, and the amount that the law retained of it. */
export interface IncomeInput {
  readonly fact: string;
  readonly author: Author;
  readonly seq: number;
  readonly type: FactType;
  readonly effectiveOn: string;
  readonly recordedAt: string;
  readonly source: string;
  readonly organisation: Declarer;
  readonly kind: IncomeKind;
  readonly year: number;
  readonly amount: string;
  /** What was priced: the amount, brought to a whole year where `annualised` says how, then to the days of activity where `shortened` does. */
  readonly retained: string;
  readonly annualised: PartOfYear | null;
  readonly shortened: PartOfYear | null;
  /** The partner's fact that brought it. */
  readonly heardFrom: Pick<IncomeInput, 'fact' | 'author' | 'type' | 'effectiveOn' | 'recordedAt'> | null;
}

/** The facts that the history of an assessment is read out of. */
export const factsOfHistory = [
  ...wordsOfAffiliation,
  'urssaf-sync.income-received.v1',
  'collection.income-recorded.v1',
  'collection.assessed.v1',
] as const satisfies readonly FactType[];

type Assessed = Fact<'collection.assessed.v1'>;
type Recorded = Fact<'collection.income-recorded.v1'>;

/** By correlation, the organisation of the agent who declared. */
export type Offices = ReadonlyMap<string, string>;

/** Every version of a year, first to last; the last is in force. */
export function versionsOf(held: readonly HeldFact[], { year, offices }: { year: number; offices: Offices }): AssessmentVersion[] {
  const facts = new Map(held.map(({ fact }) => [fact.id, fact]));
  const assessed = held.filter((each): each is HeldFact & { fact: Assessed } => isOfType(each.fact, 'collection.assessed.v1'));
  return assessed
    .filter(({ fact }) => fact.data.year === year)
    .sort((one, other) => one.fact.data.version - other.fact.data.version)
    .map(({ fact, learnedAt }) => {
      const recorded = fact.data.incomeFact === undefined ? undefined : facts.get(fact.data.incomeFact);
      const income = recorded && isOfType(recorded, 'collection.income-recorded.v1') ? recorded : null;
      const basis: Basis = { stage: fact.data.stage, income: income && incomeOf(income) };
      const situation = situationOf(fact, basis, insuredUntil(held, learnedAt));
      return {
        ...saidBy(fact),
        explanation: situation?.explanation ?? null,
        restsOn: income === null ? [] : [inputOf(income, { year, insured: situation?.insured, facts, offices })],
      };
    });
}

function saidBy({ id, subject, effectiveon, time, data }: Assessed): Omit<AssessmentVersion, 'explanation' | 'restsOn'> {
  const { year, version, stage, lines, rules, accountingDay, incomeFact = null } = data;
  const total = Money.sum(lines.map(({ amount }) => Money.of(amount)));
  return {
    ...{ account: subject, year, version, stage, lines, total, incomeFact, rules, accountingDay },
    ...{ fact: id, effectiveOn: effectiveon, recordedAt: time },
  };
}

/** The latest situation known by then that gives these lines: facts of one instant tell no order of before and after. */
function situationOf(
  { data: { year, lines } }: Assessed,
  basis: Basis,
  known: readonly Insured[],
): { insured: Insured; explanation: ExplainedYear } | undefined {
  if (isOfTurnovers({ lines })) return undefined;
  const contributions = lines.filter((line) => !isChargedApart(line));
  for (const insured of [...known].reverse()) {
    const explanation = explanationWhereKnown(insured, year, basis);
    if (explanation && sameLines(contributions, textsOf(explanation.lines))) return { insured, explanation };
  }
  return undefined;
}

/** What was known of the person, one word of affiliation after the other, up to an instant. */
function insuredUntil(held: readonly HeldFact[], instant: string): Insured[] {
  const known: Insured[] = [];
  for (const { fact, learnedAt } of held) {
    if (learnedAt > instant || !isWord(fact)) continue;
    const insured = heard(known.at(-1), fact, Day.of(parisDay(new Date(learnedAt))));
    if (insured) known.push(insured);
  }
  return known;
}

const isWord = (fact: Fact): fact is Word => (wordsOfAffiliation as readonly string[]).includes(fact.type);

interface Surroundings {
  readonly year: number;
  readonly insured: Insured | undefined;
  readonly facts: ReadonlyMap<string, Fact>;
  readonly offices: Offices;
}

function inputOf(recorded: Recorded, { year, insured, facts, offices }: Surroundings): IncomeInput {
  const { source, kind, year: earnedIn, amount } = recorded.data;
  const income = incomeOf(recorded);
  const partner = recorded.cause === null ? undefined : facts.get(recorded.cause);
  return {
    ...{ ...nameOf(recorded), seq: recorded.seq, source, kind, year: earnedIn, amount },
    organisation: declarerOf(source, { partner, office: offices.get(recorded.correlation) }),
    retained: (insured ? retainedIncome(insured, year, income) : income.amount).toString(),
    annualised: insured ? partOfYearEarned(insured, year, income) : null,
    shortened: insured ? partOfYearCalled(insured, year, income) : null,
    heardFrom: partner ? nameOf(partner) : null,
  };
}

/** A partner's word is Urssaf's, whatever door it has at home; then the door named, then the office of the agent who typed it. */
function declarerOf(source: string, { partner, office }: { partner: Fact | undefined; office: string | undefined }): Declarer {
  if (partner) return 'urssaf';
  if (source === 'net-entreprises') return source;
  return (['rsi', 'urssaf', 'cell'] as const).find((known) => known === office) ?? (source === 'portal' ? 'insured' : null);
}

const nameOf = (fact: Fact) => ({
  fact: fact.id,
  author: authorOf(fact),
  type: fact.type,
  effectiveOn: fact.effectiveon,
  recordedAt: fact.time,
});

const incomeOf = ({ id, subject, data }: Recorded): Income => ({
  ...{ fact: id, account: subject, year: data.year, kind: data.kind, source: data.source, corrects: data.corrects ?? null },
  grounds: data.grounds?.[0] ?? null,
  ...{ amount: Money.of(data.amount), declaredOn: Day.of(data.declaredOn) },
});

const isOfType = <T extends FactType>(fact: Fact, type: T): fact is Fact<T> => fact.type === type;
