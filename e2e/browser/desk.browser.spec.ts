import { comeInAs, comeInAsAgent, openAccount } from './visitor-doors.js';
import { house, inhabitant, urssafTells } from './house.js';
import { screenSizes, sharedBrowser, Visitor, type ScreenSize } from './visitor.js';

afterAll(async () => (await sharedBrowser()).close());

const purpose = 'Réclamation du 12 mai';

describe.each(Object.keys(screenSizes) as ScreenSize[])('F4 F52 the agents’ desk, on a screen of the size “%s”', (size) => {
  const manon = inhabitant('manon.carpentier');
  let visitor: Visitor;
  beforeAll(async () => {
    visitor = await Visitor.arrive(size);
    await comeInAsAgent(visitor, 'Yann Le Goff');
    await openAccount(visitor, manon, purpose);
  });
  afterAll(() => visitor.leave());

  it.each([
    ['desk-overview', '', 'Vue d’ensemble'],
    ['desk-lines', '/lignes', 'Lignes par année'],
    ['desk-payments', '/paiements', 'Paiements'],
    ['desk-facts', '/faits', 'Faits'],
    ['desk-known', '/connu-le', 'Connu à une date'],
    ['desk-rights', '/droits', 'Droits et anomalies'],
    ['desk-file', '/dossier', 'Dossier d’affiliation'],
    ['desk-history', '/historique', 'Historique du dossier'],
    ['desk-documents', '/courriers', 'Avis et courriers'],
    ['desk-acts', '/actes', 'Agir sur le dossier'],
    ['desk-register', '/bureau/affilier', 'Affilier une personne'],
    ['desk-refunds', '/bureau/remboursements', 'Remboursements'],
    ['desk-returned-debits', '/bureau/prelevements', 'Prélèvements impayés'],
    ['desk-accounting-days', '/bureau/journees', 'Journées comptables'],
    ['desk-accounting-day', '/bureau/journees/2016-05-20', 'Journée comptable du 20 mai 2016'],
    ['desk-flows', '/bureau/flux', 'Flux des partenaires'],
    ['desk-batch', '/bureau/flux/urssaf/payments/lots/12', 'Lot n°\u00a012'],
    ['desk-sent-batches', '/bureau/flux/urssaf/affiliations/envois', 'Lots envoyés'],
    ['desk-sent-batch', '/bureau/flux/urssaf/affiliations/envois/1', 'Lot envoyé n°\u00a01'],
    ['desk-fund', '/bureau/caisse', 'Actualités et messages de la caisse'],
    ['desk-anomalies', '/bureau/anomalies', 'Anomalies'],
    ['desk-to-be-matched', '/bureau/encaissements', 'Encaissements à identifier'],
    ['desk-reconciliation', '/bureau/rapprochements', 'Rapprochements'],
  ])('%s: no barrier to anybody, no sideways scrolling, no complaint', async (name, path, title) => {
    await visitor.open(path.startsWith('/bureau') ? path : `/bureau/comptes/${manon.account}${path}`);
    expect(await visitor.page.locator('h1').innerText()).toBe(title);
    expect(await visitor.faultsOf(name)).toEqual([]);
  });

  it('N2 a figure of the desk opens its derivation', async () => {
    await visitor.open(`/bureau/comptes/${manon.account}/lignes`);
    await visitor.page
      .getByRole('button', { name: /Retraite de base, appelé/ })
      .first()
      .click();
    const panel = visitor.page.getByRole('dialog', { name: 'Pourquoi cet euro ?' });
    await panel.getByRole('heading', { name: 'Le texte' }).waitFor();
    expect(await visitor.faultsOf('desk-why')).toEqual([]);
  });
});

describe('finding somebody at the desk', () => {
  let visitor: Visitor;
  beforeEach(async () => (visitor = await Visitor.arrive('desk')));
  afterEach(() => visitor.leave());

  it('F52 by name, within the region of the agent; nothing of it stands in an address', async () => {
    await comeInAsAgent(visitor, 'Odile Marchand');
    const { page } = visitor;
    const addresses: string[] = [];
    page.on('request', (request) => addresses.push(request.url()));
    await page.locator('label').filter({ hasText: 'Nom de famille' }).first().click();
    await page.getByRole('textbox', { name: 'Nom de famille' }).fill('carpentier');
    await page.getByRole('textbox', { name: 'Motif' }).fill(purpose);
    await page.getByRole('button', { name: 'Chercher', exact: true }).click();
    await page.getByRole('button', { name: 'Ouvrir le compte de Manon Carpentier' }).waitFor();
    expect(await visitor.faultsOf('desk-found')).toEqual([]);
    expect(addresses.join(' ').toLowerCase()).not.toContain('carpentier');
  });

  it('F52 asks for a purpose before it searches', async () => {
    await comeInAsAgent(visitor, 'Odile Marchand');
    await visitor.page.getByRole('textbox', { name: 'Numéro de compte' }).fill(inhabitant('manon.carpentier').account);
    await visitor.page.getByRole('button', { name: 'Chercher', exact: true }).click();
    await visitor.page.getByText('Indiquez pourquoi').waitFor();
    expect(await visitor.faultsOf('desk-purpose')).toEqual([]);
  });
});

