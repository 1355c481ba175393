import { Module } from '@nestjs/common';
import {
  AccessJournal,
  FolderOfLetters,
  letterWorker,
  OutgoingMessages,
  OutgoingMessagesController,
  type BuiltService,
  type Logger,
  type ServiceContext,
  type Worker,
} from '@isu/chassis';
import { AccountingDaysController } from './accounting/accounting-days.controller.js';
import { AccountingDaysService } from './accounting/accounting-days.service.js';
import { AssessmentsController } from './assessments/assessments.controller.js';
import { businessClock, CashCalendarsController } from './cash-calendars/cash-calendars.controller.js';
import { bankRooms } from './debits/bank-rooms.js';
import { DebitRunsController } from './debits/debit-runs.controller.js';
import { DebitsController } from './debits/debits.controller.js';
import { PresentingService } from './debits/presenting.service.js';
import { EstimatesController } from './estimates/estimates.controller.js';
import { EstimatesService } from './estimates/estimates.service.js';
import { UnderEstimatesService } from './estimates/under-estimates.service.js';
import { ExOfficioController } from './ex-officio/ex-officio.controller.js';
import { ExOfficioService } from './ex-officio/ex-officio.service.js';
import { locksFirst, subscriptions } from './inbox.js';
import { IncomesController } from './incomes/incomes.controller.js';
import { IncomesService } from './incomes/incomes.service.js';
import { jobs } from './jobs.js';
import { Addressees } from './notices/addressees.js';
import { NoticesController } from './notices/notices.controller.js';
import { OnlinePaymentsController, paymentPage } from './online-payments/online-payments.controller.js';
import { OnlinePaymentsService } from './online-payments/online-payments.service.js';
import { SignedPaymentPage } from './online-payments/payment-page.js';
import { PaymentsController } from './payments/payments.controller.js';
import { ReceiptsController } from './receipts/receipts.controller.js';
import { RefundsController } from './refunds/refunds.controller.js';
import { RefundsService } from './refunds/refunds.service.js';
import { ExaminationsService } from './returns/examinations.service.js';
import { RunsController } from './runs/runs.controller.js';
import { RunsService } from './runs/runs.service.js';
import { PeriodicityService } from './schedules/periodicity.service.js';
import { SchedulesController } from './schedules/schedules.controller.js';
import type { CollectionSettings } from './settings.js';
import { StatementsController } from './statements/statements.controller.js';
import { RemissionsService } from './surcharges/remissions.service.js';
import { SurchargesController } from './surcharges/surcharges.controller.js';
import { SurchargesService } from './surcharges/surcharges.service.js';
import { TurnoversController } from './turnovers/turnovers.controller.js';
import { TurnoversService } from './turnovers/turnovers.service.js';
import { DebtsController } from './unmatched-money/debts.controller.js';
import { tellMoneyToMatch } from './unmatched-money/money-to-match-figures.js';
import { useCases } from './use-cases.js';

@Module({})
class CollectionModule {}

/** What stands where: the use cases behind the routes and behind the events. */
export function buildCollection(context: ServiceContext<CollectionSettings>): BuiltService {
  const [built, addressees] = [useCases(context), new Addressees(context.peers, context.log)];
  const [bank, { lettersFolder }] = [bankRooms(context, built), context.settings];
  tellMoneyToMatch(context);
  return {
    module: {
      module: CollectionModule,
      controllers: [
        IncomesController,
        EstimatesController,
        ExOfficioController,
        TurnoversController,
        AssessmentsController,
        SchedulesController,
        NoticesController,
        CashCalendarsController,
        PaymentsController,
        OnlinePaymentsController,
        ReceiptsController,
        DebtsController,
        StatementsController,
        AccountingDaysController,
        SurchargesController,
        DebitsController,
        DebitRunsController,
        RefundsController,
        RunsController,
        OutgoingMessagesController,
      ],
      providers: [
        { provide: AccessJournal, useValue: context.journal },
        { provide: IncomesService, useValue: built.incomes },
        { provide: OutgoingMessages, useValue: built.messages },
        { provide: EstimatesService, useValue: built.estimates },
        { provide: UnderEstimatesService, useValue: built.underEstimates },
        { provide: ExOfficioService, useValue: built.exOfficio },
        { provide: TurnoversService, useValue: built.turnovers },
        { provide: businessClock, useValue: context.clock },
        { provide: Addressees, useValue: addressees },
        { provide: PeriodicityService, useValue: built.periodicity },
        { provide: AccountingDaysService, useValue: built.days },
        { provide: SurchargesService, useValue: built.surcharges },
        { provide: RemissionsService, useValue: built.remissions },
        { provide: ExaminationsService, useValue: built.examinations },
        { provide: PresentingService, useValue: bank.presenting },
        { provide: RefundsService, useValue: built.refunds },
        { provide: RunsService, useValue: built.runs },
        { provide: OnlinePaymentsService, useValue: built.onlinePayments },
        { provide: paymentPage, useValue: paymentPageOf(context.settings) },
      ],
    },
    subscriptions: subscriptions(built),
    locksFirst,
    workers: [
      ...(lettersFolder === undefined ? [] : [letters(built.messages, { addressees, folder: lettersFolder, log: context.log })]),
      ...bank.workers,
    ],
    jobs: jobs({ ...built, ...bank }),
  };
}

/** Null where nothing is paid online. */
const paymentPageOf = ({ paymentPageUrl: url, paymentOrderKey: key }: CollectionSettings) =>
  url === undefined || key === undefined ? null : new SignedPaymentPage(url, key);

/** Letters to a folder, each with the name that affiliation gives at that moment. */
const letters = (
  messages: OutgoingMessages,
  { addressees, folder, log }: { addressees: Addressees; folder: string; log: Logger },
): Worker => letterWorker({ messages, port: new FolderOfLetters(folder), addressOf: (account) => addressees.addressOf(account), log });
