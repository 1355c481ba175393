import type { DynamicModule } from '@nestjs/common';
import type { Author } from '@isu/contracts';
import type { Bus, Failpoints, FactStore, LocksFirst, Migration, RestoredAuthorSettings, RightOfWay, Subscriptions } from '@isu/messaging';
import type { EntitySchema } from 'typeorm';
import type { Creations } from './creations/creations.js';
import type { KnownFlows } from './flows/known-flows.js';
import type { OnFolded } from './fingerprints/fingerprint-worker.js';
import type { OnRebuild } from './fingerprints/rebuild-job.js';
import type { HostContext, Place } from './hosting.js';
import type { Job } from './jobs/job.js';
import type { RestPeers } from './peers/rest-peers.js';
import type { AccessJournal } from './security/journal/access-journal.js';
import type { ServiceSettings } from './settings/service-settings.js';
import type { Worker } from './workers/worker.js';

/** Everything the chassis needs to know of a service; each service exports exactly one of these. */
export interface ServiceDefinition<S extends ServiceSettings = ServiceSettings> {
  readonly name: Author;
  /** In French: the title of the OpenAPI document and of the welcome page. */
  readonly title: string;
  /** The service's own tables; those of messaging, security and the chassis come before them. */
  readonly migrations: readonly Migration[];
  readonly entities?: readonly EntitySchema[];
  /** The settings class, when the service has settings beyond those that every service has. */
  readonly settings?: new () => S;
  /** Whether `GET /v1/accounts/{account}/view` stands here (collection, benefits, urssaf-sync). */
  readonly servesAccountView: boolean;
  build(context: ServiceContext<S>): BuiltService;
}

export interface BuiltService {
  readonly module: DynamicModule;
  readonly subscriptions: Subscriptions;
  /** What the handlers of a run lock, all of it in one order before the first of them. */
  readonly locksFirst?: LocksFirst;
  /** Own facts that came back after a restore from an old backup, in the transaction that keeps them: what was derived from them is rebuilt. */
  readonly onRecovered?: RestoredAuthorSettings['onRecovered'];
  readonly workers?: readonly Worker[];
  /** What is kept beside the stored fingerprint of an account, in its transaction: for what is compared set by set. */
  readonly onFolded?: OnFolded;
  /** Accounts are taken up from their facts again: what else is derived from facts alone is dropped, and derived or left to the fold. */
  readonly onRebuild?: OnRebuild;
  /** What is owed for the dates of a calendar, or done on demand. */
  readonly jobs?: readonly Job[];
}

/** What the chassis hands to a service when it is built. Nothing else reaches the domain from outside. */
export interface ServiceContext<S extends ServiceSettings = ServiceSettings> extends HostContext<S> {
  readonly name: Author;
  readonly facts: FactStore;
  readonly peers: RestPeers;
  readonly flows: KnownFlows;
  readonly creations: Creations;
  readonly journal: AccessJournal;
  /** For work that somebody waits for and that is long: what shares the process with it makes room. */
  readonly way: RightOfWay;
}

export interface Environment extends Place {
  readonly bus: Bus;
  /** For fault rounds: where the exchange of facts dies or waits. */
  readonly failpoints?: Failpoints;
}

export interface RunningService {
  readonly context: ServiceContext;
  /** Leaves nothing half done: workers, then HTTP, then the consumer and the relay, then the pool; within ten seconds. */
  stop(): Promise<void>;
}
