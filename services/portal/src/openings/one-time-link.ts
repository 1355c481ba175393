import { randomBytes } from 'node:crypto';

/** What a person proves by having it: that the mailbox, or the letter-box, is theirs. */
export interface OneTimeLink {
  readonly kind: 'link' | 'letter';
  readonly account: string;
  readonly personId: string;
  readonly sealedEmail: Buffer | null;
  readonly endsAt: Date;
  readonly usedAt: Date | null;
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** A letter takes days on the road. */
export const lifetimeMs: Readonly<Record<OneTimeLink['kind'], number>> = { link: 30 * minuteMs, letter: 30 * dayMs };

export const isUsable = ({ usedAt, endsAt }: OneTimeLink, now: Date): boolean => usedAt === null && now < endsAt;

export const newToken = (): string => randomBytes(32).toString('base64url');

/** Without I, L, O and U, which are read as others: twelve letters are 60 bits, for a guesser whose tries are counted. */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export const newCode = (): string => {
  const signs = [...randomBytes(12)].map((byte) => letters[byte % 32] ?? '').join('');
  return `${signs.slice(0, 4)}-${signs.slice(4, 8)}-${signs.slice(8)}`;
};

/** As it is kept, however it was typed: with or without dashes, in capitals or not, an O for a zero. */
export function canonicalToken(typed: string): string {
  const code = typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  return code.length === 12 ? code : typed.trim();
}
