import type { Page } from '../../../src/face/parts.js';

/** Whether a page came without a part that another moment may bring: its service was away, slow, or had not heard of the account yet. */
export function lacksAPart(answer: unknown): boolean {
  if (!isPage(answer)) return false;
  return Object.values(answer.parts).some((part) => part?.state === 'missing');
}

const isPage = (answer: unknown): answer is Page<Readonly<Record<string, { readonly state?: unknown } | null>>> =>
  typeof answer === 'object' && answer !== null && 'parts' in answer && typeof answer.parts === 'object' && answer.parts !== null;
