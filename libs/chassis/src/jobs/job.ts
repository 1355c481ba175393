import type { Day } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { Calendar } from './calendar.js';

/** Anything JSON can hold: where a job stood, so that another process can go on from there. */
export type Checkpoint = Readonly<Record<string, unknown>>;

/** What a job did, in numbers and short words, by French name: « comptes vus ». Nothing personal. */
export type Figures = Readonly<Record<string, number | string>>;

/** Work that a service owes for each date of a calendar. Doing a date twice has the effect of doing it once. */
export interface Job {
  /** kebab-case, alone of its name in the service. */
  readonly name: string;
  /** In French. */
  readonly title: string;
  readonly calendar: Calendar;
  /** Whether the date must be over before its work can be done: what closes a day, what compares the books of a day. */
  readonly onceOver?: boolean;
  /**
   * Whether the work of a date takes in that of the dates before it: it looks at how things stand by then. Dates that nobody has done are done with
   * the last one; of any other job each date is done for itself, in order.
   */
  readonly takesInEarlier?: boolean;
  /** A refusal is an outcome of the date; any other fault is tried again, at growing pauses, and later dates wait behind it. */
  run(turn: JobTurn): Promise<Figures>;
}

export interface Advance {
  /** Where the work stands after this step; null when nothing is left. */
  readonly checkpoint: Checkpoint | null;
  /** How much is done, and of how much where that is known. */
  readonly done?: number;
  readonly total?: number | null;
}

/** One date's work while this process holds it. */
export interface JobTurn {
  readonly date: Day;
  /** The same for every attempt at this run: what it says is found by it. */
  readonly correlation: string;
  /** Where an earlier process stood; null at the beginning. */
  readonly checkpoint: Checkpoint | null;
  /** Aborted when the hold is lost or the service stops. */
  readonly signal: AbortSignal;
  /**
   * One transaction of the work, with how far it brings us. It begins by making sure that the run is still ours and keeps it so until
   * it ends: a process that wakes up after its lease writes nothing. Throws `HoldLost`.
   */
  step<A extends Advance>(work: (tx: EntityManager) => Promise<A>): Promise<A>;
  /** The same assurance for a transaction that the work opens by itself. Throws `HoldLost`. */
  held(tx: EntityManager): Promise<void>;
}

/** Makes sure, inside a transaction, that the run on whose behalf it writes is still ours; of who was asked directly, that is always so. */
export type Held = JobTurn['held'];
export const heldByNobody: Held = () => Promise.resolve();

/** Somebody else may hold this run, or the service is stopping: nothing more may be written. */
export class HoldLost extends Error {
  constructor(readonly because: 'lease-over' | 'stopping') {
    super(because === 'stopping' ? 'The service is stopping; the run is gone on with later.' : 'The lease of this run is over.');
    this.name = 'HoldLost';
  }
}
