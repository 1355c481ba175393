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

  it('F85 F83 opens Déclaration, where the first quarter is late: 10 000 € of sales are declared, and owe 1 340 € and the training contribution', async () => {
    const { page } = visitor;
    await visitor.open('/mon-compte/declaration');
    expect(await page.locator('h1').innerText()).toBe('Déclaration');
    const quarter = page.getByRole('row', { name: /^1er trimestre 2016/ });
    await quarter.getByText('En retard').waitFor();
    await page.getByRole('combobox', { name: 'Période' }).selectOption('2016-Q1');
    await page.getByRole('combobox', { name: 'Activité' }).selectOption('vente');
    await page.getByRole('textbox', { name: 'Chiffre d’affaires encaissé' }).fill('10 000');
    await page.getByRole('button', { name: 'Déclarer', exact: true }).click();
    await quarter.getByText('Déclarée').waitFor();
    // 13,4 % × 10 000 € = 1 340 € (F83), and 0,1 % × 10 000 € = 10 € of training contribution.
    await quarter.getByRole('button', { name: /1\s350,00\s€/ }).click();
    const panel = page.getByRole('dialog', { name: 'Pourquoi cet euro ?' });
    await panel
      .getByText(/1\s340/)
      .first()
      .waitFor();
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
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
