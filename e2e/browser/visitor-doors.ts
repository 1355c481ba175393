import type { Inhabitant } from './house.js';
import type { Visitor } from './visitor.js';

/** Comes in as somebody of the demonstration, by the door that only a development installation has. */
export async function comeInAs(visitor: Visitor, { name }: Pick<Inhabitant, 'name'>): Promise<void> {
  await visitor.open('/connexion');
  await visitor.page.getByRole('button', { name, exact: false }).first().click();
  await visitor.page.waitForURL('**/mon-compte');
  await visitor.settled();
}

/** An agent says who they are to the issuer, and comes back to the desk. */
export async function comeInAsAgent(visitor: Visitor, name: string): Promise<void> {
  await visitor.open('/bureau');
  await visitor.page.getByRole('link', { name: 'S’identifier' }).click();
  await visitor.page.getByRole('button', { name }).click();
  await visitor.page.getByRole('heading', { name: 'Chercher un compte' }).waitFor();
}

/** Finds an account by its number and opens it, for a reason. */
export async function openAccount(
  visitor: Visitor,
  { account, name }: Pick<Inhabitant, 'account' | 'name'>,
  purpose: string,
): Promise<void> {
  const { page } = visitor;
  await page.getByRole('textbox', { name: 'Numéro de compte' }).fill(account);
  await page.getByRole('textbox', { name: 'Motif' }).fill(purpose);
  await page.getByRole('button', { name: 'Chercher', exact: true }).click();
  await page.getByRole('button', { name: `Ouvrir le compte de ${name}` }).click();
  await page.getByRole('heading', { name: 'Vue d’ensemble' }).waitFor();
  await visitor.settled();
}
