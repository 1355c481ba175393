import type { KnownFlows, Logger } from '@isu/chassis';
import { Ledger } from '@isu/ledger';
import type { FactStore } from '@isu/messaging';
import type { BusinessClock } from '@isu/values';
import type { DataSource } from 'typeorm';
import { AccountingDaysService } from './accounting/accounting-days.service.js';
import { CreditsService } from './accounting/credits.service.js';
import { AccountsService } from './accounts/accounts.service.js';
import { AssessmentsService } from './assessments/assessments.service.js';
import { takeUp } from './inbox.js';
import { EstimatesService } from './estimates/estimates.service.js';
import { UnderEstimatesService } from './estimates/under-estimates.service.js';
import { ExOfficioService } from './ex-officio/ex-officio.service.js';
import { IncomesService } from './incomes/incomes.service.js';
import { ReceivedIncomesService } from './incomes/received-incomes.service.js';
import { MergesService } from './merges/merges.service.js';
import { MovedMoneyService } from './merges/moved-money.service.js';
import { OnlinePaymentsService } from './online-payments/online-payments.service.js';
import { PaymentsService } from './payments/payments.service.js';
import { RejectedOrdersService } from './payments/rejected-orders.service.js';
import { ReleasesService } from './payments/releases.service.js';
import { ReversalsService } from './payments/reversals.service.js';
import { ExaminationsService } from './returns/examinations.service.js';
import { ReturnsService } from './returns/returns.service.js';
import { refundCases } from './refunds/refund-cases.js';
import { accountWorks } from './runs/account-work.js';
import { RunsService } from './runs/runs.service.js';
import { MessagesOfTheLiving } from './notices/messages-of-the-living.js';
import { PeriodicityService } from './schedules/periodicity.service.js';
import { SchedulesService } from './schedules/schedules.service.js';
import { RemissionsService } from './surcharges/remissions.service.js';
import { SurchargesService } from './surcharges/surcharges.service.js';
import { MissingTurnoversService } from './turnovers/missing-turnovers.service.js';
import { ReceivedTurnoversService } from './turnovers/received-turnovers.service.js';
import { TurnoverCallsService } from './turnovers/turnover-calls.service.js';
import { TurnoversService } from './turnovers/turnovers.service.js';

/** What the domain of collection is given from outside. */
export interface Surroundings {
  readonly db: DataSource;
  readonly facts: FactStore;
  readonly flows: Pick<KnownFlows, 'read'>;
  readonly clock: BusinessClock;
  readonly log: Logger;
}

/** The wiring by hand, read top to bottom: who calls whom. */
export function useCases({ db, facts, flows, clock, log }: Surroundings) {
  const ledger = new Ledger(clock);
  const assessments = new AssessmentsService(ledger, clock);
  const releases = new ReleasesService({ facts, ledger, clock });
  const credits = new CreditsService({ db, facts, ledger, clock });
  const schedules = new SchedulesService(assessments, facts, clock, { releases, credits });
  const messages = new MessagesOfTheLiving(db, clock);
  const incomes = new IncomesService({ facts, clock, schedules });
  const estimates = new EstimatesService({ db, facts, clock, schedules, messages });
  const underEstimates = new UnderEstimatesService(schedules, clock);
  const exOfficio = new ExOfficioService({ facts, flows, clock, schedules, messages });
  const calls = new TurnoverCallsService(assessments, schedules);
  const turnovers = new TurnoversService({ facts, clock, calls, messages });
  const missing = new MissingTurnoversService({ clock, calls, messages });
  const received = new ReceivedIncomesService({ incomes, estimates, log });
  const receivedTurnovers = new ReceivedTurnoversService({ turnovers, log });
  const periodicity = new PeriodicityService(schedules, clock);
  const returns = new ReturnsService({ facts, clock, messages, periodicity });
  const reversals = new ReversalsService({ facts, ledger, clock, schedules, returns });
  const payments = new PaymentsService({ facts, ledger, clock, reversals, log });
  const taking = takeUp({ received, receivedTurnovers, payments, reversals });
  const accounts = new AccountsService({ facts, clock, schedules, turnoverCalls: calls, takeUp: taking });
  const surcharges = new SurchargesService({ facts, flows, ledger, clock, messages, releases, credits });
  const money = new MovedMoneyService({ facts, ledger, clock, payments, reversals });
  const merges = new MergesService({ facts, clock, schedules, money, turnovers, surcharges, messages });
  const remissions = new RemissionsService({ surcharges, clock, messages });
  const days = new AccountingDaysService({ db, facts, ledger, clock, credits });
  const works = accountWorks({ clock, schedules, exOfficio, missing });
  const runs = new RunsService({ db, clock, works });
  return {
    messages,
    schedules,
    accounts,
    incomes,
    received,
    receivedTurnovers,
    rejectedOrders: new RejectedOrdersService({ messages, clock }),
    estimates,
    underEstimates,
    exOfficio,
    turnovers,
    missing,
    onlinePayments: new OnlinePaymentsService({ facts, clock }),
    payments,
    reversals,
    returns,
    examinations: new ExaminationsService({ facts, clock, returns }),
    periodicity,
    surcharges,
    remissions,
    merges,
    credits,
    ...refundCases({ facts, ledger, clock, credits, messages }),
    days,
    works,
    runs,
  };
}
