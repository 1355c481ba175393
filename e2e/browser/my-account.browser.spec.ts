import { comeInAs } from './visitor-doors.js';
import { inhabitant } from './house.js';
import { screenSizes, sharedBrowser, Visitor, type ScreenSize } from './visitor.js';

afterAll(async () => (await sharedBrowser()).close());

const pages = [
  ['home', '/mon-compte', 'Bonjour Karim Haddad'],
  ['summary', '/mon-compte/synthese', 'Synthèse du compte'],
  ['incomes', '/mon-compte/revenus', 'Revenus'],
  ['contributions', '/mon-compte/cotisations', 'Cotisations annuelles'],
  ['instalments', '/mon-compte/echeances', 'Échéances'],
  ['payments', '/mon-compte/paiements', 'Paiements'],
  ['estimate', '/mon-compte/estimation', 'Estimer mon revenu'],
  ['cash-calendar', '/mon-compte/tresorerie', 'Ma trésorerie sur 24 mois'],
  ['documents', '/mon-compte/courriers', 'Avis et courriers'],
  ['file', '/mon-compte/informations', 'Informations générales'],
  ['family', '/mon-compte/famille', 'Ma famille'],
  ['fund', '/mon-compte/caisse', 'Ma caisse'],
  ['guide', '/mon-compte/guide', 'Guide et réglementation'],
  ['leaving', '/mon-compte/cessation', 'Arrêter mon activité'],
  ['readings', '/mon-compte/consultations', 'Qui a consulté mon compte'],
] as const;

describe.each(Object.keys(screenSizes) as ScreenSize[])('F4 F6 Mon compte, on a screen of the size “%s”', (size) => {
  let visitor: Visitor;
  beforeAll(async () => {
    visitor = await Visitor.arrive(size);
    await comeInAs(visitor, inhabitant('karim'));
  });
  afterAll(() => visitor.leave());

  it.each(pages)('%s: no barrier to anybody, no sideways scrolling, no complaint', async (name, path, title) => {
    await visitor.open(path);
    expect(await visitor.page.locator('h1').innerText()).toBe(title);
    expect(await visitor.faultsOf(name)).toEqual([]);
  });

  it('F4 what is printed from a dark screen is dark on white, with whose account it is and for which dates', async () => {
    await visitor.page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await visitor.open('/mon-compte/echeances');
    await visitor.page.getByRole('heading', { name: 'Du 1er janvier 2016 au 31 décembre 2016' }).waitFor();
    expect(await visitor.page.locator('.masthead-who').innerText()).toContain('Karim Haddad');
    expect(await visitor.faultsOf('instalments-printed')).toEqual([]);
    await visitor.page.emulateMedia({ media: null, colorScheme: null });
  });

  it('F45 N2 the euro of a due date opens its derivation, down to the article of law', async () => {
    await visitor.open('/mon-compte/cotisations');
    await visitor.page
      .getByRole('button', { name: /Retraite de base/ })
      .first()
      .click();
    const panel = visitor.page.getByRole('dialog', { name: 'Pourquoi cet euro ?' });
    await panel.getByRole('heading', { name: 'Le texte' }).waitFor();
    expect(await visitor.faultsOf('why-contribution')).toEqual([]);
    await visitor.page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
  });

  it('F6 the home lists each of these pages, one click away', async () => {
    await visitor.open('/mon-compte');
    const services = visitor.page.locator('section').filter({ hasText: 'Mes services en ligne' }).first().getByRole('link');
    const addresses = await Promise.all((await services.all()).map((link) => link.getAttribute('href')));
    expect(new Set(addresses)).toEqual(new Set([...pages.slice(1).map(([, path]) => path), '/simulateur']));
  });
});
