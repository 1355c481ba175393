import { renderToStaticMarkup } from 'react-dom/server';
import { MemoryRouter } from 'react-router';
import { Messages } from './messages.js';

const assessed = { kind: 'assessed', key: 'f1', on: '2016-05-20', year: 2015, stage: 'definitive', total: '2680' } as const;

/** As it is read, its spaces those of a keyboard. */
const read = (services: readonly { to: string; text: string }[]): string =>
  renderToStaticMarkup(
    <MemoryRouter>
      <Messages messages={[assessed]} services={services} />
    </MemoryRouter>,
  )
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll(/\s/g, ' ');

describe('what happened on an account, in sentences', () => {
  it('F85 tells a micro-entrepreneur the sum of a year so far: two quarters of 10 000 € of sales, 2 × 1 340 €, are not its last word', () => {
    const said = read([{ to: '/mon-compte/declaration', text: 'Déclaration' }]);
    expect(said).toContain('Vos cotisations 2015 s’élèvent maintenant à 2 680,00 €. Voir « Déclaration »');
    expect(said).not.toContain('définitives');
  });

  it('F24 says the stage of an assessment to who declares an income', () => {
    const said = read([{ to: '/mon-compte/cotisations', text: 'Cotisations annuelles' }]);
    expect(said).toContain('Vos cotisations 2015 sont calculées : 2 680,00 € (définitives). Voir « Cotisations annuelles »');
  });
});
