import { Day, type BusinessClock } from '@isu/values';
import { parisDay, parisInstant, parisTimeOfDayMs } from './paris.js';

/**
 * The only place that reads the machine's clock. Without a business day, today is today in Paris and a fact is recorded at
 * the real instant; with one (ISU_TODAY), facts are recorded on that day, at the time of day of the wall.
 */
export function systemClock(businessDay?: string): BusinessClock {
  const moved = businessDay === undefined ? undefined : Day.of(businessDay);
  return clockOn(() => moved);
}

/** The clock of a seeding, which lives through years of history in seconds: it stands on the day it was last moved to. */
export class MovableClock implements BusinessClock {
  private day: Day | undefined;
  private readonly clock = clockOn(() => this.day);

  moveTo(day: Day): void {
    this.day = day;
  }

  /** Back to the real day in Paris. */
  release(): void {
    this.day = undefined;
  }

  today(): Day {
    return this.clock.today();
  }

  now(): Date {
    return this.clock.now();
  }

  recordedAt(): string {
    return this.clock.recordedAt();
  }
}

function clockOn(businessDay: () => Day | undefined): BusinessClock {
  const now = () => new Date();
  return {
    now,
    today: () => businessDay() ?? Day.of(parisDay(now())),
    recordedAt: () => {
      const [day, wall] = [businessDay(), now()];
      const instant = day === undefined ? wall : parisInstant(day.iso, parisTimeOfDayMs(wall));
      return instant.toISOString();
    },
  };
}
