import type { KeyObject } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { apiResource, assertionGrant, tokenExchangeGrant } from '@isu/chassis';
import type Provider from 'oidc-provider';
import { apiServer, configurationFor, type IssuerClients } from './configuration.js';
import { developmentGrant, exchangeForService, grantOnAssertion, mintForDevelopment, type Claims, type GrantParts } from './grants.js';
import { openKeeping, secretOf } from './keeping.js';
import { loginPage } from './login-page.js';
import { developmentAgents, type PeopleSource } from './people.js';
import { loadOidcProvider, withoutItsNotices } from './oidc-provider.js';

/** Raised when anything says that this is not a developer's machine. */
export class NotForProduction extends Error {}

export interface IssuerOptions extends Partial<IssuerClients> {
  /** The issuer's identifier and address, as its clients see it: `http://127.0.0.1:8080/oidc`. */
  readonly url: string;
  /** Where keys and secrets are kept between starts. */
  readonly folder: string;
  /** `ISU_ENV`. Anything but `development` refuses. */
  readonly environment: string;
  readonly people?: PeopleSource;
  /** The public key of the portal, which may then assert the insured people that it has signed in (RFC 7523). */
  readonly portalKey?: KeyObject;
}

export interface DevelopmentIssuer {
  readonly url: string;
  /** For a `node:http` server; takes addresses with or without the path of `url`. */
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void;
  /** The secret of a service or of a partner's client (`partner-urssaf`). */
  secretOf(client: string): string;
}

/** A real OpenID Connect provider for a developer's machine, which hands a token to whoever asks. Refuses to exist elsewhere. */
export async function openIssuer(options: IssuerOptions): Promise<DevelopmentIssuer> {
  refuseOutsideDevelopment(options.environment);
  const { url, people = () => developmentAgents } = options;
  const path = new URL(url).pathname.replace(/\/$/, '');
  const keeping = await openKeeping(options.folder);
  const { services = [], partners = [], portalRedirects = [] } = options;
  const decided = new WeakMap<object, Claims>();
  const { Provider, errors } = await loadOidcProvider();
  const configuration = configurationFor({ keeping, clients: { services, partners, portalRedirects }, people, path, decided });
  const provider = withoutItsNotices(() => new Provider(url, configuration));
  addGrants({ provider, errors, keys: keeping.signingKeys, portalKey: options.portalKey, issue: issuing(provider, decided) });
  return { url, handle: handlerOf(provider, people, path), secretOf: (client) => secretOf(keeping, client) };
}

function refuseOutsideDevelopment(environment: string): void {
  if (environment === 'development' && process.env.NODE_ENV !== 'production') return;
  throw new NotForProduction('L’émetteur de jetons de développement ne démarre qu’en développement (ISU_ENV=development).');
}

function addGrants(parts: GrantParts): void {
  const minted = ['role', 'org', 'funds', 'account', 'purpose', 'sub', 'partner', 'resource'];
  parts.provider.registerGrantType(developmentGrant, mintForDevelopment(parts), minted);
  parts.provider.registerGrantType(tokenExchangeGrant, exchangeForService(parts), ['subject_token', 'subject_token_type', 'resource']);
  parts.provider.registerGrantType(assertionGrant, grantOnAssertion(parts), ['assertion', 'resource']);
}

const issuing =
  (provider: Provider, decided: WeakMap<object, Claims>): GrantParts['issue'] =>
  async (context, claims, lifetimeS) => {
    const resourceServer = new provider.ResourceServer(apiResource, apiServer);
    const token = new provider.ClientCredentials({ client: context.oidc.client, resourceServer, expiresIn: lifetimeS });
    decided.set(token, claims);
    context.body = { access_token: await token.save(), token_type: 'Bearer', expires_in: lifetimeS };
  };

function handlerOf(provider: Provider, people: PeopleSource, path: string): DevelopmentIssuer['handle'] {
  const oidc = provider.callback();
  const login = loginPage(provider, people);
  return (request, response) => {
    const address = request.url ?? '/';
    const inside = address.startsWith(`${path}/`) ? address.slice(path.length) : address;
    if (inside.startsWith('/interaction/')) return void login(request, response).catch(() => refuseLogin(response));
    // The library finds where it is mounted as express tells it: by what `url` lacks of `originalUrl`.
    void oidc(Object.assign(request, { url: inside, originalUrl: `${path}${inside}` }), response);
  };
}

/** The cookie is gone, or the login took an hour: it must begin again where it began. */
function refuseLogin(response: ServerResponse): void {
  if (response.headersSent) return void response.destroy();
  response.writeHead(400, { 'content-type': 'text/plain; charset=utf-8' }).end('Cette connexion a expiré : recommencez depuis le site.');
}
