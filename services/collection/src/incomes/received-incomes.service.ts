import { Refusal, type Logger } from '@isu/chassis';
import type { Fact } from '@isu/contracts';
import { Day, Money } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { lockGoingOn } from '../accounts/account.table.js';
import type { EstimatesService } from '../estimates/estimates.service.js';
import type { Declaration, IncomesService } from './incomes.service.js';

type Received = Fact<'urssaf-sync.income-received.v1'>;

interface Parts {
  readonly incomes: IncomesService;
  readonly estimates: EstimatesService;
  readonly log: Logger;
}

/** What partners received of people's incomes: declarations and estimates of net-entreprises, incomes that the tax office knows. */
export class ReceivedIncomesService {
  constructor(private readonly parts: Parts) {}

  /**
   * One that the trade refuses changes nothing here, and must not hold up what follows it: the partner's fact stays in everybody's store,
   * and we say that we left it. Accounts not open yet are taken up at opening. Of one account in their order, of many in sets.
   */
  async receive(tx: EntityManager, received: readonly Received[]): Promise<void> {
    const open = await lockGoingOn(
      tx,
      received.map(({ subject }) => subject),
    );
    const ofOpen = received.flatMap((fact): Received[] => {
      const account = open.get(fact.subject);
      return account ? [{ ...fact, subject: account.account }] : [];
    });
    const locked = new Map([...open.values()].map((account) => [account.account, account]));
    for (const round of inRounds(ofOpen)) {
      const declarations = round.filter(({ data }) => data.kind === 'declared' || data.kind === 'tax');
      const answers = await this.parts.incomes.declareAll(tx, declarations.map(declarationOf), locked);
      answers.forEach((answer, rank) => answer instanceof Refusal && this.leave(declarations[rank], answer.code));
      for (const each of round.filter(({ data }) => data.kind === 'estimated')) await this.estimate(tx, each);
      // Taxing ex officio is decided here, and nowhere else.
      for (const each of round.filter(({ data }) => data.kind === 'ex-officio')) this.leave(each, 'not-its-author');
    }
  }

  private async estimate(tx: EntityManager, fact: Received): Promise<void> {
    const { id, subject, correlation, data } = fact;
    const said = { year: data.year, amount: Money.of(data.amount), source: 'net-entreprises' };
    await this.parts.estimates.make(tx, subject, said, { cause: id, correlation }).catch((fault: unknown) => {
      if (!(fault instanceof Refusal)) throw fault;
      this.leave(fact, fault.code);
    });
  }

  private leave(fact: Received | undefined, code: string): void {
    this.parts.log.warn({ factId: fact?.id, correlation: fact?.correlation, code }, 'an income received from a partner was not retained');
  }
}

function declarationOf({ id, subject, correlation, data }: Received): Declaration {
  const { year, amount, kind, receivedOn } = data;
  const said = { year, kind: kind === 'tax' ? kind : ('declared' as const), amount: Money.of(amount), declaredOn: Day.of(receivedOn) };
  return {
    account: subject,
    said: { ...said, source: kind === 'tax' ? 'tax-office' : 'net-entreprises' },
    trace: { cause: id, correlation },
  };
}

/** Facts of one account one after the other, one of each account at a time. */
function inRounds(facts: readonly Received[]): Received[][] {
  const rounds: Received[][] = [];
  const told = new Map<string, number>();
  for (const fact of facts) {
    const round = told.get(fact.subject) ?? 0;
    told.set(fact.subject, round + 1);
    (rounds[round] ??= []).push(fact);
  }
  return rounds;
}
