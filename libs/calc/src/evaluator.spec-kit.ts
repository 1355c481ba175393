/**
 * An evaluator of derivations that shares nothing with the library: exact quotients of BigInt, and a reader of the printed text.
 * Grammar: sum := product (('+'|'-') product)* ; product := factor (('*'|'/') factor)* ; factor := number | call | '(' sum ')' | '-' factor.
 */
type Quotient = readonly [bigint, bigint];

export function evaluate(text: string): Quotient {
  const tokens = text.match(/\d+(?:\.\d+)?|[a-z]+|[-+*/(),]/g) ?? [];
  let at = 0;
  const take = (token: string): boolean => (tokens[at] === token ? Boolean((at += 1)) : false);
  const expect = (token: string): void => {
    if (!take(token)) throw new Error(`« ${token} » expected at token ${at} of ${text}`);
  };

  function sum(): Quotient {
    let value = product();
    for (;;) {
      if (take('+')) value = add(value, product());
      else if (take('-')) value = add(value, negate(product()));
      else return value;
    }
  }
  function product(): Quotient {
    let value = factor();
    for (;;) {
      if (take('*')) value = multiply(value, factor());
      else if (take('/')) value = multiply(value, invert(factor()));
      else return value;
    }
  }
  function factor(): Quotient {
    if (take('-')) return negate(factor());
    if (take('(')) {
      const value = sum();
      expect(')');
      return value;
    }
    const token = tokens[at];
    at += 1;
    if (token === undefined) throw new Error(`a number is missing at the end of ${text}`);
    return /^\d/.test(token) ? number(token) : call(token);
  }
  function call(name: string): Quotient {
    expect('(');
    const args = [sum()];
    while (take(',')) args.push(sum());
    expect(')');
    return functions[name]!(args);
  }

  const value = sum();
  if (at !== tokens.length) throw new Error(`something is left after token ${at} of ${text}`);
  return value;
}

const number = (token: string): Quotient => [BigInt(token.replace('.', '')), 10n ** BigInt(token.split('.')[1]?.length ?? 0)];
const add = ([a, b]: Quotient, [c, d]: Quotient): Quotient => [a * d + c * b, b * d];
const negate = ([a, b]: Quotient): Quotient => [-a, b];
const multiply = ([a, b]: Quotient, [c, d]: Quotient): Quotient => [a * c, b * d];
const invert = ([a, b]: Quotient): Quotient => (a < 0n ? [-b, -a] : [b, a]);
const less = ([a, b]: Quotient, [c, d]: Quotient): boolean => a * d < c * b;

const functions: Record<string, (args: Quotient[]) => Quotient> = {
  min: (args) => args.reduce((a, b) => (less(b, a) ? b : a)),
  max: (args) => args.reduce((a, b) => (less(a, b) ? b : a)),
  round: ([value, step = [1n, 1n]]) => {
    const [a, b] = multiply(value!, invert(step));
    const half = (2n * (a < 0n ? -a : a) + b) / (2n * b);
    return multiply([a < 0n ? -half : half, 1n], step);
  },
};

export const cents = (text: string): bigint => {
  const [top, bottom] = multiply(evaluate(text), [100n, 1n]);
  if (top % bottom !== 0n) throw new Error(`${text} does not come to whole cents`);
  return top / bottom;
};
