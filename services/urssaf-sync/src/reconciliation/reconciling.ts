import type { ServiceContext } from '@isu/chassis';
import { AnomalyBook } from '../anomalies/anomaly-book.js';
import { openByType } from '../anomalies/anomaly.table.js';
import { Corrections } from '../anomalies/corrections.js';
import { PaymentsInTransit, transitWatchJob } from '../anomalies/payments-in-transit.js';
import { neverCalledWatchJob, PeopleNeverCalled } from '../anomalies/people-never-called.js';
import { approvedByKind } from '../anomalies/proposal.table.js';
import { WorklistController } from '../anomalies/worklist.controller.js';
import { WorklistService } from '../anomalies/worklist.service.js';
import { ReturnedDebits } from '../rejected-orders/returned-debits.js';
import { CopiesReader } from './copies-reader.js';
import { countDiverged } from './copy-difference.table.js';
import { InsideReconciliation } from './inside.js';
import { insideReconciliationJob } from './inside-job.js';
import { OutsideReconciliation } from './outside.js';
import { outsideReconciliationJob } from './outside-job.js';
import { keepBalances } from './our-balances.js';
import { ReconciliationController } from './reconciliation.controller.js';
import { ReconciliationService } from './reconciliation.service.js';

/** The wiring of what compares, and of what the cell does with what was found. */
export function reconciling(context: ServiceContext) {
  const { db, clock, facts, peers, metrics } = context;
  const book = new AnomalyBook({ facts, clock });
  const worklist = new WorklistService({ clock, book, corrections: new Corrections({ facts, clock }) });
  const inTransit = new PaymentsInTransit({ book, clock });
  const neverCalled = new PeopleNeverCalled(book);
  const inside = new InsideReconciliation({ reader: new CopiesReader({ db, facts, peers }), book, clock });
  const outside = new OutsideReconciliation({ facts, book });
  const reconciliation = new ReconciliationService({ db, inside, outside });
  metrics.gauge('isu_anomalies_open', () => openByType(db.manager));
  metrics.gauge('isu_corrections_made', () => approvedByKind(db.manager));
  metrics.gauge('isu_copies_diverged', () => countDiverged(db.manager));
  return {
    controllers: [WorklistController, ReconciliationController],
    providers: [
      { provide: WorklistService, useValue: worklist },
      { provide: ReconciliationService, useValue: reconciliation },
    ],
    inTransit,
    neverCalled,
    returnedDebits: new ReturnedDebits(book),
    onFolded: keepBalances,
    jobs: [
      insideReconciliationJob(inside, db),
      outsideReconciliationJob(outside, db),
      transitWatchJob(inTransit),
      neverCalledWatchJob(neverCalled),
    ],
  };
}
