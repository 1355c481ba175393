import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { canonicalJson, checkFact, type Fact } from '@isu/contracts';
import { foldAccount, viewBytes, type AccountView } from './fold.js';
import { randomHistory } from './histories.spec-kit.js';

interface Golden {
  readonly about: string;
  readonly facts: readonly Fact[];
  readonly view: AccountView;
}

const docs = join(import.meta.dirname, '../../../docs/account');
const read = (path: string): unknown => JSON.parse(readFileSync(join(docs, path), 'utf8'));
const names = readdirSync(join(docs, 'golden')).filter((name) => name.endsWith('.json'));
const golden = (name: string): Golden => read(`golden/${name}`) as Golden;

describe('I4, N1 — docs/account/golden, reasoned by hand from the page', () => {
  it('has the files to check', () => {
    expect(names.length).toBeGreaterThanOrEqual(20);
  });

  it.each(names)('%s: the view, its bytes and its fingerprint', (name) => {
    const { facts, view } = golden(name);
    const folded = foldAccount(facts);
    expect(folded).toEqual(view);
    expect(new TextDecoder().decode(viewBytes(folded))).toBe(canonicalJson(view));
  });

  it.each(names)('%s: the same in the order of time, and backwards', (name) => {
    const { facts, view } = golden(name);
    const inOrder = facts.toSorted((a, b) => a.seq - b.seq);
    expect(foldAccount(inOrder).fingerprint).toBe(view.fingerprint);
    expect(foldAccount(inOrder.reverse()).fingerprint).toBe(view.fingerprint);
  });

  // Amounts in forms that our producers do not write are refused at the door; the fold reads them all the same.
  it.each(names.filter((name) => name !== 'money-forms.json'))('%s: facts that every service would accept', (name) => {
    for (const fact of golden(name).facts) expect(() => checkFact(fact)).not.toThrow();
  });
});

describe('docs/account/view.schema.json', () => {
  const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(read('view.schema.json') as object);
  const faults = (view: unknown) => (validate(view) ? [] : validate.errors);

  it.each(names)('describes the view of %s', (name) => {
    expect(faults(golden(name).view)).toEqual([]);
  });

  it('describes the views of random histories', () => {
    for (let seed = 0; seed < 40; seed += 1) expect(faults(foldAccount(randomHistory(seed).facts))).toEqual([]);
  });

  it('refuses an amount that is not in its one form, a missing part and an unknown one', () => {
    const view = golden('registered-only.json').view;
    expect(faults({ ...view, book: { ...view.book, balance: { ...view.book.balance, paid: '1234.00' } } })).not.toEqual([]);
    expect(faults({ ...view, book: { ...view.book, payments: undefined } })).not.toEqual([]);
    expect(faults({ ...view, day: '2016-05-20' })).not.toEqual([]);
  });
});
