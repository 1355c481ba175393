import type { MoneyRecord } from '@isu/contracts';
import { Day, Quarter } from '@isu/values';
import type { PartnerSeries } from '../partner-series.js';
import type { SystemClient } from '../system-client.js';
import { askPartner } from './acts.js';
import { CalledInstalments } from './called-instalments.js';
import { movesFor, type PaymentMove } from './conduct.js';
import { inLanes, tellIncomes, tellTurnovers, type Declaring } from './declaring.js';
import { untilDone, untilHeard, type DemonstrationDays } from './days.js';
import { formalitiesOf, type Formality } from './formalities.js';
import { moveIn, type FormalitiesCentre, type Inhabitant } from './moving-in.js';
import { settleHowTheyPay } from './paying.js';
import { declarationDays, type InventedPerson } from './person.js';

/** The doors through which years are lived. */
export interface Doors {
  readonly client: SystemClient;
  readonly centre: FormalitiesCentre;
  readonly days: DemonstrationDays;
  readonly seed: number;
  /** Of net-entreprises; absent, incomes are keyed one by one. */
  readonly incomes: PartnerSeries | null;
  /** Of the portal of micro-entrepreneurs; absent, turnovers are keyed one by one. */
  readonly turnovers: PartnerSeries | null;
  /** Where money is banked: the simulated Urssaf at its address, or its series where nobody plays it; null: nobody pays. */
  readonly bank: { readonly partner: string } | { readonly series: PartnerSeries } | null;
  readonly tell: (text: string) => void;
}

/** What was done in these years. */
export interface YearsLived {
  readonly inhabitants: readonly Inhabitant[];
  readonly refused: number;
  readonly formalities: number;
  readonly incomes: number;
  readonly turnovers: number;
  readonly payments: number;
}

/** Days between two batches of a partner: the patience of a daily flow, so that none ever looks late. */
const daysBetweenBatches = 2;

/**
 * Lives forward month after month, each act on its day: people begin, change and end, declare in May or late, pay what was called in the way
 * that is theirs. Days that are past already are not lived again: what was interrupted goes on where it stood, and what is told twice is one.
 */
export class LivingYears {
  private readonly inhabitants: Inhabitant[] = [];
  private readonly called: CalledInstalments;
  private readonly counts = { refused: 0, formalities: 0, incomes: 0, turnovers: 0, payments: 0 };
  private moves: PaymentMove[] = [];
  /** Due dates through this day are met. */
  private metThrough: string;
  /** The last day that the system had left behind it when it was asked for. */
  private passed: Day;
  /** The last day that was asked for. */
  private stoodOn: Day;
  private waiting: { readonly person: InventedPerson; readonly rest: Formality[] }[];

  constructor(
    private readonly doors: Doors,
    private readonly life: { readonly arrival: Day; readonly end: Day },
    people: readonly InventedPerson[],
  ) {
    this.called = new CalledInstalments(doors.client);
    this.passed = life.arrival.minusDays(1);
    this.stoodOn = life.arrival;
    this.metThrough = this.passed.iso;
    this.waiting = people.map((person, at) => ({ person, rest: this.toTell(person, people[at + 1]) }));
  }

  async live(): Promise<YearsLived> {
    const { arrival, end } = this.life;
    await this.tellFormalities(arrival);
    await untilDone(this.doors.client);
    if (await this.isLived(arrival)) {
      await settleHowTheyPay(this.doors, this.inhabitants);
      await this.declare(arrival.year, null, arrival);
      await this.tellTurnovers([1, 2, 3, 4].map((number) => Quarter.of(arrival.year - 1, number)));
      if (arrival.month > 1) await this.doors.turnovers?.send(arrival.firstOfMonth().minusDays(1).iso, []);
      await this.pay(arrival);
    }
    for (let month = arrival.firstOfMonth(); month.isBefore(end); month = month.plusMonths(1)) await this.liveMonth(month);
    await untilDone(this.doors.client);
    await untilHeard(this.doors.client);
    return { inhabitants: this.inhabitants, ...this.counts };
  }

  private async liveMonth(month: Day): Promise<void> {
    const last = Day.min(month.lastOfMonth(), this.life.end);
    const begin = month.plusDays(1);
    this.doors.tell(`${last.iso} : ${String(this.inhabitants.length)} personnes\n`);
    if (begin.isAfter(this.life.arrival)) {
      const isLived = await this.reach(begin);
      await this.tellFormalities(begin);
      if (isLived) await this.tellTurnoversOf(month.minusDays(1));
    }
    for (const day of declarationDays) {
      const on = Day.of(`${String(month.year)}-${day}`);
      if (on.month === month.month && on.isAfter(this.life.arrival) && on.atMost(last) && (await this.reach(on)))
        await this.declare(month.year, day, on);
    }
    await this.reach(last);
  }

  /** Lives through that day, the partners telling of what was on the way: true when the system lives on it now, false when it had passed. */
  private async reach(day: Day): Promise<boolean> {
    for (let on = this.stoodOn.plusDays(daysBetweenBatches); on.isBefore(day); on = on.plusDays(daysBetweenBatches))
      if (await this.isLived(on)) await this.tellOf(on);
    await untilDone(this.doors.client);
    const isLived = await this.isLived(day);
    if (isLived) await this.tellOf(day);
    return isLived;
  }

