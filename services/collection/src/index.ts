import type { ServiceDefinition } from '@isu/chassis';
import { buildCollection } from './collection.module.js';
import { collectionMigrations } from './migrations/all.js';

/** What is owed, called and paid. */
export const collection: ServiceDefinition = {
  name: 'collection',
  title: 'Recouvrement : ce qui est dû, appelé et payé',
  migrations: collectionMigrations,
  servesAccountView: true,
  build: buildCollection,
};
