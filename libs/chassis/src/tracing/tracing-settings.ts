import { IsOptional, Matches } from 'class-validator';
import { Setting } from '../settings/settings.js';

/** Where a process sends its spans. Without an address it records none, and loads nothing that could. */
export class TracingSettings {
  /** The collector's base address, as of OTLP over HTTP: `/v1/traces` is added to it. */
  @Setting({ variable: 'ISU_OTLP_URL', accepted: 'l’adresse http(s) d’un collecteur OTLP, par exemple http://otel:4318, ou rien' })
  @IsOptional()
  @Matches(/^https?:\/\/[^\s/?#]+(?:\/[^\s?#]*)?$/)
  otlpUrl?: string;

  /** What the collector wants to know of whoever sends: a secret. */
  @Setting({ variable: 'ISU_OTLP_HEADERS', accepted: 'des en-têtes nom=valeur séparés par des virgules, ou rien' })
  @IsOptional()
  @Matches(/^[A-Za-z0-9-]+=[^,\s]+(?: *, *[A-Za-z0-9-]+=[^,\s]+)*$/)
  otlpHeaders?: string;

  /** Of all traces, by their id: every service decides alike, so that a trace is recorded whole or not at all. */
  @Setting({ variable: 'ISU_TRACE_RATIO', accepted: 'la part des traces retenues, de 0 à 1, par exemple 0.05', byDefault: '1' })
  @Matches(/^(?:0(?:\.\d{1,6})?|1(?:\.0{1,6})?)$/)
  traceRatio!: string;
}