  /** The system lives on that day now; false when it has passed. */
  private async isLived(day: Day): Promise<boolean> {
    const isLived = await this.doors.days.moveTo(day);
    if (!isLived) this.passed = day;
    this.stoodOn = day;
    return isLived;
  }

  /** What was banked through a day; and that nobody declared, when nobody is about to. */
  private async tellOf(day: Day): Promise<void> {
    await this.pay(day);
    if (!declarationDays.some((on) => day.iso.endsWith(on))) await this.doors.incomes?.send(day.iso, []);
  }

  /** Before the arrival only an end counts: nobody else's past is told to a centre. */
  private toTell(person: InventedPerson, spouse: InventedPerson | undefined): Formality[] {
    const { arrival, end } = this.life;
    return formalitiesOf(person, { through: end.iso, spouse }).filter(({ on, line }) => on >= arrival.iso || line.type === 'cessation');
  }

  private async tellFormalities(day: Day): Promise<void> {
    const begun = this.waiting.filter(({ person }) => person.startedOn <= day.iso && !this.known.has(person.rank));
    const { inhabitants, refused } = await this.moveInOn(day, begun.map(({ person }) => person)); // prettier-ignore
    this.inhabitants.push(...inhabitants);
    if (!day.equals(this.life.arrival)) await settleHowTheyPay(this.doors, inhabitants);
    this.counts.refused += refused.length;
    for (const { person } of begun) this.known.add(person.rank);
    const lines = this.waiting.flatMap(({ rest }) => rest.splice(0, rest.filter(({ on }) => on <= day.iso).length)).map(({ line }) => line);
    if (lines.length === 0) return;
    const outcomes = await this.doors.centre.tell(lines, day.iso);
    this.counts.formalities += outcomes.filter(({ account }) => account !== null).length;
  }

  private readonly known = new Set<number>();

  private async moveInOn(day: Day, people: readonly InventedPerson[]) {
    return people.length === 0 ? { inhabitants: [], refused: [] } : moveIn(this.doors.centre, people, day.iso);
  }

  /**
   * The incomes of the year before, by those who tell them on that day; at the arrival by all who had begun, who say nothing more of that year:
   * told again on another day under the same reference, it would contradict what they said.
   */
  private async declare(year: number, on: string | null, day: Day): Promise<void> {
    const declaring = this.inhabitants.flatMap((inhabitant): Declaring[] => {
      const { person } = inhabitant;
      const told = on === null ? day.iso : person.declaresOn(year - 1);
      const isOf = on === null || told === `${String(year)}-${on}`;
      if (on !== null && year === this.life.arrival.year) return [];
      const hadBegun = Number(person.startedOn.slice(0, 4)) < year && Number(person.endsOn.slice(0, 4)) >= year - 1;
      return isOf && hadBegun && person.regime === 'common' ? [{ inhabitant, year: year - 1 }] : [];
    });
    this.counts.incomes += await tellIncomes(this.doors, declaring, day.iso);
  }

  /** Of the quarter that has just ended; at the arrival, of those of the year before: nothing was sold yet. */
  private async tellTurnovers(quarters: readonly Quarter[]): Promise<void> {
    const micro = this.inhabitants.filter(({ person }) => person.regime === 'micro-social');
    this.counts.turnovers += await tellTurnovers(this.doors, micro, { quarters, sellsFrom: this.life.arrival });
  }

  /** With the month that has just ended: a batch each month, with something in it when a quarter ends. */
  private async tellTurnoversOf(lastOfMonth: Day): Promise<void> {
    if (lastOfMonth.month % 3 === 0) await this.tellTurnovers([Quarter.containing(lastOfMonth)]);
    else await this.doors.turnovers?.send(lastOfMonth.iso, []);
  }

  /** What has fallen due is met; what was banked by this day is told, each line with its own. What was met on days that had passed was told then. */
  private async pay(last: Day): Promise<void> {
    const { client, bank } = this.doors;
    if (bank === null) return;
    await untilHeard(client, ['collection']);
    const payers = new Map(this.inhabitants.map(({ account, person }) => [account, person.payer]));
    await this.called.read(new Set(payers.keys()));
    for (const instalment of this.called.due(this.metThrough, last.iso)) {
      const payer = payers.get(instalment.account);
      if (payer) this.moves.push(...movesFor(payer, instalment).filter(({ on }) => on.isAfter(this.passed)));
    }
    this.metThrough = last.iso;
    const banked = this.moves.filter(({ on }) => on.atMost(last)).sort((one, other) => one.on.iso.localeCompare(other.on.iso));
    this.moves = this.moves.filter(({ on }) => on.isAfter(last));
    this.counts.payments += await this.bank(last, banked.map(({ record }) => record)); // prettier-ignore
  }

  /** How many are new to the system: what was told before is a duplicate. */
  private async bank(day: Day, records: readonly MoneyRecord[]): Promise<number> {
    const { bank } = this.doors;
    if (bank === null) return 0;
    if ('series' in bank) {
      const { lines } = await bank.series.send(day.iso, records);
      return lines.filter(({ outcome }) => outcome === 'posted').reduce((sum, { count }) => sum + count, 0);
    }
    // In their order: what comes back was paid before.
    for (const type of ['payment', 'reversal'] as const)
      await inLanes(
        records.filter((record) => record.type === type),
        (record) => askPartner(bank.partner, `/${type}s`, record),
      );
    await askPartner(bank.partner, '/batches', { businessDate: day.iso });
    return records.length;
  }
}
