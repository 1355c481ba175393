/** The issuer could not be asked. We then know neither that a token is good nor that it is bad: the answer is 503, never a way in. */
export class IssuerUnavailable extends Error {
  constructor(cause: unknown) {
    super('The identity issuer cannot be reached', { cause });
  }
}

export interface IssuerEndpoints {
  readonly jwks: URL;
  readonly token: URL;
}

/** Reads the issuer's discovery document (OpenID Connect Discovery 1.0, section 4), which must be that of this very issuer. */
export async function endpointsOf(issuer: string): Promise<IssuerEndpoints> {
  try {
    const answer = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, {
      redirect: 'error',
      signal: AbortSignal.timeout(5_000),
    });
    if (!answer.ok) throw new Error(`The discovery document answered ${answer.status}.`);
    const document = (await answer.json()) as Record<string, unknown>;
    if (document.issuer !== issuer) throw new Error('The discovery document is that of another issuer.');
    return { jwks: new URL(String(document.jwks_uri)), token: new URL(String(document.token_endpoint)) };
  } catch (cause) {
    throw new IssuerUnavailable(cause);
  }
}
