import { ServiceSettings, Setting } from '@isu/chassis';
import { IsOptional, MinLength } from 'class-validator';

/** What collection is told beside what every service is. */
export class CollectionSettings extends ServiceSettings {
  /** Letters wait in their table where there is no print port. */
  @Setting({ variable: 'ISU_LETTERS_FOLDER', accepted: 'un dossier où déposer les lettres à imprimer, ou rien' })
  @IsOptional()
  @MinLength(1)
  lettersFolder?: string;
}
