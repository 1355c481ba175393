import { Module } from '@nestjs/common';
import type { BuiltService, ServiceContext } from '@isu/chassis';
import { BankDetails } from './bank-details/bank-details.js';
import { BankDetailsController } from './bank-details/bank-details.controller.js';
import { BusinessesController } from './businesses/businesses.controller.js';
import { BusinessesService } from './businesses/businesses.service.js';
import { Contacts } from './contacts/contacts.js';
import { ContactsController } from './contacts/contacts.controller.js';
import { EndingsController } from './endings/endings.controller.js';
import { EndingsService } from './endings/endings.service.js';
import { FundsController } from './funds/funds.controller.js';
import { HistoryController } from './history/history.controller.js';
import { History } from './history/history.js';
import { inForceWorker } from './history/in-force-worker.js';
import { subscriptions } from './inbox.js';
import { InsuredPersonsController } from './insured-persons/insured-persons.controller.js';
import { InsuredPersonsService } from './insured-persons/insured-persons.service.js';
import { MandatesController } from './mandates/mandates.controller.js';
import { MandatesService } from './mandates/mandates.service.js';
import { ProposalsController } from './proposals/proposals.controller.js';
import { ProposalsService } from './proposals/proposals.service.js';
import { searchKeysWorker } from './searches/search-keys-worker.js';
import { SearchesController } from './searches/searches.controller.js';
import { SearchesService } from './searches/searches.service.js';
import { SituationsController } from './situations/situations.controller.js';
import { SituationsService } from './situations/situations.service.js';
import { StrikeOffsController } from './strike-offs/strike-offs.controller.js';
import { StrikeOffsService } from './strike-offs/strike-offs.service.js';

@Module({})
class AffiliationModule {}

/** The wiring by hand, read top to bottom. Affiliation asks nobody. */
export function buildAffiliation(context: ServiceContext): BuiltService {
  const history = new History(context);
  const bankDetails = new BankDetails(context, history);
  const persons = new InsuredPersonsService(context, bankDetails, history);
  const proposals = new ProposalsService(context, history);
  const endings = new EndingsService(context, history);
  const strikeOffs = new StrikeOffsService(context, { history, endings });
  return {
    module: {
      module: AffiliationModule,
      controllers: [
        FundsController,
        SearchesController,
        InsuredPersonsController,
        BankDetailsController,
        HistoryController,
        SituationsController,
        ProposalsController,
        BusinessesController,
        ContactsController,
        MandatesController,
        EndingsController,
        StrikeOffsController,
      ],
      providers: [
        { provide: History, useValue: history },
        { provide: BankDetails, useValue: bankDetails },
        { provide: InsuredPersonsService, useValue: persons },
        { provide: SearchesService, useValue: new SearchesService(context) },
        { provide: SituationsService, useValue: new SituationsService(context, history) },
        { provide: ProposalsService, useValue: proposals },
        { provide: BusinessesService, useValue: new BusinessesService(context, history) },
        { provide: Contacts, useValue: new Contacts(context, history) },
        { provide: EndingsService, useValue: endings },
        { provide: StrikeOffsService, useValue: strikeOffs },
        { provide: MandatesService, useValue: new MandatesService(context, history, bankDetails) },
      ],
    },
    subscriptions: subscriptions(strikeOffs),
    workers: [searchKeysWorker(context), inForceWorker(context, history)],
  };
}
