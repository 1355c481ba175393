import { Keyboard } from './keyboard.js';
import { screenSizes, sharedBrowser, Visitor, type ScreenSize } from './visitor.js';

afterAll(async () => (await sharedBrowser()).close());

const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

describe.each(Object.keys(screenSizes) as ScreenSize[])('F45–F47 the simulator without a mouse, on a screen of the size “%s”', (size) => {
  let visitor: Visitor;
  let keyboard: Keyboard;
  beforeEach(async () => {
    visitor = await Visitor.arrive(size);
    keyboard = new Keyboard(visitor.page);
    await visitor.open('/simulateur');
  });
  afterEach(() => visitor.leave());

  const next = async (button = 'Continuer') => {
    await keyboard.goTo('button', new RegExp(`^${button}$`));
    await keyboard.press('Enter');
  };

  it('F45 F77 N2 N7 26 000 € of a commerçant: 12 087 € in 2016, and the derivation of a line', async () => {
    await keyboard.goTo('radio', /^Artisan/);
    await keyboard.press('ArrowDown');
    await next();
    await keyboard.goTo('radio', /^Mon revenu/);
    await keyboard.press('Space');
    await next();
    await keyboard.goTo('textbox', /^Revenu professionnel de l’année 2016/);
    await keyboard.type('26 000');
    await next('Calculer');
    await visitor.page.getByRole('heading', { name: 'Votre résultat' }).waitFor();
    expect(plain(await visitor.page.locator('.figure').first().innerText())).toContain('12 087');
    expect(await visitor.faultsOf('simulator-result')).toEqual([]);

    await keyboard.goTo('button', /Maladie-maternité/);
    await keyboard.press('Enter');
    const panel = visitor.page.getByRole('dialog', { name: 'Pourquoi cet euro ?' });
    await panel.waitFor();
    expect(plain(await panel.innerText())).toContain('1 690,00 €');
    expect(plain(await panel.innerText())).toContain('CSS');
    expect(await visitor.faultsOf('simulator-why')).toEqual([]);
    await keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    // The focus comes back to the amount that was asked about.
    expect((await keyboard.focused())?.name).toMatch(/Maladie-maternité/);
  });

  it('F46 F73 a commerçant in the first year: 3 234 €, without typing an income', async () => {
    await keyboard.goTo('radio', /^Artisan/);
    await keyboard.press('ArrowDown');
    await next();
    await keyboard.goTo('radio', /^Mon revenu/);
    await keyboard.press('ArrowDown');
    await next('Calculer');
    await visitor.page.getByRole('heading', { name: 'Votre résultat' }).waitFor();
    expect(plain(await visitor.page.locator('.figure').first().innerText())).toContain('3 234');
    expect(await visitor.faultsOf('simulator-first-year')).toEqual([]);
  });

  it('F47 each question has its help, and none can be left without an answer', async () => {
    await next();
    await visitor.page.getByText('Question 1 sur').waitFor();
    await visitor.page.getByText('Choisissez une activité pour continuer').waitFor();
    const group = visitor.page.getByRole('radiogroup', { name: 'Quelle est votre activité ?' });
    const described = await group.getAttribute('aria-describedby');
    expect(described).toBeTruthy();
  });
});