describe('what an agent says of a person', () => {
  it('F61 a transfer waits for a second agent and says by name who proposed it, who may not decide it', async () => {
    const manon = inhabitant('manon.carpentier');
    const visitor = (await Visitor.arrive('desk')).expecting(/403|409/);
    const { page } = visitor;
    await comeInAsAgent(visitor, 'Odile Marchand');
    await openAccount(visitor, manon, purpose);
    await page.getByRole('link', { name: 'Agir sur le dossier' }).click();
    await page.getByText('Proposer un transfert vers une autre caisse').click();
    await page.getByRole('textbox', { name: 'Département de la nouvelle résidence' }).fill('69');
    await page.getByRole('textbox', { name: 'À partir du' }).last().fill('2016-07-01');
    await page.getByRole('textbox', { name: 'Motif' }).last().fill('Déménagement');
    await page.getByRole('button', { name: 'Proposer le transfert' }).click();
    await page.getByText(/Proposé par Odile Marchand/).waitFor();
    const decision = page
      .locator('details')
      .filter({ has: page.locator('summary', { hasText: /^Décider$/ }) })
      .first();
    await decision.locator('summary').click();
    await decision.locator('label').filter({ hasText: 'Oui' }).click();
    await decision.getByRole('textbox', { name: 'Motif' }).fill('Je me donne raison');
    await decision.getByRole('button', { name: 'Décider', exact: true }).click();
    await page.locator('.notice-bad').waitFor();
    expect(await visitor.faultsOf('desk-transfer')).toEqual([]);
    await visitor.leave();
  });
});

describe('two agents of two organisations at the same account, at once', () => {
  it('F52 N1 see the same fingerprint and the same lines; each opening is shown to the person', async () => {
    const loic = inhabitant('loic.nguyen');
    const agents = [
      { name: 'Odile Marchand', purpose: 'Contrôle croisé RSI' },
      { name: 'Karim Benali', purpose: 'Contrôle croisé Urssaf' },
    ];
    const visitors = await Promise.all(agents.map(() => Visitor.arrive('desk')));
    const seen = await Promise.all(
      visitors.map(async (visitor, rank) => {
        const { name, purpose: why } = agents[rank]!;
        await comeInAsAgent(visitor, name);
        await openAccount(visitor, loic, why);
        await visitor.page.getByText('Le RSI et l’Urssaf voient le même compte').waitFor();
        const fingerprints = await visitor.page.locator('.desk-fingerprint').allInnerTexts();
        await visitor.open(`/bureau/comptes/${loic.account}/lignes`);
        return { fingerprints, lines: await visitor.page.getByRole('table').allInnerTexts() };
      }),
    );
    expect(seen[0]!.fingerprints).toHaveLength(3);
    expect(new Set(seen.flatMap(({ fingerprints }) => fingerprints)).size).toBe(1);
    expect(seen[0]!.lines.length).toBeGreaterThan(0);
    expect(seen[1]!.lines).toEqual(seen[0]!.lines);
    for (const visitor of visitors) await visitor.leave();

    const person = await Visitor.arrive('phone');
    await comeInAs(person, loic);
    await person.open('/mon-compte/consultations');
    for (const { purpose: why } of agents) await person.page.getByText(`Motif : ${why}`).first().waitFor();
    expect(await person.page.getByText('Odile').count()).toBe(0);
    await person.leave();
  });

  it('F30 F49 a payment that Urssaf reports shows at the desk without reloading, within 5 s', async () => {
    const manon = inhabitant('manon.carpentier');
    const visitor = await Visitor.arrive('desk');
    await comeInAsAgent(visitor, 'Karim Benali');
    await openAccount(visitor, manon, purpose);
    await visitor.page.getByRole('link', { name: 'Paiements' }).click();
    await visitor.page.getByText('En direct').waitFor();
    await urssafTells(house, [
      { type: 'payment', reference: 'BROWSER-DESK', account: manon.account, amount: '12.34', valueOn: '2016-05-20', means: 'transfer' },
    ]);
    const row = visitor.page.getByRole('row').filter({ hasText: 'BROWSER-DESK' });
    await row.getByText('Comptabilisé', { exact: true }).waitFor({ timeout: 5_000 });
    await visitor.leave();
  });
});
