import type { UseQueryResult } from '@tanstack/react-query';
import { renderToStaticMarkup } from 'react-dom/server';
import { RefusedByPortal, Unreachable } from '../asking/refused.js';
import { Asked, PartOf } from './states.js';

const query = (state: object): UseQueryResult<string> => ({ data: undefined, isError: false, ...state }) as UseQueryResult<string>;
const shown = (state: object): string => renderToStaticMarkup(<Asked query={query(state)}>{(answer) => <b>{answer}</b>}</Asked>);

describe('F3 — a page in each of its states', () => {
  it('a part that is missing says so in its own words', () => {
    const html = renderToStaticMarkup(
      <PartOf part={{ state: 'missing', from: 'benefits', says: 'Vos droits s’afficheront plus tard.' }}>{() => <b>never</b>}</PartOf>,
    );
    expect(html).toContain('Vos droits s’afficheront plus tard.');
    expect(html).not.toContain('never');
  });

  it('on its way', () => {
    expect(shown({})).toContain('Chargement');
  });

  it('nothing answers: it says what to check, and offers to try again', () => {
    const html = shown({ isError: true, error: new Unreachable() });
    expect(html).toContain('joindre le service');
    expect(html).toContain('Réessayer');
  });

  it('a refusal is shown in the words of the portal, a fault with what to quote', () => {
    const problem = { code: 'x', status: 503, title: 'Indisponible', detail: 'Réessayez bientôt.', instance: 'abc-123' };
    const html = shown({ isError: true, error: new RefusedByPortal(problem, null) });
    expect(html).toContain('Réessayez bientôt.');
    expect(html).toContain('abc-123');
  });

  it('asked again in vain, what came before stays, and says that it may be old', () => {
    const html = shown({ data: 'the last known', isError: true, error: new Unreachable() });
    expect(html).toContain('the last known');
    expect(html).toContain('dernières reçues');
  });
});
