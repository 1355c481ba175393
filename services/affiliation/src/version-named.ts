import { refuse } from '@isu/chassis';

/** The version that `If-Match` names. A strong tag that is not one of ours names a version that nobody has read (RFC 9110, 13.1.1). */
export function versionNamed(ifMatch: string | undefined): number | undefined {
  if (ifMatch === undefined) return undefined;
  const version = /^"(\d{1,9})"$/.exec(ifMatch)?.[1];
  if (version === undefined) throw refuse('precondition-failed');
  return Number(version);
}
