import type { RequestHandler } from '@isu/chassis';
import { escaped, plainPages } from './plain-page.js';
import type { DemoPerson } from './population/population.js';

interface WelcomeParts {
  readonly services: readonly { readonly name: string; readonly title: string }[];
  readonly people: () => readonly DemoPerson[];
  readonly today: () => string;
}

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 62rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { line-height: 1.2; } code { font-size: .95em; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .35rem .75rem .35rem 0; vertical-align: top; border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent); }
.wide { overflow-x: auto; }`;

const show = plainPages(style);

/** The page at the root of the embedded system: what runs here, who lives in it, how to look at it. */
export function welcomePage(parts: WelcomeParts): RequestHandler {
  return (request, response) => {
    const path = (request.url ?? '/').split('?', 1)[0];
    const found = path === '/' && (request.method === 'GET' || request.method === 'HEAD');
    if (found) show(response, { title: 'ISU — l’interlocuteur social unique', main: page(parts) });
    else show(response, { status: 404, title: 'Page inconnue', main: '<h1>Page inconnue</h1><p><a href="/">Retour à l’accueil</a></p>' });
  };
}

const page = ({ services, people, today }: WelcomeParts): string =>
  `<h1>ISU — l’interlocuteur social unique</h1>
<p>Un seul compte, tenu ensemble par le RSI et l’Urssaf. Ce système de démonstration vit le <strong>${escaped(today())}</strong> ; personne
n’y est réel. <a href="/health/ready">État de santé</a> · <a href="/metrics">mesures</a> · <a href="/oidc/.well-known/openid-configuration">émetteur de jetons</a></p>
<h2>Écrans</h2>
<ul>
<li><a href="/mon-compte">Mon compte</a>, pour les personnes ci-dessous</li>
<li><a href="/bureau">Le bureau des agents</a> du RSI, de l’Urssaf et de la cellule mixte</li>
<li><a href="/simulateur">Le simulateur</a> de cotisations, ouvert à tous</li>
<li><a href="/delais">Du paiement aux droits</a> : le délai de chaque paiement, ouvert à tous</li>
<li><a href="/courrier">Le courrier</a> que le système a envoyé</li>
</ul>
<h2 id="services">Services</h2>
<div class="wide" role="region" aria-labelledby="services" tabindex="0"><table><thead><tr><th>Service</th><th>Rôle</th><th>API</th></tr></thead><tbody>
${services.map(serviceRow).join('\n')}
</tbody></table></div>
<h2 id="people">Personnes de la démonstration</h2>
<p>Pour voir un compte tel que les trois services le tiennent : <code>npm run --silent isu -- account NUMÉRO</code>. Pour un jeton de
développement : <code>npm run --silent isu -- token --role agent-national</code>.</p>
<div class="wide" role="region" aria-labelledby="people" tabindex="0"><table><thead><tr><th>Compte</th><th>Personne</th><th>Situation</th></tr></thead><tbody>
${people().map(personRow).join('\n')}
</tbody></table></div>`;

const serviceRow = ({ name, title }: { name: string; title: string }): string =>
  `<tr><td><code>${name}</code></td><td>${escaped(title)}</td><td><a href="/api/${name}/docs">documentation</a> · <a href="/api/${name}/v1/openapi.json">OpenAPI 3.1</a></td></tr>`;

const personRow = ({ account, name, about }: DemoPerson): string =>
  `<tr><td><code>${escaped(account)}</code></td><td>${escaped(name)}</td><td>${escaped(about)}</td></tr>`;
