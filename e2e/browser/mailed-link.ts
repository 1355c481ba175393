import type { Newcomer } from './newcomers.js';
import type { Visitor } from './visitor.js';

export const password = 'quatre chevaux lents 26';

/**
 * The address in the latest mail to somebody, on the host by which this browser knows the system: a cookie of `localhost` is none of
 * `127.0.0.1`. A mail comes within a minute (F2); here, at once.
 */
export async function linkMailedTo({ page }: Visitor, email: string): Promise<string> {
  for (let looks = 0; looks < 60; looks += 1) {
    await page.goto('/courrier');
    const link = page.locator('article').filter({ hasText: email }).first().getByRole('link').first();
    if ((await link.count()) > 0) {
      const { pathname, hash } = new URL((await link.getAttribute('href')) ?? '');
      return `${pathname}${hash}`;
    }
    await page.waitForTimeout(500);
  }
  throw new Error(`No mail came to ${email}`);
}

/** The short way in, for journeys that are about something else. */
export async function choosePasswordByMail(visitor: Visitor, { nir, email }: Newcomer): Promise<void> {
  const { page } = visitor;
  await visitor.open('/ouvrir-mon-compte');
  await page.getByRole('textbox', { name: 'Numéro de sécurité sociale' }).fill(nir);
  await page.getByRole('textbox', { name: 'Adresse électronique' }).fill(email);
  await page.getByRole('button', { name: 'Recevoir mon lien' }).click();
  await page.getByText('Votre demande est enregistrée').waitFor();
  await visitor.open(await linkMailedTo(visitor, email));
  await page.getByRole('textbox', { name: 'Mot de passe' }).fill(password);
  await page.getByRole('button', { name: 'Enregistrer et entrer' }).click();
  await page.waitForURL('**/mon-compte');
}
