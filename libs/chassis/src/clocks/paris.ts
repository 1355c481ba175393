/*
 * The civil time of Paris, in which days begin and end for the law. The offset comes from the ICU tables of Node: no
 * table of summer times of our own.
 */
const dayMs = 86_400_000;
const civil = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Paris',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** The wall of Paris at an instant, as milliseconds since 1970-01-01T00:00 in Paris civil time. */
function civilMs(instant: Date): number {
  const part = Object.fromEntries(civil.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) + (((instant.getTime() % 1_000) + 1_000) % 1_000);
}

/** The day it is in Paris, ISO. */
export const parisDay = (instant: Date): string => new Date(civilMs(instant)).toISOString().slice(0, 10);

/** Milliseconds since midnight on the clocks of Paris. */
export const parisTimeOfDayMs = (instant: Date): number => civilMs(instant) % dayMs;

/** The instant at which the clocks of Paris show this time on this day; in the hour that a spring night skips, the hour after. */
export function parisInstant(isoDay: string, timeOfDayMs: number): Date {
  const wanted = Date.parse(`${isoDay}T00:00:00.000Z`) + timeOfDayMs;
  const first = wanted - (civilMs(new Date(wanted)) - wanted);
  return new Date(wanted - (civilMs(new Date(first)) - first));
}

/** The last millisecond of a day in Paris, ISO UTC: "as known on" a day includes all that was learned that day. */
export const endOfDayInParis = (isoDay: string): string => parisInstant(isoDay, dayMs - 1).toISOString();
