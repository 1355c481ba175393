import type { Bus } from '@isu/messaging';
import { HttpHost } from './http/http-host.js';
import { createLogger, type Logger } from './logs/logger.js';
import { ServiceMetrics } from './metrics/service-metrics.js';
import type { Hosted } from './hosting.js';
import type { Environment, ServiceDefinition } from './service.js';
import { ProcessSettings } from './settings/process-settings.js';
import { ServiceSettings } from './settings/service-settings.js';
import { ConfigurationRefused, readSettings, type Variables, type WrongSetting } from './settings/settings.js';
import { startFront, type FrontDefinition } from './start-front.js';
import { startService } from './start-service.js';
import { Steps } from './steps.js';
import { startTracing } from './tracing/tracing.js';

export interface BusWanted {
  readonly service: string;
  readonly variables: Variables;
  readonly log: Logger;
  readonly metrics: ServiceMetrics;
}

/** How the process reaches the broker. Whoever composes the process decides which one it is. */
export type OpenBus = (wanted: BusWanted) => Promise<Bus>;

/** The longest that a stop may take before the process goes anyway: whoever started it will not wait longer. */
const patienceMs = 10_000;

/** The `main.ts` of a service in a process of its own: one port, and a stop that leaves nothing half done. */
export const runService = <S extends ServiceSettings>(definition: ServiceDefinition<S>, openBus: OpenBus): Promise<void> =>
  runAlone(definition, openBus, (environment) => startService(definition, environment));

/** The `main.ts` of a front: its pages stand at the root of its port. */
export const runFront = <S extends ServiceSettings>(definition: FrontDefinition<S>, openBus: OpenBus): Promise<void> =>
  runAlone(definition, openBus, async (place) => {
    const front = await startFront(definition, place);
    place.http.mountRoot(front.pages);
    return front;
  });

async function runAlone<S extends ServiceSettings>(
  { name, settings }: Hosted<S>,
  openBus: OpenBus,
  start: (environment: Environment) => Promise<{ stop(): Promise<void> }>,
): Promise<void> {
  const variables = process.env;
  const told = settingsOrExit(settings ?? ServiceSettings, variables);
  const { port, host, environment, logLevel } = told;
  const log = createLogger({ level: logLevel, service: name });
  exitOnFault(log);
  try {
    const steps = new Steps();
    const http = new HttpHost({ expects: [name], production: environment === 'production' });
    log.info({ port: (await http.listen(port, host)).port }, 'listening');
    const metrics = new ServiceMetrics(http.registry, name);
    const tracing = await startTracing({ settings: told, log, count: (outcome, spans) => metrics.spans(outcome, spans) });
    const bus = await openBus({ service: name, variables, log, metrics });
    const service = await start({ variables, bus, http, log });
    steps.started('tracing', () => tracing.stop());
    steps.started('bus', () => bus.close());
    steps.started('http', () => http.close());
    steps.started(name, () => service.stop());
    stopOnSignal(log, () => steps.undo(log));
  } catch (error) {
    if (error instanceof ConfigurationRefused) process.stderr.write(`${error.message}\n`);
    else log.error({ error }, 'the service could not start');
    process.exit(1);
  }
}

/** A fault that nobody caught: the state of the process is unknown, so it ends, and what starts it starts it again. */
export function exitOnFault(log: Logger): void {
  const fatal = (error: unknown) => {
    log.error({ error }, 'a fault that nobody caught ends the process');
    process.exit(1);
  };
  process.on('uncaughtException', fatal);
  process.on('unhandledRejection', fatal);
}

/** SIGTERM and SIGINT stop once; a second one, or ten seconds, end the process there and then. */
export function stopOnSignal(log: Logger, stop: () => Promise<void>): void {
  let stopping = false;
  const onSignal = () => {
    if (stopping) process.exit(1);
    stopping = true;
    setTimeout(() => {
      log.error({}, 'the stop took too long');
      process.exit(1);
    }, patienceMs).unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ error }, 'the stop failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}

/** What is wrong for the process and for the service is told at once. */
function settingsOrExit(ofService: new () => ServiceSettings, variables: Variables): ProcessSettings {
  const wrong: WrongSetting[] = [];
  const read = <T extends object>(type: new () => T): T | undefined => {
    try {
      return readSettings(type, variables);
    } catch (error) {
      if (!(error instanceof ConfigurationRefused)) throw error;
      wrong.push(...error.wrong.filter(({ variable }) => !wrong.some((known) => known.variable === variable)));
      return undefined;
    }
  };
  read(ofService);
  const settings = read(ProcessSettings);
  if (settings && wrong.length === 0) return settings;
  process.stderr.write(`${new ConfigurationRefused(wrong).message}\n`);
  return process.exit(1);
}
