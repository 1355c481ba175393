import { readFileSync } from 'node:fs';
import { groundTexts, pricedYears, rules } from '@isu/calc';
import { lawPage, page, untested } from './page.mjs';

describe('I6 — docs/law.md, article → file → test', () => {
  it('I6: every rule has a spec beside it: an article without a test fails the build', () => {
    expect(untested([...rules, ...groundTexts]).map(({ law }: { law: string }) => law)).toEqual([]);
  });

  it('I6: a rule without a spec would be seen', () => {
    expect(untested([{ id: 'no-such-rule' }])).toHaveLength(1);
  });

  it('I6: the page says what the rules say; after a change, run node tools/law/law.mjs', async () => {
    expect(readFileSync(page, 'utf8')).toBe(await lawPage({ rules, groundTexts, pricedYears }));
  });
});
