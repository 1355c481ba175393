import { Module } from '@nestjs/common';
import type { BuiltService, ServiceContext } from '@isu/chassis';
import { BankDetails } from './bank-details/bank-details.js';
import { BankDetailsController } from './bank-details/bank-details.controller.js';
import { FundsController } from './funds/funds.controller.js';
import { InsuredPersonsController } from './insured-persons/insured-persons.controller.js';
import { InsuredPersonsService } from './insured-persons/insured-persons.service.js';
import { searchKeysWorker } from './searches/search-keys-worker.js';
import { SearchesController } from './searches/searches.controller.js';
import { SearchesService } from './searches/searches.service.js';

@Module({})
class AffiliationModule {}

/** The wiring by hand, read top to bottom. Affiliation asks nobody: it keeps the others' facts and reacts to none. */
export function buildAffiliation(context: ServiceContext): BuiltService {
  const bankDetails = new BankDetails(context);
  const persons = new InsuredPersonsService(context, bankDetails);
  return {
    module: {
      module: AffiliationModule,
      controllers: [FundsController, SearchesController, InsuredPersonsController, BankDetailsController],
      providers: [
        { provide: BankDetails, useValue: bankDetails },
        { provide: InsuredPersonsService, useValue: persons },
        { provide: SearchesService, useValue: new SearchesService(context) },
      ],
    },
    subscriptions: {},
    workers: [searchKeysWorker(context)],
  };
}
