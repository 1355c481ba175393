import { choosePasswordByMail } from './mailed-link.js';
import { house } from './house.js';
import { moveIn } from './newcomers.js';
import { sharedBrowser, Visitor } from './visitor.js';

afterAll(async () => (await sharedBrowser()).close());

describe('a micro-entrepreneur', () => {
  let visitor: Visitor;
  beforeAll(async () => {
    const newcomer = await moveIn(house, { rank: 2, familyName: 'Microsocial', regime: 'micro-social' });
    visitor = await Visitor.arrive('phone');
    await choosePasswordByMail(visitor, newcomer);
  });
  afterAll(() => visitor.leave());

  it('F85 sees Déclaration in the menu and on the home, and none of the three hidden tabs', async () => {
    await visitor.open('/mon-compte');
    const links = await visitor.page.getByRole('link').allInnerTexts();
    expect(links).toContain('Déclaration');
    for (const hidden of ['Revenus', 'Cotisations annuelles', 'Échéances']) expect(links).not.toContain(hidden);
    expect(await visitor.faultsOf('micro-home')).toEqual([]);
  });

  it('F85 opens Déclaration', async () => {
    await visitor.open('/mon-compte/declaration');
    expect(await visitor.page.locator('h1').innerText()).toBe('Déclaration');
    expect(await visitor.faultsOf('micro-declaration')).toEqual([]);
  });

  it.each(['revenus', 'cotisations', 'echeances'])('F85 the address of %s says that it does not exist for this status', async (path) => {
    await visitor.open(`/mon-compte/${path}`);
    expect(await visitor.page.locator('h1').innerText()).toBe('Cette page n’existe pas pour votre statut');
    expect(await visitor.faultsOf(`micro-without-${path}`)).toEqual([]);
  });

  it.each(['incomes', 'contributions/2016', 'instalments'])('F85 the API has no my/%s for this status either', async (path) => {
    const answer = await visitor.page.request.get(`/api/portal/v1/my/${path}`);
    expect(answer.status()).toBe(404);
  });
});
