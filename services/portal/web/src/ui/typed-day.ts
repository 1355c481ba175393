import { isDay } from '@isu/values';

/** A day that somebody means: while a year is being typed, a date field passes through the first centuries (`0002`, `0020`, `0201`). */
export const isDayTyped = (text: string): boolean => isDay(text) && /^(?:19|20)/.test(text);
