import { Day, InvalidValue, Money } from '@isu/values';
import { PricingRefusal } from './refusal.js';
import type { PricingRefusalCode } from './refusal.js';

/** The fields of a JSON object, each read with its own refusal. Only own properties exist here; `null` is the same as absent. */
export class Fields {
  private constructor(private readonly values: ReadonlyMap<string, unknown>) {}

  static of(json: unknown): Fields {
    if (typeof json !== 'object' || json === null || Array.isArray(json)) {
      throw new PricingRefusal('not-a-situation', {
        field: '',
        detail: 'Une situation est un objet JSON.',
        accepted: 'un objet, par exemple {"year":2016,"status":"commercant","stage":"definitive","income":"26000"}',
      });
    }
    return new Fields(new Map(Object.entries(json).filter(([, value]) => value !== null && value !== undefined)));
  }

  get names(): readonly string[] {
    return [...this.values.keys()];
  }

  has(name: string): boolean {
    return this.values.has(name);
  }

  /** Whether the field says something: `false` and absent say the same. */
  says(name: string): boolean {
    return this.has(name) && this.values.get(name) !== false;
  }

  year(name: string, known: readonly number[], accepted: string): number {
    const value = this.required(name, accepted);
    if (typeof value !== 'number' || !known.includes(value)) throw refuse('unknown-year', name, 'Cette année n’est pas tarifée.', accepted);
    return value;
  }

  /** One of a list of words. */
  word<Word extends string>(name: string, words: readonly Word[], code: PricingRefusalCode): Word {
    const accepted = words.map((word) => `« ${word} »`).join(', ');
    const value = this.required(name, accepted);
    const word = words.find((candidate) => candidate === value);
    if (word === undefined) throw refuse(code, name, 'Cette valeur n’existe pas.', accepted);
    return word;
  }

  optionalWord<Word extends string>(name: string, words: readonly Word[]): Word | null {
    return this.has(name) ? this.word(name, words, 'bad-value') : null;
  }

  flag(name: string): boolean {
    const value = this.values.get(name) ?? false;
    if (typeof value !== 'boolean') throw refuse('bad-value', name, 'Cette valeur est un oui ou un non.', 'true ou false');
    return value;
  }

  /** An amount that may be negative: an income may be a loss. */
  amount(name: string): Money {
    const accepted = 'un montant en euros écrit entre guillemets, deux décimales au plus, par exemple "26000" ou "1234.50"';
    return valueOf(() => Money.of(this.required(name, accepted) as string), { code: 'bad-amount', field: name, accepted });
  }

  positiveAmount(name: string): Money {
    const amount = this.amount(name);
    if (amount.isNegative) throw refuse('bad-amount', name, 'Ce montant ne peut pas être négatif.', 'un montant positif ou nul');
    return amount;
  }

  day(name: string): Day | null {
    if (!this.has(name)) return null;
    const accepted = 'une date AAAA-MM-JJ, par exemple "2016-07-01"';
    return valueOf(() => Day.of(this.values.get(name) as string), { code: 'bad-value', field: name, accepted });
  }

  text(name: string): string | null {
    if (!this.has(name)) return null;
    const value = this.values.get(name);
    if (typeof value !== 'string') throw refuse('bad-value', name, 'Cette valeur est un texte.', 'un texte entre guillemets');
    return value;
  }

  private required(name: string, accepted: string): unknown {
    if (!this.values.has(name)) throw refuse('missing-field', name, `Il manque le champ « ${name} ».`, accepted);
    return this.values.get(name);
  }
}

export function refuse(code: PricingRefusalCode, field: string, detail: string, accepted: string): PricingRefusal {
  return new PricingRefusal(code, { field, detail, accepted });
}

/** The values refuse whatever is not a well-formed text, so that anything may be handed to them. */
function valueOf<T>(read: () => T, { code, field, accepted }: { code: PricingRefusalCode; field: string; accepted: string }): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof InvalidValue) throw refuse(code, field, 'Cette valeur n’est pas bien écrite.', accepted);
    throw error;
  }
}
