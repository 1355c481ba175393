import { pino } from 'pino';

/** The real logger of the services, saying nothing. */
export const silentLogger = pino({ level: 'silent' });
