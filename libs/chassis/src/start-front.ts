import type { DynamicModule, INestApplication } from '@nestjs/common';
import type { Bus, Migration } from '@isu/messaging';
import { createApplication } from './application.js';
import { readiness, type Check } from './health/readiness.js';
import { inSteps, openHost, ping, startWorkers, type HostContext, type Hosted, type Place } from './hosting.js';
import type { RequestHandler } from './http/http-host.js';
import type { ServiceSettings } from './settings/service-settings.js';
import type { Worker } from './workers/worker.js';

/**
 * What stands between people and the services: it has a schema, routes and workers like a service, and is the author of nothing.
 * So it has no facts, no relay, no inbox, and no route of those that authors have; it brings its own guards.
 */
export interface FrontDefinition<S extends ServiceSettings = ServiceSettings> extends Hosted<S> {
  /** In French: the title of its OpenAPI document. */
  readonly title: string;
  /** The cookie by which it knows who comes. */
  readonly cookie: string;
  readonly migrations: readonly Migration[];
  build(context: FrontContext<S>): BuiltFront | Promise<BuiltFront>;
}

export interface FrontContext<S extends ServiceSettings = ServiceSettings> extends HostContext<S> {
  /** For its news alone: what is missed is missed. */
  readonly bus: Bus;
}

export interface BuiltFront {
  /** In the order in which their guards are asked: who comes, then what they bring. */
  readonly modules: readonly DynamicModule[];
  /** Routes that its guards cannot judge, as `Controller.handler: why`; with any of them, the start is refused. */
  readonly unguarded: (app: INestApplication) => readonly string[];
  /** What is served beside the API, at the root of the port. */
  readonly pages: RequestHandler;
  readonly workers?: readonly Worker[];
  readonly checks?: Readonly<Record<string, Check>>;
  /** Ends the answers that would last for ever, so that a stop need not wait for them. */
  hangUp?(): void;
}

export interface FrontPlace extends Place {
  readonly bus: Bus;
}

export interface RunningFront {
  /** Whoever composes the process says where at the root they stand. */
  readonly pages: RequestHandler;
  stop(): Promise<void>;
}

export function startFront<S extends ServiceSettings>(definition: FrontDefinition<S>, place: FrontPlace): Promise<RunningFront> {
  return inSteps(definition, place, async (settings, log, steps) => {
    const { name, title, cookie, migrations } = definition;
    const host = await openHost({ hosted: definition, place, migrations, settings, log, steps });
    const context = { ...host.context, bus: place.bus };
    const built = await definition.build(context);
    const application = await createApplication({
      ...{ name, title, log, metrics: context.metrics, production: settings.environment === 'production', knownBy: { cookie } },
      ...{ modules: built.modules, unguarded: built.unguarded },
    });
    steps.started('application', () => application.close());
    startWorkers(built.workers ?? [], steps, place);

    const ready = () => readiness({ database: () => ping(context), ...built.checks });
    steps.started('routes', place.http.mount({ name, prefix: `/api/${name}`, handle: application.handle, ready }));
    steps.started('streams', async () => built.hangUp?.());
    log.info({ businessDay: context.clock.today().iso }, 'the front is started');
    return { pages: built.pages, stop: () => steps.undo(log) };
  });
}
