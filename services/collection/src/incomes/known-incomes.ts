import type { IncomeKind } from '@isu/contracts';
import type { Income } from './income.js';

/** What is known of an account's incomes: every word that was said, the last one about a year counting. */
export class KnownIncomes {
  static readonly none = new KnownIncomes([]);

  /** In the order in which they were said. */
  constructor(private readonly said: readonly Income[]) {}

  /** The same, with one more word: for who looks ahead. */
  with(income: Income): KnownIncomes {
    return new KnownIncomes([...this.said, income]);
  }

  last(kind: IncomeKind, year: number): Income | undefined {
    return this.said.findLast((income) => income.kind === kind && income.year === year);
  }

  /** On what a year that is over is settled: what was declared, or else the base of an ex-officio assessment. */
  settled(year: number): Income | undefined {
    return this.last('declared', year) ?? this.last('ex-officio', year);
  }

  /** What a year is called on, as far as its own income goes: what settles it, else what it is estimated to be. */
  wordOn(year: number): Income | undefined {
    return this.settled(year) ?? this.last('estimated', year);
  }

  /** The words that count, year after year, and what the tax office knows beside them. */
  get counting(): Income[] {
    const years = [...new Set(this.said.map(({ year }) => year))].sort((a, b) => a - b);
    return years.flatMap((year) => [this.wordOn(year), this.last('tax', year)].filter((income) => income !== undefined));
  }

  /** What a new word of this kind corrects: a declaration replaces whatever stood for the year, an estimate only the estimate before. */
  correctedBy(kind: IncomeKind, year: number): Income | undefined {
    return kind === 'declared' ? (this.settled(year) ?? this.last('estimated', year)) : this.last(kind, year);
  }

  /** The declaration of the latest year that has one. */
  get lastDeclared(): Income | undefined {
    const year = Math.max(...this.said.filter(({ kind }) => kind === 'declared').map((income) => income.year));
    return this.last('declared', year);
  }

  /** The years taxed ex officio that no declaration has replaced. */
  get yearsTaxedExOfficio(): number[] {
    return [...new Set(this.said.map(({ year }) => year))].filter((year) => this.settled(year)?.kind === 'ex-officio').sort();
  }

  /**
   * The first declaration of a year, and what had been taxed ex officio before it came: what was declared in time, and heard of later, was
   * not taxed before.
   */
  firstDeclaration(year: number): { readonly income: Income; readonly taxedBefore: Income | undefined } | undefined {
    const rank = this.said.findIndex((income) => income.kind === 'declared' && income.year === year);
    const income = this.said[rank];
    if (!income) return undefined;
    const taxedBefore = this.said
      .slice(0, rank)
      .findLast(({ kind, year: of, declaredOn }) => kind === 'ex-officio' && of === year && declaredOn.atMost(income.declaredOn));
    return { income, taxedBefore };
  }
}
