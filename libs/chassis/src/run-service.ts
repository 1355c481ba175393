import type { Bus } from '@isu/messaging';
import { HttpHost } from './http/http-host.js';
import { createLogger, type Logger } from './logs/logger.js';
import type { ServiceDefinition } from './service.js';
import { ProcessSettings } from './settings/process-settings.js';
import { ConfigurationRefused, readSettings, type Variables } from './settings/settings.js';
import type { ServiceSettings } from './settings/service-settings.js';
import { startService } from './start-service.js';

/** How the process reaches the broker. Whoever composes the process decides which one it is. */
export type OpenBus = (variables: Variables, log: Logger) => Promise<Bus>;

/** The longest that a stop may take before the process goes anyway: whoever started it will not wait longer. */
const patienceMs = 10_000;

/** The `main.ts` of a service in a process of its own: one port, and a stop that leaves nothing half done. */
export async function runService<S extends ServiceSettings>(definition: ServiceDefinition<S>, openBus: OpenBus): Promise<void> {
  const variables = process.env;
  const settings = settingsOrExit(variables);
  const log = createLogger({ level: settings.logLevel, service: definition.name });
  exitOnFault(log);

  const http = new HttpHost({ expects: [definition.name], production: settings.environment === 'production' });
  const bus = await openBus(variables, log);
  const { port } = await http.listen(settings.port, settings.host);
  log.info({ port }, 'listening');
  const service = await startService(definition, { variables, bus, http, log }).catch((error: unknown) => exitWith(error, log));
  stopOnSignal(log, async () => {
    await service.stop();
    await http.close();
    await bus.close();
  });
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
      (error: unknown) => exitWith(error, log),
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}

function settingsOrExit(variables: Variables): ProcessSettings {
  try {
    return readSettings(ProcessSettings, variables);
  } catch (error) {
    return exitWith(error, createLogger());
  }
}

function exitWith(error: unknown, log: Logger): never {
  if (error instanceof ConfigurationRefused) process.stderr.write(`${error.message}\n`);
  else log.error({ error }, 'the service could not start');
  process.exit(1);
}
