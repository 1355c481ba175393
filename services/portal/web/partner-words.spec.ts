import { readFileSync } from 'node:fs';
import { faultText } from './src/border/fault-words.js';
import { lineReasonName } from './src/border/line-words.js';

/** The codes that partners are told, as the published page lists them. */
const page = readFileSync(new URL('../../../docs/partner-exchange.md', import.meta.url), 'utf8');
const between = (start: string, end: string): string => page.slice(page.indexOf(start), page.indexOf(end, page.indexOf(start)));
const codesIn = (text: string): string[] => [...text.matchAll(/`([a-z][a-z-]*[a-z])`/g)].map(([, code]) => code ?? '');

describe('F53 what agents read of a partner’s file', () => {
  it('every fault for which a file is refused is said in French', () => {
    const codes = [...codesIn(between('Codes: ', '## 5.')), ...codesIn(between('`message-not-accepted` `doctype`', 'A file of which'))];
    expect(codes.length).toBeGreaterThan(45);
    expect(codes.filter((code) => faultText(code) === code)).toEqual([]);
  });

  it('every reason of a line’s outcome is said in French', () => {
    const reasons = [
      ...codesIn(
        between('| outcome         | reason', 'A **contradiction**').replaceAll(
          /`(?:posted|to-be-matched|duplicate|conflict|refused)`/g,
          '',
        ),
      ),
      ...codesIn(between('(`not-booked`', 'A batch booking is')),
    ];
    expect(reasons.length).toBeGreaterThan(22);
    expect(reasons.filter((reason) => lineReasonName(reason) === reason)).toEqual([]);
  });

  it('the place of a fault stands before it', () => {
    expect(faultText('line 12: amount: money-malformed')).toBe('ligne 12, amount, montant absent ou mal écrit');
    expect(faultText('trailer-missing')).toBe('fichier coupé : la ligne de fin manque');
  });
});
