import { IsIn, IsInt, Max, Min, MinLength } from 'class-validator';
import { TracingSettings } from '../tracing/tracing-settings.js';
import { Setting } from './settings.js';

/** What a process is told, whatever runs in it. */
export class ProcessSettings extends TracingSettings {
  @Setting({ variable: 'ISU_ENV', accepted: '« development » ou « production »', byDefault: 'development' })
  @IsIn(['development', 'production'])
  environment!: 'development' | 'production';

  @Setting({ variable: 'ISU_PORT', accepted: 'un numéro de port, de 0 à 65535', byDefault: '8080' })
  @IsInt()
  @Min(0)
  @Max(65_535)
  port!: number;

  @Setting({ variable: 'ISU_HOST', accepted: 'l’adresse d’écoute', byDefault: '0.0.0.0' })
  @MinLength(1)
  host!: string;

  @Setting({ variable: 'ISU_LOG_LEVEL', accepted: '« debug », « info », « warn », « error » ou « silent »', byDefault: 'info' })
  @IsIn(['debug', 'info', 'warn', 'error', 'silent'])
  logLevel!: string;
}
