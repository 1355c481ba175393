import { Money } from '@isu/values';
import type { Fact } from '@isu/contracts';
import type { SystemClient } from '../system-client.js';
import type { CalledInstalment } from './conduct.js';

const factsAtATime = 500;
const type = 'collection.schedule-issued.v1';

/** What is called of many people, as collection said it: read from its facts, in the order in which it wrote them, those that are new each time. */
export class CalledInstalments {
  private position = '0';
  /** The calendar in force, by account and civil year. */
  private readonly calendars = new Map<string, readonly CalledInstalment[]>();

  constructor(private readonly client: SystemClient) {}

  /** Reads on, and keeps what concerns these accounts. */
  async read(accounts: ReadonlySet<string>): Promise<void> {
    for (;;) {
      const query = `author=collection&position=${this.position}&limit=${String(factsAtATime)}`;
      const { text } = await this.client.get<string>(`/api/collection/v1/facts/from-position?${query}`, { role: 'service' });
      const facts = text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Fact);
      for (const fact of facts) if (isSchedule(fact) && accounts.has(fact.subject)) this.keep(fact);
      this.position = facts.at(-1)?.position ?? this.position;
      if (facts.length < factsAtATime) return;
    }
  }

  /** Due dates after a day, through another, by account and date. */
  *due(after: string, through: string): Generator<CalledInstalment> {
    for (const instalments of this.calendars.values())
      for (const instalment of instalments) if (after < instalment.dueOn && instalment.dueOn <= through) yield instalment;
  }

  private keep({ subject: account, data: { year, instalments } }: Fact<typeof type>): void {
    const called = instalments.map(({ id, dueOn, lines }): CalledInstalment => {
      return { account, id, dueOn, amount: Money.sum(lines.map(({ amount }) => Money.of(amount))).toString() };
    });
    this.calendars.set(`${account} ${String(year)}`, called);
  }
}

const isSchedule = (fact: Fact): fact is Fact<typeof type> => fact.type === type;
