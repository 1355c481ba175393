import { apiResource, assertionGrant, audience, tokenExchangeGrant } from '@isu/chassis';
import type { ClientMetadata, Configuration, ResourceServer } from 'oidc-provider';
import { assertingClient, developmentClient, developmentGrant, type Claims } from './grants.js';
import { secretOf, type IssuerKeeping } from './keeping.js';
import { claimsOf, type PeopleSource } from './people.js';

export interface IssuerClients {
  /** Names of services; each is a client of that name. */
  readonly services: readonly string[];
  /** Names of partners; the client of `urssaf` is `partner-urssaf`. */
  readonly partners: readonly string[];
  /** Where the portal may be called back after a login. */
  readonly portalRedirects: readonly string[];
}

interface ConfigurationParts {
  readonly keeping: IssuerKeeping;
  readonly clients: IssuerClients;
  readonly people: PeopleSource;
  readonly path: string;
  /** The claims that a grant of ours decided for this token. */
  readonly decided: WeakMap<object, Claims>;
}

const hourS = 3600;
const lifetimesS = {
  AccessToken: 600,
  AuthorizationCode: 60,
  ClientCredentials: 600,
  Grant: 8 * hourS,
  IdToken: hourS,
  Interaction: hourS,
  RefreshToken: 8 * hourS,
  Session: 8 * hourS,
};

/** Our API, as the library describes a resource. */
export const apiServer: ResourceServer = { scope: 'api', audience, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'ES256' } } };

/** oidc-provider as this issuer wants it: access tokens are JWTs for the audience `isu`, and say the claims of docs/security-tokens.md. */
export function configurationFor({ keeping, clients, people, path, decided }: ConfigurationParts): Configuration {
  const person = async (sub: string) => (await people()).find((known) => known.sub === sub);
  return {
    clients: clientList(clients, keeping),
    jwks: { keys: keeping.signingKeys as NonNullable<Configuration['jwks']>['keys'] },
    cookies: {
      keys: [secretOf(keeping, 'cookies')],
      names: { session: 'isu_oidc', interaction: 'isu_oidc_login', resume: 'isu_oidc_resume' },
    },
    claims: { openid: ['sub'], profile: ['name'] },
    scopes: ['openid', 'profile', 'api'],
    pkce: { required: () => true },
    clientBasedCORS: () => false,
    interactions: { url: (_, { uid }) => `${path}/interaction/${uid}` },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      revocation: { enabled: true },
      rpInitiatedLogout: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => apiResource,
        useGrantedResource: () => true,
        getResourceServerInfo: () => apiServer,
      },
    },
    // Who has a client that keeps secrets keeps a refresh token too, so that an access token need not live long.
    issueRefreshToken: async (_, client) => client.grantTypeAllowed('refresh_token'),
    ttl: lifetimesS,
    formats: {
      customizers: {
        jwt: async (_, token, { payload }) => {
          const ofPerson = token.kind === 'AccessToken' ? await person(token.accountId) : undefined;
          const claims = decided.get(token) ?? (ofPerson ? claimsOf(ofPerson) : clientClaims(String(token.clientId)));
          Object.assign(payload, claims);
        },
      },
    },
    findAccount: async (_, sub) => {
      const known = await person(sub);
      return known && { accountId: sub, claims: () => ({ sub, name: known.name }) };
    },
    renderError: (context, { error }) => {
      context.type = 'text/plain; charset=utf-8';
      context.body = `Cette demande de connexion n’est pas acceptable (${error}).`;
    },
    // Every client here is ours: nobody is asked for a consent.
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({ clientId: oidc.client?.clientId, accountId: oidc.session?.accountId });
      grant.addOIDCScope('openid profile');
      grant.addResourceScope(apiResource, 'api');
      await grant.save();
      return grant;
    },
  };
}

/** A client that asks in its own name. */
function clientClaims(clientId: string): Claims {
  const partner = /^partner-(.+)$/.exec(clientId)?.[1];
  if (partner !== undefined) return { sub: `partner:${partner}`, org: 'partner', role: 'partner-system', funds: [] };
  const sub = `service:${clientId}`;
  return { sub, org: 'isu', role: 'service', funds: [], act: { sub } };
}

function clientList({ services, partners, portalRedirects }: IssuerClients, keeping: IssuerKeeping): ClientMetadata[] {
  const inItsOwnName = { redirect_uris: [], response_types: [], token_endpoint_auth_method: 'client_secret_post' } as const;
  const confidential = (client_id: string, grant_types: string[]): ClientMetadata => ({
    ...inItsOwnName,
    client_id,
    grant_types,
    client_secret: secretOf(keeping, client_id),
  });
  return [
    ...services.map((name) => confidential(name, ['client_credentials', tokenExchangeGrant])),
    ...partners.map((name) => confidential(`partner-${name}`, ['client_credentials'])),
    { ...inItsOwnName, client_id: developmentClient, grant_types: [developmentGrant], token_endpoint_auth_method: 'none' },
    ...(portalRedirects.length === 0
      ? []
      : [
          {
            client_id: assertingClient,
            client_secret: secretOf(keeping, assertingClient),
            redirect_uris: [...portalRedirects],
            grant_types: ['authorization_code', 'refresh_token', 'client_credentials', tokenExchangeGrant, assertionGrant],
            response_types: ['code' as const],
            token_endpoint_auth_method: 'client_secret_post' as const,
          },
        ]),
  ];
}
