import { Module } from '@nestjs/common';
import { holdingFundsOf, OutgoingMessages, OutgoingMessagesController, type BuiltService, type ServiceContext } from '@isu/chassis';
import { AcreRequestsController } from './acre/acre-requests.controller.js';
import { AcreRequestsService } from './acre/acre-requests.service.js';
import { BankDetails } from './bank-details/bank-details.js';
import { BankDetailsController } from './bank-details/bank-details.controller.js';
import { BusinessesController } from './businesses/businesses.controller.js';
import { BusinessesService } from './businesses/businesses.service.js';
import { CarryingOut } from './cfe-files/carrying-out.js';
import { CfeFilesController } from './cfe-files/cfe-files.controller.js';
import { CfeFilesService } from './cfe-files/cfe-files.service.js';
import { CreationsInARow } from './cfe-files/creations-in-a-row.js';
import { Formalities } from './cfe-files/formalities.js';
import { Contacts } from './contacts/contacts.js';
import { ContactsController } from './contacts/contacts.controller.js';
import { EndingsController } from './endings/endings.controller.js';
import { EndingsService } from './endings/endings.service.js';
import { FundMessagesController } from './fund-messages/fund-messages.controller.js';
import { FundMessagesService } from './fund-messages/fund-messages.service.js';
import { FundsController } from './funds/funds.controller.js';
import { GuideController } from './guide/guide.controller.js';
import { Guide } from './guide/guides.js';
import { HistoryController } from './history/history.controller.js';
import { History } from './history/history.js';
import { inForceWorker } from './history/in-force-worker.js';
import { HouseholdController } from './household/household.controller.js';
import { HouseholdService } from './household/household.service.js';
import { subscriptions } from './inbox.js';
import { InsuredPersonsController } from './insured-persons/insured-persons.controller.js';
import { InsuredPersonsService } from './insured-persons/insured-persons.service.js';
import { Registrations } from './insured-persons/registrations.js';
import { Letters } from './letters/letters.js';
import { MandatesController } from './mandates/mandates.controller.js';
import { MandatesService } from './mandates/mandates.service.js';
import { RefusedMandates } from './mandates/refused-mandates.js';
import { MergesController } from './merges/merges.controller.js';
import { MergesService } from './merges/merges.service.js';
import { NewsController } from './news/news.controller.js';
import { NewsService } from './news/news.service.js';
import { PortalOpenings } from './openings/portal-openings.js';
import { PortalOpeningsController } from './openings/portal-openings.controller.js';
import { ProposalsController } from './proposals/proposals.controller.js';
import { ProposalsService } from './proposals/proposals.service.js';
import { RefusedAffiliationController } from './refusals-of-affiliation/refused-affiliation.controller.js';
import { RefusedAffiliations } from './refusals-of-affiliation/refused-affiliations.js';
import { searchKeysWorker } from './searches/search-keys-worker.js';
import { SearchesController } from './searches/searches.controller.js';
import { SearchesService } from './searches/searches.service.js';
import { SituationsController } from './situations/situations.controller.js';
import { SituationsService } from './situations/situations.service.js';
import { SpousesController } from './spouses/spouses.controller.js';
import { SpousesService } from './spouses/spouses.service.js';
import { StrikeOffsController } from './strike-offs/strike-offs.controller.js';
import { StrikeOffsService } from './strike-offs/strike-offs.service.js';

@Module({})
class AffiliationModule {}

const controllers = [
  FundsController,
  SearchesController,
  InsuredPersonsController,
  BankDetailsController,
  CfeFilesController,
  HistoryController,
  SituationsController,
  ProposalsController,
  BusinessesController,
  ContactsController,
  MandatesController,
  EndingsController,
  StrikeOffsController,
  NewsController,
  FundMessagesController,
  OutgoingMessagesController,
  AcreRequestsController,
  GuideController,
  HouseholdController,
  MergesController,
  PortalOpeningsController,
  RefusedAffiliationController,
  SpousesController,
];

/** The wiring by hand, read top to bottom. Affiliation asks nobody. */
export function buildAffiliation(context: ServiceContext): BuiltService {
  const history = new History(context);
  const messages = new OutgoingMessages(context.db, context.clock);
  const letters = new Letters(messages, context.clock);
  const bankDetails = new BankDetails(context, history);
  const registrations = new Registrations(context, letters);
  const persons = new InsuredPersonsService(context, { bankDetails, registrations });
  const proposals = new ProposalsService(context, history);
  const mandates = new MandatesService(context, history, bankDetails);
  const endings = new EndingsService(context, history, letters);
  const strikeOffs = new StrikeOffsService(context, { history, endings, letters });
  const acre = new AcreRequestsService(context, history);
  const situations = new SituationsService(context, history);
  const businesses = new BusinessesService(context, history);
  const contacts = new Contacts(context, history);
  const spouses = new SpousesService(context, history);
  const formalities = new Formalities(context, { persons, situations, proposals, businesses, contacts, endings, acre, spouses });
  const creations = new CreationsInARow(context, { formalities, registrations });
  const carrying = new CarryingOut(context, { formalities, creations, holding: holdingFundsOf(context.db, context.clock) });
  const cfeFiles = new CfeFilesService(context, { carrying });
  const providers = [
    { provide: History, useValue: history },
    { provide: BankDetails, useValue: bankDetails },
    { provide: InsuredPersonsService, useValue: persons },
    { provide: SearchesService, useValue: new SearchesService(context) },
    { provide: SituationsService, useValue: situations },
    { provide: ProposalsService, useValue: proposals },
    { provide: BusinessesService, useValue: businesses },
    { provide: Contacts, useValue: contacts },
    { provide: CfeFilesService, useValue: cfeFiles },
    { provide: OutgoingMessages, useValue: messages },
    { provide: NewsService, useValue: new NewsService(context) },
    { provide: FundMessagesService, useValue: new FundMessagesService(context, { history, messages }) },
    { provide: AcreRequestsService, useValue: acre },
    { provide: Guide, useValue: new Guide(context, history) },
    { provide: HouseholdService, useValue: new HouseholdService(context, history) },
    { provide: MergesService, useValue: new MergesService(context, { history, proposals, mandates, messages }) },
    { provide: PortalOpenings, useValue: new PortalOpenings(context) },
    { provide: RefusedAffiliations, useValue: new RefusedAffiliations(context, { history, letters }) },
    { provide: SpousesService, useValue: spouses },
    { provide: EndingsService, useValue: endings },
    { provide: StrikeOffsService, useValue: strikeOffs },
    { provide: MandatesService, useValue: mandates },
  ];
  return {
    module: { module: AffiliationModule, controllers, providers },
    subscriptions: subscriptions(strikeOffs, new RefusedMandates(context, history)),
    workers: [searchKeysWorker(context), inForceWorker(context, history), acre.worker(), carrying.worker()],
  };
}
