import type { LoggerService } from '@nestjs/common';
import { pino, stdTimeFunctions, type DestinationStream, type LoggerOptions } from 'pino';
import { allowedFields, scrubbed, type LogFields } from './redaction.js';

/** Structured logs. The event is a constant sentence of the code; what varies goes into the fields, which are allow-listed. */
export interface Logger {
  debug(fields: LogFields, event: string): void;
  info(fields: LogFields, event: string): void;
  warn(fields: LogFields, event: string): void;
  error(fields: LogFields, event: string): void;
  child(fields: LogFields): Logger;
}

export interface LogOptions {
  readonly level?: string;
  readonly service?: string;
  /** Default: standard output. */
  readonly destination?: DestinationStream;
}

/** One JSON object a line on standard output, with nothing in it but the allow-listed fields. */
export function createLogger({ level = 'info', service, destination }: LogOptions = {}): Logger {
  const options: LoggerOptions = {
    level,
    base: service ? { service } : {},
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }), log: allowedFields, bindings: allowedFields },
    // Pino adds `err` by itself when it is handed an Error as the fields.
    serializers: { err: (error: unknown) => error, error: (error: unknown) => error },
    hooks: {
      logMethod([fields, event], write) {
        write.apply(this, [fields, scrubbed(String(event ?? ''))]);
      },
    },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** What Nest itself has to say: its errors and warnings, scrubbed; its chatter at debug level. */
export function nestLogger(log: Logger): LoggerService {
  const sentence = (message: unknown): string => (message instanceof Error ? message.message : String(message));
  return {
    log: (message: unknown) => log.debug({}, sentence(message)),
    debug: (message: unknown) => log.debug({}, sentence(message)),
    verbose: () => undefined,
    warn: (message: unknown) => log.warn({}, sentence(message)),
    error: (message: unknown) => log.error({ error: message }, sentence(message)),
    fatal: (message: unknown) => log.error({ error: message }, sentence(message)),
  };
}
