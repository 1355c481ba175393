import { traceIdOf } from '@isu/messaging';
import type { LoggerService } from '@nestjs/common';
import { pino, stdTimeFunctions, type DestinationStream, type LoggerOptions, type Logger as PinoLogger } from 'pino';
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
    base: allowedFields({ service }),
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
  };
  return allowListed(destination ? pino(options, destination) : pino(options));
}

/** Every way into the log passes here: fields are let through one by one, the sentence is scrubbed. */
function allowListed(log: PinoLogger): Logger {
  const fieldsOf = (fields: LogFields) => traced(allowedFields(fields instanceof Error ? { error: fields } : fields));
  return {
    debug: (fields, event) => log.debug(fieldsOf(fields), scrubbed(event)),
    info: (fields, event) => log.info(fieldsOf(fields), scrubbed(event)),
    warn: (fields, event) => log.warn(fieldsOf(fields), scrubbed(event)),
    error: (fields, event) => log.error(fieldsOf(fields), scrubbed(event)),
    child: (fields) => allowListed(log.child(fieldsOf(fields))),
  };
}

/** The same id in the form that traces are looked up by, so that a line leads to its trace and a trace to its lines. */
const traced = (fields: Record<string, unknown>): Record<string, unknown> =>
  typeof fields['correlation'] === 'string' ? { ...fields, trace_id: traceIdOf(fields['correlation']) } : fields;

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
