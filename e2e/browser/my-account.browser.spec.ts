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
  ['pay', '/mon-compte/payer', 'Payer maintenant'],
  ['debits', '/mon-compte/prelevement', 'Prélèvement'],
  ['estimate', '/mon-compte/estimation', 'Estimer mon revenu'],
  ['cash-calendar', '/mon-compte/tresorerie', 'Ma trésorerie sur 24 mois'],
  ['refunds', '/mon-compte/remboursements', 'Remboursements'],
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

  it('I7 F17 the summary is shown as it was known on a day, and its documents are of that day', async () => {
    await visitor.open('/mon-compte/synthese');
    await visitor.page.getByLabel('Compte tel que connu le').fill('2016-05-10');
    await visitor.page.getByRole('heading', { name: /^Solde tel que connu le 10 mai 2016$|^Solde à la dernière journée close ce jour-là$/ }).first().waitFor(); // prettier-ignore
    const statement = visitor.page.getByRole('link', { name: /Relevé de situation/ });
    expect(await statement.getAttribute('href')).toBe('/api/portal/v1/my/statement/pdf?on=2016-05-10');
    expect(await visitor.faultsOf('summary-known')).toEqual([]);
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

describe('what one says of oneself', () => {
  let visitor: Visitor;
  beforeAll(async () => {
    visitor = await Visitor.arrive('phone');
    await comeInAs(visitor, inhabitant('sophie'));
  });
  afterAll(() => visitor.leave());

  it('F12 a corrected phone number is there for who reads the page again, with who corrected it', async () => {
    const { page } = visitor;
    await visitor.open('/mon-compte/informations');
    await page.getByText('Corriger les coordonnées').click();
    await page.getByRole('textbox', { name: /^Téléphone/ }).fill('06 39 98 01 02');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByText('corrigé par la personne elle-même').waitFor();
    expect(await page.locator('dl').first().innerText()).not.toBe('');
    await page
      .getByText(/06\s?39\s?98\s?01\s?02/)
      .first()
      .waitFor();
  });

  it('F15 a wrong IBAN is refused under its own box, and nothing changes', async () => {
    const { page } = visitor;
    visitor.expecting(/400|422/);
    await page.getByText(/(?:Changer de|Donner un) compte bancaire/).click();
    await page.getByRole('textbox', { name: 'IBAN' }).fill('FR7630006000011234567890188');
    await page.getByRole('checkbox', { name: /C’est bien mon compte/ }).check();
    await page.getByRole('button', { name: 'Confirmer ce compte' }).click();
    await page.locator('.field-error').filter({ hasText: 'Attendu' }).waitFor();
    expect(await visitor.faultsOf('file-iban-refused')).toEqual([]);
    visitor.expecting();
  });

  it('F9 a message to the caisse gets its reference', async () => {
    const { page } = visitor;
    await visitor.open('/mon-compte/caisse');
    await page.getByRole('combobox', { name: 'Sujet' }).selectOption('cotisations');
    await page.getByRole('textbox', { name: 'Message' }).fill('Puis-je payer en quatre fois ?');
    await page.getByRole('button', { name: 'Envoyer' }).click();
    await page
      .getByText(/sous la référence\sM\d{2}-\d{4}-\d+/)
      .first()
      .waitFor();
    expect(await visitor.faultsOf('fund-message-sent')).toEqual([]);
  });

  it('F19 an estimate shows each due date before and after, and changes nothing until it is confirmed', async () => {
    const { page } = visitor;
    await visitor.open('/mon-compte/estimation');
    await page.getByRole('textbox', { name: /Revenu professionnel attendu/ }).fill('20 000');
    await page.getByRole('button', { name: 'Voir le changement' }).click();
    await page.getByRole('table', { name: 'Échéance par échéance, avant et après' }).waitFor();
    await page.getByText('Vous n’avez encore rien estimé.').waitFor();
    expect(await visitor.faultsOf('estimate-preview')).toEqual([]);
  });

  it('F80 monthly debit is proposed first, and says what it changes', async () => {
    const { page } = visitor;
    await visitor.open('/mon-compte/prelevement');
    await page.getByText('Changer de rythme').first().click();
    const choices = page.getByRole('radio');
    await choices.first().waitFor();
    const values = await Promise.all((await choices.all()).map((radio) => radio.getAttribute('value')));
    expect(values).toEqual(['monthly-5', 'monthly-20', 'quarterly']);
    await page.getByText('Prélevé, en douze fois : le plus régulier.').waitFor();
    await page.getByText('Le total de l’année ne change pas :').waitFor();
  });

  it('N8 the account’s own calendar over 24 months', async () => {
    const { page } = visitor;
    await visitor.open('/mon-compte/tresorerie');
    for (const [label, amount] of [
      ['Au moins', '3000'],
      ['Le plus probable', '10000'],
      ['Au plus', '20000'],
    ] as const)
      await page.getByRole('textbox', { name: label }).fill(amount);
    await page.getByRole('button', { name: 'Voir le calendrier' }).click();
    await page.getByRole('table', { name: 'Dates et montants selon le revenu de l’année' }).waitFor();
    expect(await visitor.faultsOf('cash-calendar-of-account')).toEqual([]);
  });

  it('F10 a rule is found by its words; S14 a notice comes down as a PDF', async () => {
    const { page } = visitor;
    await visitor.open('/mon-compte/guide');
    await page.getByRole('textbox', { name: 'Mots à chercher' }).fill('indemnités journalières');
    await page.getByRole('button', { name: 'Chercher' }).click();
    await page.getByText(/règles? trouvées?/).waitFor();
    expect(await visitor.faultsOf('regulation-found')).toEqual([]);
    await visitor.open('/mon-compte/courriers');
    const address = await page
      .getByRole('link', { name: /Télécharger/ })
      .first()
      .getAttribute('href');
    const printed = await page.request.get(address ?? '');
    expect([printed.headers()['content-type'], (await printed.body()).subarray(0, 5).toString()]).toEqual(['application/pdf', '%PDF-']);
  });
});
