import { house } from './house.js';
import { screenSizes, sharedBrowser, Visitor, type ScreenSize } from './visitor.js';

afterAll(async () => (await sharedBrowser()).close());

/** What anybody may open, signed in or not. */
const pages = [
  ['welcome', '/'],
  ['sign-in', '/connexion'],
  ['open-account', '/ouvrir-mon-compte'],
  ['choose-password', '/mot-de-passe'],
  ['forgotten-password', '/mot-de-passe-oublie'],
  ['simulator', '/simulateur'],
  ['payment-delays', '/delais'],
  ['accessibility', '/accessibilite'],
  ['desk-door', '/bureau'],
  ['mailbox', '/courrier'],
] as const;

describe.each(Object.keys(screenSizes) as ScreenSize[])('F4 a page that anybody may open, on a screen of the size “%s”', (size) => {
  let visitor: Visitor;
  beforeAll(async () => (visitor = await Visitor.arrive(size)));
  afterAll(() => visitor.leave());

  it.each(pages)('%s: no barrier to anybody, no sideways scrolling, nothing for the console to complain of', async (name, path) => {
    await visitor.open(path);
    expect(await visitor.faultsOf(name)).toEqual([]);
  });
});

it('F3 F4 the document of a page can be read before any script has come, and knows nobody', async () => {
  const documentOf = async (path: string) => (await (await fetch(`${house.url}${path}`)).text()).split('<body>').at(-1) ?? '';
  const simulator = await documentOf('/simulateur');
  expect(simulator).toContain('<h1 tabindex="-1">Simulateur de cotisations</h1>');
  expect(simulator).toContain('rien n’est envoyé ni gardé');
  const home = await documentOf('/mon-compte');
  expect([home.includes('Chargement en cours'), home.includes('Se déconnecter')]).toEqual([true, false]);
});
