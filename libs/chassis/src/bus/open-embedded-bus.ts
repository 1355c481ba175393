import { busMigrations, EmbeddedBus, type Bus, type EmbeddedBusSettings } from '@isu/messaging';
import { systemClock } from '../clocks/system-clock.js';
import { prepareSchema } from '../database/connect.js';
import type { Logger } from '../logs/logger.js';
import { ServiceSettings } from '../settings/service-settings.js';
import { readSettings, type Variables } from '../settings/settings.js';

/** The bus of the embedded mode, in a schema of its own beside those of the services. One process only. */
export async function openEmbeddedBus(
  variables: Variables,
  log: Logger,
  changes: Partial<Omit<EmbeddedBusSettings, 'connection' | 'log'>> = {},
): Promise<Bus> {
  const settings = readSettings(ServiceSettings, variables);
  const connection = await prepareSchema({ name: 'bus', settings, migrations: busMigrations, log });
  return EmbeddedBus.open({ connection, clock: systemClock(), log, ...changes });
}
