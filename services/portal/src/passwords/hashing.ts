import { hash, verify } from '@node-rs/argon2';
import type { HostContext } from '@isu/chassis';
import { typed } from './password.js';

/** Argon2id as OWASP wants it: 19 MiB, two passes. It runs in libuv's threads, four at once at most, so it stops nobody's request. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Of a password that nobody has: what an unknown e-mail is compared with, so that it costs as much as a known one. */
const nobodys = '$argon2id$v=19$m=19456,t=2,p=1$5fVbPNfTd4fW+vXCiWFgDQ$5rVqtdR+oRemcarbbIjCxbJkSEG3CORuCPon/j1+kEA';

export class Hashing {
  /** How many Argon2 computations were made: the same for a known and an unknown e-mail, which a spec counts. */
  computations = 0;

  constructor(metrics?: HostContext['metrics']) {
    metrics?.gauge('isu_password_computations', () => this.computations);
  }

  async digestOf(password: string): Promise<string> {
    this.computations += 1;
    return hash(typed(password), cost);
  }

  /** Always one computation, whoever it is. */
  async matches(password: string, digest: string | null): Promise<boolean> {
    this.computations += 1;
    const right = await verify(digest ?? nobodys, typed(password));
    return right && digest !== null;
  }
}
