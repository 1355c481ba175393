/** `describe`, `it` and `expect` as the specs of the law use them, and no more: a mutant is judged in a fraction of a second, not after Jest has started. */
import { expect as wholeExpect } from 'expect';

const tests = [];
let file = '';

/** Each spec says first which file it is. */
globalThis.nowIn = (path) => (file = path);

/** The matcher that is called ten thousand times says no without building a report; the others are Jest's own. */
const expect = Object.assign((actual) => ({ actual, __proto__: matchers }), wholeExpect);
const matchers = {
  toBe(expected) {
    if (!Object.is(this.actual, expected)) throw new Error(`${String(this.actual)} is not ${String(expected)}`);
  },
  get not() {
    return wholeExpect(this.actual).not;
  },
};
for (const name of Object.keys(wholeExpect(null))) {
  if (name.startsWith('to') && name !== 'toBe')
    matchers[name] = function (...args) {
      return wholeExpect(this.actual)[name](...args);
    };
}

const describe = (_name, body) => body();
describe.each = (rows) => (_name, body) => rows.forEach((row) => spread(body, row));

const it = (_name, body) => tests.push({ file, run: body });
it.each = (rows) => (_name, body) => rows.forEach((row) => tests.push({ file, run: () => spread(body, row) }));
it.skip = () => undefined;

const spread = (body, row) => (Array.isArray(row) ? body(...row) : body(row));

Object.assign(globalThis, { describe, it, expect });

/** Begins with the spec of the file that was changed, and stops at the first test that fails: one is enough to kill. */
globalThis.runAll = async (changed) => {
  const isOwn = (test) => test.file === changed;
  for (const { run } of [...tests.filter(isOwn), ...tests.filter((test) => !isOwn(test))]) await run();
  return tests.length;
};
