import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type Provider from 'oidc-provider';
import type { DevelopmentPerson, PeopleSource } from './people.js';

/** Shows the people one can be, and takes the choice: the interaction of the authorization code flow. */
export function loginPage(provider: Provider, people: PeopleSource) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const known = await people();
    const { prompt } = await provider.interactionDetails(request, response);
    if (prompt.name !== 'login') throw new Error(`The development issuer asks for nothing but a login, not ${prompt.name}.`);
    if (request.method === 'POST') {
      const chosen = new URLSearchParams(await text(request)).get('sub');
      const person = known.find(({ sub }) => sub === chosen);
      if (person) return provider.interactionFinished(request, response, { login: { accountId: person.sub } });
    }
    response
      .writeHead(200, {
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        // No form-action: browsers apply it to the redirection to the client too.
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
      })
      .end(page(known));
  };
}

function page(people: readonly DevelopmentPerson[]): string {
  const insured = people.filter(({ role }) => role === 'insured');
  const agents = people.filter(({ role }) => role !== 'insured');
  return `<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Connexion de développement — ISU</title>
<style>
body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; color: #1e1e1e }
p.warning { border-left: .4rem solid #b34000; padding: .5rem 1rem; background: #fff4ec }
button { display: block; width: 100%; text-align: left; font: inherit; padding: .6rem 1rem; margin: .4rem 0; border: 1px solid #777; border-radius: .3rem; background: #fff; cursor: pointer }
button:hover, button:focus-visible { background: #e8edff; outline: .2rem solid #000091 }
</style>
</head>
<body>
<main>
<h1>Qui êtes-vous ?</h1>
<p class="warning">Connexion de développement : aucun mot de passe, que des personnes fictives.</p>
<form method="post">
${section('Agents', agents)}
${section('Assurés', insured)}
</form>
</main>
</body>
</html>`;
}

const section = (title: string, people: readonly DevelopmentPerson[]): string =>
  people.length === 0 ? '' : `<h2>${title}</h2>\n${people.map(choice).join('\n')}`;

const choice = ({ sub, name, account }: DevelopmentPerson): string =>
  `<button name="sub" value="${escaped(sub)}">${escaped(name)}${account ? ` — compte ${escaped(account)}` : ''}</button>`;

const escaped = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
