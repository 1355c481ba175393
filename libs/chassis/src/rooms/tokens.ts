/** What Nest cannot find by its class. */
export const clockToken = Symbol('isu:business-clock');
export const setAsideToken = Symbol('isu:set-aside');
