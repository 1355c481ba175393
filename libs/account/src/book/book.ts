import type { TakenFacts } from '../taken-facts.js';
import { anomaliesOf, type Anomaly } from './anomalies.js';
import { assessmentsOf, type Assessment } from './assessments.js';
import { balanceOf, type Balance } from './balance.js';
import { incomesOf, type Income } from './incomes.js';
import { instalmentsOf, type Instalment } from './instalments.js';
import { moneyReceived, placementsOf } from './money-received.js';
import { movementsOf, type Movement } from './movements.js';
import { paymentsOf, type Payment } from './payments.js';
import { periodsOf, type Period } from './periods.js';
import { personOf, type Person } from './person.js';
import { refundedByPayment, refundsOf, type Refund } from './refunds.js';
import { reversalsReportedOf, type ReversalReported } from './reversals-reported.js';
import { issuedSchedules, schedulesOf, type Schedule } from './schedules.js';
import { surchargeMovements, surchargesOf, type SurchargeOwed } from './surcharges.js';

/** What both organisations know of an account, whatever the day. Parts and paragraphs of docs/account/README.md go together. */
export interface Book {
  readonly person: Person | null;
  readonly incomes: readonly Income[];
  readonly assessments: readonly Assessment[];
  readonly schedules: readonly Schedule[];
  readonly instalments: readonly Instalment[];
  readonly payments: readonly Payment[];
  readonly refunds: readonly Refund[];
  readonly reversalsReported: readonly ReversalReported[];
  readonly surcharges: readonly SurchargeOwed[];
  readonly periods: readonly Period[];
  readonly movements: readonly Movement[];
  readonly anomalies: readonly Anomaly[];
  readonly balance: Balance;
}

export function bookOf(taken: TakenFacts): Book {
  const assessments = assessmentsOf(taken);
  const issued = issuedSchedules(taken);
  const received = moneyReceived(taken);
  const placements = received.flatMap(placementsOf);
  const refunds = refundsOf(taken);
  const payments = paymentsOf(received, refundedByPayment(refunds));
  const surcharges = surchargesOf(taken, placements);
  const periods = periodsOf(assessments, { placements, surcharges });
  return {
    person: personOf(taken),
    incomes: incomesOf(taken),
    assessments,
    schedules: schedulesOf(issued),
    instalments: instalmentsOf(issued, placements),
    payments,
    refunds,
    reversalsReported: reversalsReportedOf(taken),
    surcharges,
    periods,
    movements: movementsOf(assessments, received, surchargeMovements(taken)),
    anomalies: anomaliesOf(taken),
    balance: balanceOf(periods, payments, refunds),
  };
}
