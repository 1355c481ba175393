import { Refusal, type Logger } from '@isu/chassis';
import type { Fact } from '@isu/contracts';
import { Money } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { lockGoingOn } from '../accounts/account.table.js';
import type { TurnoversService } from './turnovers.service.js';

type Received = Fact<'urssaf-sync.turnover-received.v1'>;

interface Parts {
  readonly turnovers: TurnoversService;
  readonly log: Logger;
}

/** The turnovers that a partner received of micro-entrepreneurs. */
export class ReceivedTurnoversService {
  constructor(private readonly parts: Parts) {}

  /** Each as if it had been declared here. One that the trade refuses changes nothing and holds up nothing; accounts not open yet are taken up at opening. */
  async receive(tx: EntityManager, received: readonly Received[]): Promise<void> {
    const open = await lockGoingOn(tx, received.map(({ subject }) => subject)); // prettier-ignore
    for (const fact of received) {
      const account = open.get(fact.subject);
      if (account) await this.declare(tx, { ...fact, subject: account.account });
    }
  }

  private async declare(tx: EntityManager, { id, subject, correlation, data }: Received): Promise<void> {
    const said = { period: data.period, activity: data.activity, amount: Money.of(data.amount), source: 'autoentrepreneur' };
    // A savepoint: what is refused half-way leaves nothing of itself.
    await tx
      .transaction((inner) => this.parts.turnovers.declare(inner, subject, said, { cause: id, correlation }))
      .catch((fault: unknown) => {
        if (!(fault instanceof Refusal)) throw fault;
        this.parts.log.warn({ factId: id, correlation, code: fault.code }, 'a turnover received from a partner was not retained');
      });
  }
}
