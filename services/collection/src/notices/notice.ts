import { foldAccount } from '@isu/account';
import { paymentReferenceOf, type Fact, type Means } from '@isu/contracts';
import type { HeldFact } from '@isu/messaging';
import { Day, Money } from '@isu/values';
import { isChargedApart } from '../assessments/assessment.js';
import { versionsOf, type AssessmentVersion } from '../assessments/assessment-history.js';

type Issued = Fact<'collection.schedule-issued.v1'>;

/** A notice is a version of a civil year's calendar (échéancier valant avis d'appel, CSS R. 131-1), with what it calls for. */
export interface NoticeNumber {
  readonly year: number;
  readonly version: number;
  readonly issuedOn: Day;
  /** One alone is in force: the last of its year. A former one says which has replaced it (S14). */
  readonly state: 'in-force' | 'replaced';
  readonly replacedBy: number | null;
  /** The fact that issued it. */
  readonly fact: string;
}

export interface NoticeLine {
  readonly code: string;
  readonly base: Money;
  readonly rate: string;
  readonly amount: Money;
  /** Called for it before; zero where nothing was. */
  readonly before: Money;
  readonly difference: Money;
  /** « Pourquoi cet euro ? », in a sentence; null for what is charged apart. */
  readonly sentence: string | null;
}

/** A contribution year as the notice calls it. */
export interface NoticePart {
  readonly assessment: AssessmentVersion;
  readonly lines: readonly NoticeLine[];
  readonly total: Money;
  readonly before: Money;
  readonly difference: Money;
  /** Whether this very notice changes what the year owes. */
  readonly isNew: boolean;
  readonly paid: Money;
}

export interface NoticeInstalment {
  readonly id: string;
  readonly dueOn: Day;
  readonly means: Means;
  readonly reference: string;
  readonly amount: Money;
  /** Of which for the civil year itself, and for the years before it (regularisation). */
  readonly ofYear: Money;
  readonly ofYearsBefore: Money;
  readonly paid: Money;
}

export interface Notice extends NoticeNumber {
  readonly account: string;
  readonly parts: readonly NoticePart[];
  readonly instalments: readonly NoticeInstalment[];
  readonly total: Money;
  readonly balance: { readonly called: Money; readonly paid: Money; readonly credit: Money };
}

const isIssued = (each: HeldFact): each is HeldFact & { fact: Issued } => each.fact.type === 'collection.schedule-issued.v1';

/** Every notice of an account, by year and version. */
export function noticesOf(held: readonly HeldFact[]): NoticeNumber[] {
  const issued = held.filter(isIssued).map(({ fact }) => fact);
  const last = new Map<number, number>();
  for (const { data } of issued) last.set(data.year, Math.max(last.get(data.year) ?? 0, data.version));
  return issued
    .map(({ id, effectiveon, data: { year, version } }): NoticeNumber => {
      const isLast = last.get(year) === version;
      const replacedBy = isLast ? null : version + 1;
      return { year, version, issuedOn: Day.of(effectiveon), state: isLast ? 'in-force' : 'replaced', replacedBy, fact: id };
    })
    .sort((a, b) => a.year - b.year || a.version - b.version);
}

/** One notice, read out of what was known when it was issued: asked again in ten years, it says the same. */
export function noticeOf(held: readonly HeldFact[], { year, version }: { year: number; version: number }): Notice | undefined {
  const named = noticesOf(held).find((each) => each.year === year && each.version === version);
  const issued = held.filter(isIssued).find(({ fact }) => fact.id === named?.fact)?.fact;
  if (!named || !issued) return undefined;
  const known = held.filter(({ fact }) => fact.source !== issued.source || fact.seq <= issued.seq);
  const { book, account } = foldAccount(known.map(({ fact }) => fact));
  const before =
    known
      .filter(isIssued)
      .map(({ fact }) => fact.seq)
      .filter((seq) => seq < issued.seq)
      .at(-1) ?? 0;
  const periods = new Map(book.periods.map((period) => [period.year, period]));
  const parts = [...periods.keys()]
    .filter((of) => of <= year)
    .flatMap((of): NoticePart[] => {
      const part = partOf(known, of, before);
      return part ? [{ ...part, paid: Money.of(periods.get(of)?.paid ?? '0') }] : [];
    });
  const paidOf = new Map(book.instalments.map(({ id, paid }) => [id, paid]));
  const instalments = issued.data.instalments.map((each) => instalmentOf(account, year, { ...each, paid: paidOf.get(each.id) ?? '0' }));
  const { called, paid, credit } = book.balance;
  return {
    ...named,
    account,
    parts: parts.filter(({ isNew, assessment }) => isNew || assessment.year >= year),
    instalments,
    total: Money.sum(instalments.map(({ amount }) => amount)),
    balance: { called: Money.of(called), paid: Money.of(paid), credit: Money.of(credit) },
  };
}

function partOf(known: readonly HeldFact[], year: number, before: number): Omit<NoticePart, 'paid'> | undefined {
  const versions = versionsOf(known, { year, offices: new Map() });
  const assessment = versions.at(-1);
  if (!assessment) return undefined;
  const seqs = new Map(known.map(({ fact }) => [fact.id, fact.seq]));
  const isNew = (seqs.get(assessment.fact) ?? 0) > before;
  const earlier = isNew ? versions.findLast(({ fact }) => (seqs.get(fact) ?? 0) <= before) : assessment;
  const lines = linesOf(assessment, earlier);
  const was = earlier?.total ?? Money.zero;
  return { assessment, lines, total: assessment.total, before: was, difference: assessment.total.minus(was), isNew };
}

/** The lines in force, then those that the version before had and this one has no more. */
function linesOf({ lines, explanation }: AssessmentVersion, earlier: AssessmentVersion | undefined): NoticeLine[] {
  const beforeOf = (code: string): Money =>
    Money.sum((earlier?.lines ?? []).filter((line) => line.code === code).map(({ amount }) => Money.of(amount)));
  const sentences = new Map((explanation?.lines ?? []).map(({ code, derivation }) => [code as string, derivation.sentence]));
  const inForce = lines.map(({ code, base, rate, amount }): NoticeLine => {
    const [owed, before] = [Money.of(amount), beforeOf(code)];
    const sentence = isChargedApart({ code }) ? null : (sentences.get(code) ?? null);
    return { code, base: Money.of(base), rate, amount: owed, before, difference: owed.minus(before), sentence };
  });
  const gone = (earlier?.lines ?? []).filter(({ code }) => !lines.some((line) => line.code === code));
  return [
    ...inForce,
    ...gone.map(({ code, base, rate, amount }): NoticeLine => {
      const before = Money.of(amount);
      return { code, base: Money.of(base), rate, amount: Money.zero, before, difference: before.negated(), sentence: null };
    }),
  ];
}

function instalmentOf(
  account: string,
  civilYear: number,
  issued: Issued['data']['instalments'][number] & { paid: string },
): NoticeInstalment {
  const { id, dueOn, means, lines, paid } = issued;
  const sumOf = (isCounted: (year: number) => boolean): Money =>
    Money.sum(lines.filter((line) => isCounted(line.year)).map(({ amount }) => Money.of(amount)));
  return {
    ...{ id, means, dueOn: Day.of(dueOn), reference: paymentReferenceOf({ account, instalment: id }) },
    amount: sumOf(() => true),
    ofYear: sumOf((year) => year === civilYear),
    ofYearsBefore: sumOf((year) => year < civilYear),
    paid: Money.of(paid),
  };
}
