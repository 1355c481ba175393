import { Module, type DynamicModule } from '@nestjs/common';
import { FactStore, Parking } from '@isu/messaging';
import { DataSource } from 'typeorm';
import { Creations } from '../creations/creations.js';
import { KnownFlows } from '../flows/known-flows.js';
import { JobsController } from '../jobs/jobs.controller.js';
import { Jobs } from '../jobs/jobs.js';
import type { ServiceContext } from '../service.js';
import { AccountsController } from './accounts.controller.js';
import { FactsController } from './facts.controller.js';
import { FingerprintsController } from './fingerprints.controller.js';
import { SetAsideController } from './set-aside.controller.js';
import { TimelineController } from './timeline.controller.js';
import { clockToken } from './tokens.js';

interface StandardRooms {
  readonly context: ServiceContext;
  readonly parking: Parking;
  readonly servesAccountView: boolean;
  readonly jobs: Jobs;
}

@Module({})
class StandardRoomsModule {}

/** The routes that stand in every service. What they need can be asked for by the service's own controllers too. */
export const standardRooms = ({ context, parking, servesAccountView, jobs }: StandardRooms): DynamicModule => ({
  module: StandardRoomsModule,
  global: true,
  controllers: [
    FactsController,
    SetAsideController,
    JobsController,
    ...(servesAccountView ? [AccountsController, TimelineController, FingerprintsController] : []),
  ],
  providers: [
    { provide: DataSource, useValue: context.db },
    { provide: FactStore, useValue: context.facts },
    { provide: KnownFlows, useValue: context.flows },
    { provide: Creations, useValue: context.creations },
    { provide: Parking, useValue: parking },
    { provide: Jobs, useValue: jobs },
    { provide: clockToken, useValue: context.clock },
  ],
  exports: [DataSource, FactStore, KnownFlows, Creations, Jobs],
});
