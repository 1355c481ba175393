import { Day, type BusinessClock } from '@isu/values';

const dayMs = 86_400_000;

/**
 * A clock that stands still until a test moves it. The business day and the wall clock are set apart, as in the demo where
 * May 2016 is lived on today's machine.
 */
export class FakeClock implements BusinessClock {
  private businessDay: Day;
  private wallMs: number;

  /** Starts at ten in the morning UTC of the business day, unless the wall clock is given. */
  constructor(day: string, wall = `${day}T10:00:00.000Z`) {
    this.businessDay = Day.of(day);
    this.wallMs = Date.parse(wall);
  }

  today(): Day {
    return this.businessDay;
  }

  now(): Date {
    return new Date(this.wallMs);
  }

  recordedAt(): string {
    return `${this.businessDay.iso}T${this.now().toISOString().slice(11)}`;
  }

  /** Moves the business day alone, as ISU_TODAY does. */
  setDay(day: string): void {
    this.businessDay = Day.of(day);
  }

  /** Time passes on the wall; the business day follows when midnight UTC is passed. */
  pass({ days = 0, seconds = 0, ms = 0 }: { days?: number; seconds?: number; ms?: number }): void {
    const before = Math.floor(this.wallMs / dayMs);
    this.wallMs += days * dayMs + seconds * 1_000 + ms;
    const nights = Math.floor(this.wallMs / dayMs) - before;
    if (nights !== 0) this.businessDay = this.businessDay.plusDays(nights);
  }
}
