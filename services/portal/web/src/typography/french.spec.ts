import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { typeset } from './french.js';
import { Fragment, jsx, jsxs } from './jsx-runtime.js';

describe('French typography of what is shown', () => {
  it.each([
    ['a colon keeps its word', 'c’est la règle : rien', 'c’est la règle\u00a0: rien'],
    ['; ! and ? stand after a narrow space', 'Oublié ? Oui ; non !', 'Oublié\u202f? Oui\u202f; non\u202f!'],
    ['guillemets hold what they quote', 'le motif « Contrôle » du', 'le motif «\u00a0Contrôle\u00a0» du'],
    ['digits, units and numbers are not cut', '12 087 € et 6,5 % au n° 4', '12\u202f087\u00a0€ et 6,5\u00a0% au n°\u00a04'],
    ['a date is left as it is', 'le 20 mai 2016', 'le 20 mai 2016'],
    ['an address is left as it is', 'https://exemple.example/a?b', 'https://exemple.example/a?b'],
  ])('%s', (_, typed, printed) => {
    expect(typeset(typed)).toBe(printed);
  });

  it('is applied to every text on a page, in whatever pieces it is written, and never to code', () => {
    const page = jsxs(Fragment, {
      children: [jsxs('p', { children: ['Motif : ', jsx('b', { children: 'Quoi ?' }), ' ; fin'] }), jsx('code', { children: 'a ? b : c' })],
    });
    expect(renderToStaticMarkup(page)).toBe('<p>Motif\u00a0: <b>Quoi\u202f?</b>\u202f; fin</p><code>a ? b : c</code>');
  });

  it('leaves keys and properties alone', () => {
    const element = jsx('input', { placeholder: 'a : b', defaultValue: 'c ?' }, 'key : 1');
    expect([element.key, renderToStaticMarkup(element)]).toEqual([
      'key : 1',
      renderToStaticMarkup(createElement('input', { placeholder: 'a : b', defaultValue: 'c ?' })),
    ]);
  });
});
