import { Day, InvalidValue } from '@isu/values';
import { WrongUsage } from './exit-codes.js';

/** A day given on the command line. */
export function readDay(date: string): Day {
  try {
    return Day.of(date);
  } catch (error) {
    if (error instanceof InvalidValue) throw new WrongUsage(`date refusée ; acceptée : ${error.accepted}`);
    throw error;
  }
}
