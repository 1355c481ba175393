import { Rate } from '@isu/values';
import type { Money } from '@isu/values';
import type { Known } from './dated.js';
import { expressionOf } from './expression.js';
import { keptFor } from './kept.js';
import type { Owed, Share } from './owed.js';
import type { AppliedRate, Base, DeclaredFact, Figure } from './scale.js';
import { sentenceOf } from './sentence.js';

/** Why this amount: everything a person, an agent or a judge may ask of a line. Read off the data that was priced, only when asked. */
export interface Derivation {
  readonly rule: string;
  readonly title: string;
  readonly law: string;
  /** What was declared about the person, and entered the arithmetic. */
  readonly facts: readonly { readonly fact: DeclaredFact; readonly amount: Money }[];
  readonly bounds: readonly Bound[];
  readonly parameters: readonly ParameterInForce[];
  readonly rounding: { readonly to: '1'; readonly half: 'up'; readonly source: string };
  /** French, for people. */
  readonly sentence: string;
  /** For an independent evaluator: see `expressionOf`. */
  readonly expression: string;
  readonly shares?: readonly Share[];
}

export interface Bound {
  readonly kind: 'floor' | 'cap' | 'threshold' | 'ceiling';
  readonly label: string;
  readonly amount: Money;
  /** Whether the bound changed anything. */
  readonly met: boolean;
}

export interface ParameterInForce {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly from: string;
  readonly source: string;
  readonly status: 'verified' | 'unsure';
  readonly note?: string;
}

const rounding = {
  to: '1',
  half: 'up',
  source: 'Totaux publiés : article de 2016 (12 087 €, 3 234 €), rsi.fr 2017 (3 102 €, 4 405 €)',
} as const;

export function derivationOf(owed: Owed): Derivation {
  const { rule } = owed;
  const trail = new Trail();
  for (const { base, rate } of owed.bearings) {
    trail.follow(base);
    trail.note(usesOf(rate));
  }
  if (owed.ceiling) trail.bound('ceiling', owed.ceiling, owed.amount.equals(owed.ceiling.amount));
  if (owed.relief) trail.note(owed.relief.uses);
  const division = owed.shares?.(owed);
  if (division) trail.note(division.uses);
  return {
    rule: rule.id,
    title: rule.title,
    law: rule.law,
    facts: trail.facts,
    bounds: trail.bounds,
    parameters: trail.uses.map(inForce),
    rounding,
    sentence: sentenceOf(owed),
    expression: expressionOf(owed),
    ...(division && { shares: division.parts }),
  };
}

/** Gathers facts, bounds and parameters along the steps of a line, each once. They are few: a list is searched sooner than a set. */
class Trail {
  readonly facts: { readonly fact: DeclaredFact; readonly amount: Money }[] = [];
  readonly bounds: Bound[] = [];
  readonly uses: Known<unknown>[] = [];
  private readonly bounding: Figure[] = [];

  follow(base: Base): void {
    switch (base.kind) {
      case 'declared':
        return this.state(base.fact, base.declared);
      case 'fixed':
        return this.note(base.figure.uses);
      case 'floored':
        this.bound('floor', base.floor, base.met);
        return this.follow(base.of);
      case 'capped':
        this.bound('cap', base.cap, base.met);
        return this.follow(base.of);
      case 'excess':
        this.bound('threshold', base.threshold, base.amount.isPositive);
        return this.follow(base.of);
      case 'abated':
        this.state(base.fact, base.declared);
        return this.note(base.abatement.uses);
      case 'portion':
        this.note([base.share]);
        return this.follow(base.of);
      case 'sum':
        for (const { fact, amount } of base.terms) if (fact) this.state(fact, amount);
    }
  }

  bound(kind: Bound['kind'], figure: Figure, met: boolean): void {
    this.note(figure.uses);
    if (this.bounding.includes(figure)) return;
    this.bounding.push(figure);
    this.bounds.push({ kind, label: figure.label(), amount: figure.amount, met });
  }

  note(uses: readonly Known<unknown>[]): void {
    for (const use of uses) if (!this.uses.includes(use)) this.uses.push(use);
  }

  private state(fact: DeclaredFact, amount: Money): void {
    if (!this.facts.some((stated) => stated.fact === fact)) this.facts.push({ fact, amount });
  }
}

function usesOf(rate: AppliedRate): readonly Known<unknown>[] {
  switch (rate.kind) {
    case 'known':
      return [rate.known];
    case 'together':
      return rate.terms;
    case 'straight-line':
      return [...rate.scale.uses, rate.scale.step];
    case 'reduced':
    case 'nil':
      return rate.uses;
  }
}

export const inForce = keptFor(({ name, label, value, from, source, unsure }: Known<unknown>): ParameterInForce => {
  const known = { name, label, value: valueText(value), from, source };
  return unsure === undefined ? { ...known, status: 'verified' } : { ...known, status: 'unsure', note: unsure };
});

/** Money and rates by their canonical text; a scale by its knots, `0:0.03 0.7:0.065` (share of the PASS, rate); a key by its weights. */
function valueText(value: unknown): string {
  if (Array.isArray(value)) return value.map(valueText).join(' ');
  if (isKnot(value)) return `${value.pass}:${value.rate}`;
  if (isWeight(value)) return `${value.label}:${value.perMille}`;
  return String(value);
}

const isKnot = (value: unknown): value is { pass: Rate; rate: Rate } =>
  typeof value === 'object' && value !== null && 'pass' in value && value.pass instanceof Rate && 'rate' in value;

const isWeight = (value: unknown): value is { label: string; perMille: number } =>
  typeof value === 'object' && value !== null && 'label' in value && 'perMille' in value;
