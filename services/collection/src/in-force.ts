import { Day } from '@isu/values';

/** The entry of a dated list, oldest first, that is in force on a day; none before the first. */
export const inForceOn = <T extends { readonly from: string }>(entries: readonly T[], day: Day): T | undefined =>
  entries.findLast(({ from }) => Day.of(from).atMost(day));
