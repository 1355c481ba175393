import { paymentReferenceOf } from '@isu/contracts';
import { comeInAs, comeInAsAgent } from './visitor-doors.js';
import { house, inhabitant, urssafTells } from './house.js';
import { sharedBrowser, Visitor } from './visitor.js';

afterAll(async () => (await sharedBrowser()).close());

describe('a payment that arrives while the page is open', () => {
  it('F30 F4 home → échéances: it shows on its due date without reloading, within 5 s', async () => {
    const visitor = await Visitor.arrive('phone');
    const { page } = visitor;
    const karim = inhabitant('karim');
    await comeInAs(visitor, karim);
    await page.getByRole('link', { name: 'Échéances', exact: true }).last().click();
    await page.getByRole('heading', { level: 1, name: 'Échéances' }).waitFor();
    await page.getByText('Mis à jour en direct').waitFor();
    const due = page.getByRole('row').filter({ hasText: 'À venir' }).first();
    const dueOn = (await due.getByRole('rowheader').innerText()).trim();
    const whole = await due.getByRole('cell').first().locator('data').getAttribute('value');
    const month = (await due.locator('time').getAttribute('datetime'))?.slice(0, 7) ?? '';
    const paymentReference = paymentReferenceOf({ account: karim.account, instalment: month });
    await page.evaluate('globalThis.stillTheSamePage = true');

    await urssafTells(house, [
      {
        type: 'payment',
        reference: `BROWSER-F30-${dueOn}`,
        account: karim.account,
        amount: whole ?? '',
        valueOn: '2016-05-20',
        means: 'transfer',
        paymentReference,
      },
    ]);
    const accepted = performance.now();
    await page.getByRole('row').filter({ hasText: dueOn }).getByText('Payée', { exact: true }).waitFor({ timeout: 5_000 });
    expect(performance.now() - accepted).toBeLessThan(5_000);
    expect(await page.evaluate('globalThis.stillTheSamePage')).toBe(true);
    expect(await visitor.faultsOf('instalments-live')).toEqual([]);
    await visitor.leave();
  });
});

describe('F34 — paying online, to the provider’s page and back', () => {
  it('F34 F31 pressed twice, its notification lost, the page left open: one payment, seen as it comes, and its receipt', async () => {
    const visitor = await Visitor.arrive('phone');
    const { page } = visitor;
    await comeInAs(visitor, inhabitant('claire'));
    await visitor.open('/mon-compte/payer');
    await page.getByRole('checkbox', { name: /^Échéance du 5 août 2016/ }).check();
    await page.getByRole('cell', { name: 'L’échéance que vous avez choisie est payée d’abord' }).waitFor();
    expect(await visitor.faultsOf('pay-previewed')).toEqual([]);
    await page.getByRole('button', { name: /^Payer .* en ligne$/ }).dblclick();

    await page.getByRole('heading', { name: 'Prestataire de paiement simulé' }).waitFor();
    expect(await visitor.faultsOf('pay-provider')).toEqual([]);
    await page.getByLabel('Ce qui tourne mal ensuite').selectOption('lost');
    await page.getByRole('button', { name: 'Payer par compte bancaire' }).click();

    await page.waitForURL('**/mon-compte/payer?ordre=*');
    await page.getByText('Votre paiement en ligne : en cours').waitFor();
    expect(await visitor.faultsOf('pay-under-way')).toEqual([]);
    // Nobody told us: we ask, ten seconds after the order.
    await page.getByText('Votre paiement en ligne : payé').waitFor({ timeout: 30_000 });
    expect(await visitor.faultsOf('pay-paid')).toEqual([]);
    const orders = page.getByRole('table', { name: 'Paiements en ligne, le dernier d’abord' }).getByRole('row');
    expect(await orders.count()).toBe(2);

    await visitor.open('/mon-compte/paiements');
    const paid = page.locator('section').filter({ hasText: 'Télépaiement' });
    expect(await paid.count()).toBe(1);
    const receipt = await page.request.get((await paid.getByRole('link', { name: /^Reçu/ }).getAttribute('href')) ?? '');
    expect([receipt.headers()['content-type'], (await receipt.body()).subarray(0, 5).toString()]).toEqual(['application/pdf', '%PDF-']);
    await visitor.leave();
  });
});

describe('F81 — money without an owner at the desk', () => {
  it('F81 S2 a reference with a slip of the pen proposes the account it meant, with the reason; an agent says so, and another must approve', async () => {
    const manon = inhabitant('manon.carpentier');
    const reference = paymentReferenceOf({ account: manon.account, instalment: '2016-12' });
    const paymentReference = `${reference.slice(0, 9)}${reference[9] === '9' ? '8' : '9'}${reference.slice(10)}`;
    const record = { type: 'payment', reference: 'BROWSER-F81', account: 'ILLISIBLE', amount: '12.34', valueOn: '2016-05-19', means: 'cheque' } as const; // prettier-ignore
    await urssafTells(house, [{ ...record, paymentReference }]);
    const visitor = await Visitor.arrive('desk');
    const { page } = visitor;
    await comeInAsAgent(visitor, 'Yann Le Goff');
    await visitor.open('/bureau/encaissements');
    await page.getByRole('row').filter({ hasText: 'BROWSER-F81' }).getByRole('link').click();
    await page.getByText('à un chiffre près ; la clé de la référence le confirme').waitFor();
    expect(await visitor.faultsOf('desk-matching')).toEqual([]);
    await page.getByRole('textbox', { name: 'Pourquoi' }).fill('Le nom est lisible sur le chèque');
    await page.getByRole('button', { name: 'Proposer' }).click();
    await page.getByText('Attend une seconde personne').waitFor();
    expect(await page.getByRole('button', { name: 'Approuver' }).count()).toBe(0);
    expect(await visitor.faultsOf('desk-matching-proposed')).toEqual([]);
    await visitor.leave();
  });
});
