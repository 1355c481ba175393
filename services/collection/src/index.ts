import type { ServiceDefinition } from '@isu/chassis';
import { buildCollection } from './collection.module.js';
import { CollectionSettings } from './settings.js';
import { collectionMigrations } from './migrations/all.js';

/** What is owed, called and paid. */
export const collection: ServiceDefinition<CollectionSettings> = {
  name: 'collection',
  title: 'Recouvrement : ce qui est dû, appelé et payé',
  migrations: collectionMigrations,
  settings: CollectionSettings,
  servesAccountView: true,
  build: buildCollection,
};
