import { firstLoadBudget, firstLoadOf } from './first-load-budget.mjs';

const chunk = (code: string, more: object = {}) => ({ type: 'chunk', code, imports: [], ...more });
const bundle = {
  'index.js': chunk('a', { isEntry: true, imports: ['react.js', 'ui.js'], dynamicImports: ['chart.js'] }),
  'ui.js': chunk('b', { imports: ['react.js'] }),
  'react.js': chunk('c'),
  'chart.js': chunk('d'.repeat(10)),
  'index.css': { type: 'asset', source: '' },
};

describe('the first load', () => {
  it('is the entry and all that it imports statically, each once; not what comes later', () => {
    expect(firstLoadOf(bundle).map(({ code }: { code: string }) => code)).toEqual(['a', 'c', 'b']);
  });

  it('stops the build beyond the budget', () => {
    const said: string[] = [];
    const report = { error: (text: string) => said.push(`error: ${text}`), info: (text: string) => said.push(text) };
    firstLoadBudget({ gzippedKilobytes: 0 }).generateBundle.call(report, null, bundle);
    firstLoadBudget({ gzippedKilobytes: 250 }).generateBundle.call(report, null, bundle);
    expect(said.filter((text) => text.startsWith('error'))).toHaveLength(1);
  });
});
