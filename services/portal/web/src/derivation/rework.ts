import { Rate } from '@isu/values';

/**
 * Works a printed derivation out again from its text alone (decimals, `+ - * /`, parentheses, `min`, `max`, `round(x)`, `round(x, step)`,
 * half up), in exact fractions. Null when the text is none of ours. It shares nothing with the library that wrote the text.
 */
export function reworked(expression: string): string | null {
  try {
    const reader = new Reader(expression);
    const value = reader.sum();
    return reader.isAtEnd ? amountText(value) : null;
  } catch (error) {
    if (error instanceof NotArithmetic) return null;
    throw error;
  }
}

class NotArithmetic extends Error {}

const minusOne = Rate.zero.minus(Rate.one);

class Reader {
  private readonly tokens: readonly string[];
  private at = 0;

  constructor(expression: string) {
    this.tokens = expression.match(/\d+(?:\.\d+)?|[a-z]+|[-+*/(),]|\S/g) ?? [];
  }

  get isAtEnd(): boolean {
    return this.at === this.tokens.length;
  }

  sum(): Rate {
    let value = this.product();
    for (;;) {
      if (this.takes('+')) value = value.plus(this.product());
      else if (this.takes('-')) value = value.minus(this.product());
      else return value;
    }
  }

  private product(): Rate {
    let value = this.factor();
    for (;;) {
      if (this.takes('*')) value = value.times(this.factor());
      else if (this.takes('/')) value = value.over(this.factor());
      else return value;
    }
  }

  private factor(): Rate {
    if (this.takes('-')) return this.factor().times(minusOne);
    if (this.takes('(')) return this.closed(this.sum());
    const token = this.tokens[this.at++] ?? '';
    if (/^\d/.test(token)) return Rate.of(token);
    if (!this.takes('(')) throw new NotArithmetic();
    const given = [this.sum()];
    while (this.takes(',')) given.push(this.sum());
    return this.closed(called(token, given));
  }

  private closed(value: Rate): Rate {
    if (!this.takes(')')) throw new NotArithmetic();
    return value;
  }

  private takes(token: string): boolean {
    if (this.tokens[this.at] !== token) return false;
    this.at += 1;
    return true;
  }
}

function called(name: string, given: readonly Rate[]): Rate {
  const [first, ...others] = given;
  if (first === undefined) throw new NotArithmetic();
  if (name === 'min') return others.reduce((a, b) => Rate.min(a, b), first);
  if (name === 'max') return others.reduce((a, b) => Rate.max(a, b), first);
  if (name === 'round') return first.roundedTo(others[0] ?? Rate.one);
  throw new NotArithmetic();
}

/** The wire text of an amount, when the result is one. */
function amountText(value: Rate): string | null {
  const [, whole = '', decimals = ''] = /^(-?\d+)(?:\.(\d{1,2}))?$/.exec(value.toString()) ?? [];
  if (whole === '') return null;
  return decimals === '' ? whole : `${whole}.${decimals.padEnd(2, '0')}`;
}
