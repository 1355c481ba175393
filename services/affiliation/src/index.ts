import { outgoingMessageMigration, type ServiceDefinition } from '@isu/chassis';
import { buildAffiliation } from './affiliation.module.js';
import { insuredPersons } from './migrations/0001-insured-persons.js';
import { findingAPerson } from './migrations/0002-finding-a-person.js';
import { businessesContactsMandates } from './migrations/0004-businesses-contacts-mandates.js';
import { strikeOffs } from './migrations/0005-strike-offs.js';
import { newsAndMessages } from './migrations/0006-news-and-messages.js';
import { acreNirMerges } from './migrations/0007-acre-nir-merges.js';
import { rowsFollowTheHolder } from './migrations/0008-rows-follow-the-holder.js';
import { cfeFiles } from './migrations/0009-cfe-files.js';
import { stagedRegistrations } from './migrations/0010-staged-registrations.js';
import { whoseSpouse } from './migrations/0011-whose-spouse.js';
import { personChanges } from './migrations/0003-person-changes.js';

/** Who is insured, since when, under which scheme. */
export const affiliation: ServiceDefinition = {
  name: 'affiliation',
  title: 'Affiliation : qui est assuré, depuis quand, sous quel régime',
  migrations: [
    insuredPersons,
    findingAPerson,
    personChanges,
    businessesContactsMandates,
    strikeOffs,
    newsAndMessages,
    acreNirMerges,
    rowsFollowTheHolder,
    cfeFiles,
    outgoingMessageMigration,
    stagedRegistrations,
    whoseSpouse,
  ],
  servesAccountView: false,
  build: buildAffiliation,
};

export { fundFor, funds, type Fund } from './funds/fund.js';
