import { hash } from 'node:crypto';

/** `sha256` of the contracts by Node's own hand, ten times as fast: every fact is hashed where it is written and where it is read. */
export const sha256 = (content: string | Uint8Array): string => hash('sha256', content);
