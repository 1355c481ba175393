import { createPrivateKey, randomUUID } from 'node:crypto';
import type { BusinessClock } from '@isu/values';
import { SignJWT } from 'jose';

/** As the issuer takes them: long enough for a slow clock, too short to be worth stealing. */
const lifetimeS = 60;

/** Our word to the issuer that we have signed this insured person in (RFC 7523). It can say nothing else of anybody. */
export function asserting({ key, issuer, clock }: { key: string; issuer: string; clock: Pick<BusinessClock, 'now'> }) {
  const privateKey = createPrivateKey(key);
  return (account: string): Promise<string> => {
    const nowS = Math.floor(clock.now().getTime() / 1000);
    return new SignJWT({})
      .setProtectedHeader({ alg: 'EdDSA' })
      .setIssuer('portal')
      .setSubject(`insured:${account}`)
      .setAudience(issuer)
      .setJti(randomUUID())
      .setIssuedAt(nowS)
      .setExpirationTime(nowS + lifetimeS)
      .sign(privateKey);
  };
}
