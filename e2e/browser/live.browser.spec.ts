import { paymentReferenceOf } from '@isu/contracts';
import { comeInAs } from './visitor-doors.js';
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
