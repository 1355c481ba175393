import { house } from './house.js';
import { Keyboard } from './keyboard.js';
import { linkMailedTo, password } from './mailed-link.js';
import { moveIn, type Newcomer } from './newcomers.js';
import { sharedBrowser, Visitor } from './visitor.js';

afterAll(async () => (await sharedBrowser()).close());

describe('opening an account by mail, on a phone, without a mouse', () => {
  let visitor: Visitor;
  let newcomer: Newcomer;
  beforeAll(async () => {
    newcomer = await moveIn(house, { rank: 1, familyName: 'Courrier' });
    visitor = await Visitor.arrive('phone');
  });
  afterAll(() => visitor.leave());

  it('F1 F2 F4 NIR and e-mail → a link in the mail → a password → my account; the link does not work twice', async () => {
    const { page } = visitor;
    const keyboard = new Keyboard(page);
    await visitor.open('/ouvrir-mon-compte');
    await keyboard.goTo('textbox', /^Numéro de sécurité sociale/);
    await keyboard.type(newcomer.nir);
    await keyboard.goTo('textbox', /^Adresse électronique/);
    await keyboard.type(newcomer.email);
    await keyboard.goTo('button', /^Recevoir mon lien/);
    await keyboard.press('Enter');
    await page.getByText('Votre demande est enregistrée').waitFor();
    expect(await visitor.faultsOf('opening-asked')).toEqual([]);

    const address = await linkMailedTo(visitor, newcomer.email);
    await visitor.open(address);
    // The token is in no history: it left the address as soon as it was read.
    expect(new URL(page.url()).hash).toBe('');
    await keyboard.goTo('textbox', /^Mot de passe/);
    await keyboard.type(password);
    expect(await visitor.faultsOf('opening-password')).toEqual([]);
    await keyboard.goTo('button', /^Enregistrer et entrer/);
    await keyboard.press('Enter');
    await page.waitForURL('**/mon-compte');
    await page.getByRole('heading', { level: 1, name: /^Bonjour/ }).waitFor();
    expect(await visitor.faultsOf('opening-done')).toEqual([]);

    const again = await Visitor.arrive('phone');
    again.expecting(/410/);
    await again.open(address);
    await again.page.getByText('Lien inutilisable').waitFor();
    expect(await again.faultsOf('opening-link-used')).toEqual([]);
    await again.leave();
  });

  it('F1 signs out, and comes back with e-mail and password', async () => {
    const { page } = visitor;
    await page.getByRole('button', { name: 'Se déconnecter' }).click();
    await page.getByRole('heading', { name: 'Se connecter' }).waitFor();
    await page.getByRole('textbox', { name: 'Adresse électronique' }).fill(newcomer.email);
    await page.getByLabel('Mot de passe', { exact: false }).first().fill(password);
    await page.getByRole('button', { name: 'Se connecter' }).click();
    await page.waitForURL('**/mon-compte');
  });
});
