import { ProcessSettings, readSettings, Setting, type Variables } from '@isu/chassis';
import { isDayText } from '@isu/contracts';
import { IsIn, IsInt, Max, Min, MinLength, ValidateBy } from 'class-validator';
import { defaultFolder } from './database-of-folder.js';

/** What the embedded system is told: where it keeps its data, on which day it lives, whether it shows demo people. */
export class EmbeddedSettings extends ProcessSettings {
  @Setting({ variable: 'ISU_FOLDER', accepted: 'un dossier', byDefault: defaultFolder })
  @MinLength(1)
  folder!: string;

  /** The business day; the demo's history ends on it. */
  @Setting({ variable: 'ISU_TODAY', accepted: 'un jour du calendrier tel que 2016-05-20', byDefault: '2016-05-20' })
  @ValidateBy({ name: 'isDay', validator: { validate: isDayText } })
  today!: string;

  @Setting({ variable: 'ISU_DEMO', accepted: '« on » (personnes de démonstration) ou « off »', byDefault: 'on' })
  @IsIn(['on', 'off'])
  demo!: 'on' | 'off';

  /** The partner beside the system: a program of its own, for development and demonstrations. */
  @Setting({
    variable: 'ISU_SIMULATED_URSSAF',
    accepted: '« on » (à côté du système, et tient ses calendriers), « by-hand » (n’envoie que ce qu’on lui demande) ou « off »',
    byDefault: 'on',
  })
  @IsIn(['on', 'by-hand', 'off'])
  simulatedUrssaf!: 'on' | 'by-hand' | 'off';

  @Setting({ variable: 'ISU_SIMULATED_URSSAF_PORT', accepted: 'un numéro de port ; 0 pour un port libre', byDefault: '0' })
  @IsInt()
  @Min(0)
  @Max(65_535)
  simulatedUrssafPort!: number;

  /** Who takes money online, with a page of its own. */
  @Setting({ variable: 'ISU_SIMULATED_PAYMENT_PROVIDER_PORT', accepted: 'un numéro de port ; 0 pour un port libre', byDefault: '0' })
  @IsInt()
  @Min(0)
  @Max(65_535)
  simulatedProviderPort!: number;
}

export const embeddedSettings = (variables: Variables): EmbeddedSettings => readSettings(EmbeddedSettings, variables);
