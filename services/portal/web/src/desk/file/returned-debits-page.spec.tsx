import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { renderToStaticMarkup } from 'react-dom/server';
import { MemoryRouter } from 'react-router';
import type { ReturnedDebit, ReturnedDebitsPage as Returned } from '../../../../src/face/desk-file.js';
import { ReturnedDebitsPage } from './returned-debits-page.js';

const debit: ReturnedDebit = {
  ...{ account: '1300001234517', endToEnd: '1300001234517-20160307', dueOn: '2016-03-07', collectOn: '2016-03-07', amount: '838' },
  ...{ state: 'rejected', reason: 'ZZ99', reasonText: 'motif donné par la banque', outcome: 'to-examine', againOn: null, advice: null },
  ...{ returnedOn: '2016-03-04', instalments: [{ instalment: '2016-03', amount: '838' }], isToExamine: true, examination: null },
};

function shown(toExamine: readonly ReturnedDebit[], returned: readonly ReturnedDebit[]): string {
  const queries = new QueryClient();
  const part = (debits: readonly ReturnedDebit[]) => ({ state: 'ok', from: 'collection', data: { debits } }) as const;
  const page: Returned = { today: '2016-03-09', parts: { toExamine: part(toExamine), returned: part(returned) } };
  queries.setQueryData(['desk', 'returned-debits'], page);
  return renderToStaticMarkup(
    <QueryClientProvider client={queries}>
      <MemoryRouter>
        <ReturnedDebitsPage />
      </MemoryRouter>
    </QueryClientProvider>,
  );
}

describe('F32 — the desk’s returned debits', () => {
  it('what waits for somebody stands first, with a button for it; nothing waits where nothing does', () => {
    const html = shown([debit], [debit]);
    expect(html.indexOf('À examiner, les plus anciens')).toBeLessThan(html.indexOf('De votre région'));
    expect(html).toMatch(/<button[^>]*>Examiner<span class=\"only-read\"> le 13\s000012345\s17<\/span><\/button>/);
    expect(shown([], [debit])).toContain('Aucun prélèvement n’attend d’examen.');
  });

  it('of one that was examined, the day and what the agent found of it; of a denied mandate, whether its proof was looked at', () => {
    const found = { action: 're-present', reason: 'Panne de la banque', examinedBy: 'cell:1', examinedOn: '2016-03-09' };
    const html = shown([], [{ ...debit, outcome: 'presented-again', againOn: '2016-03-14', isToExamine: false, examination: found }]);
    expect(html).toContain('présentée de nouveau, le 14 mars 2016');
    expect(html).toContain('Examiné le 9 mars 2016 : Panne de la banque');
    expect(shown([], [{ ...debit, outcome: 'mandate-revoked' }])).toContain('mandat révoqué, preuve à vérifier');
    expect(shown([], [{ ...debit, outcome: 'mandate-revoked', isToExamine: false, examination: found }])).not.toContain('à vérifier');
  });
});
