import { expect, it } from '@jest/globals';
import { Day, Money } from '@isu/values';
import { renderCsv, type Cell } from './csv.js';

const linesOf = (columns: readonly string[], rows: readonly (readonly Cell[])[]): string[] =>
  renderCsv(columns, rows).toString().slice(1).split('\r\n');

it('F17 writes what a French spreadsheet reads: UTF-8 with its mark, semicolons, a comma in amounts, ISO days, CR LF at each end', () => {
  const bytes = renderCsv(['Journée', 'Écriture', 'Débit', 'Crédit'], [[Day.of('2016-05-05'), 12, Money.of('1234.5'), null]]);
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect(bytes.subarray(3).toString('utf8')).toBe('Journée;Écriture;Débit;Crédit\r\n2016-05-05;12;1234,50;\r\n');
});

it('F16 an amount is a number whatever its sign: −41 is no formula', () => {
  expect(linesOf(['Solde'], [[Money.of('-41')], [Money.zero], [Money.of('-0.05')]])).toEqual(['Solde', '-41,00', '0,00', '-0,05', '']);
});

it.each([
  ['=1+1', "'=1+1"],
  ['+33 1 23', "'+33 1 23"],
  ['-2', "'-2"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t=1"],
  [' =HYPERLINK("x";"y")', `"' =HYPERLINK(""x"";""y"")"`],
  ['＝1', "'＝1"],
  ['un ; deux', '"un ; deux"'],
  ['dit « "oui" »', '"dit « ""oui"" »"'],
  ['Saint-Étienne', 'Saint-Étienne'],
])('I8 the text %s stays a text: %s', (text, expected) => {
  expect(linesOf(['Texte'], [[text]])[1]).toBe(expected);
});

it('I8 a line break inside a text stays inside its cell', () => {
  expect(renderCsv(['a', 'b'], [['x\r\n=1', 'y']]).toString()).toBe('\ufeffa;b\r\n"x\r\n=1";y\r\n');
});
