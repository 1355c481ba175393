import { ServiceSettings, Setting } from '@isu/chassis';
import { Iban, InvalidValue } from '@isu/values';
import { IsOptional, MaxLength, MinLength, ValidateBy } from 'class-validator';

function isIban(text: unknown): boolean {
  try {
    return Iban.of(text as string).toString() !== '';
  } catch (fault) {
    if (fault instanceof InvalidValue) return false;
    throw fault;
  }
}

/** What collection is told beside what every service is. */
export class CollectionSettings extends ServiceSettings {
  /** Letters wait in their table where there is no print port. */
  @Setting({ variable: 'ISU_LETTERS_FOLDER', accepted: 'un dossier où déposer les lettres à imprimer, ou rien' })
  @IsOptional()
  @MinLength(1)
  lettersFolder?: string;

  /** Messages for the bank wait in their table, sealed, where there is no folder to lay them in. */
  @Setting({ variable: 'ISU_BANK_FOLDER', accepted: 'un dossier où déposer les fichiers pour la banque, ou rien' })
  @IsOptional()
  @MinLength(1)
  bankFolder?: string;

  @Setting({ variable: 'ISU_CREDITOR_NAME', accepted: 'le nom du créancier, en 70 caractères', byDefault: 'Urssaf pour le RSI' })
  @MinLength(1)
  @MaxLength(70)
  creditorName!: string;

  /** Where debits are credited. Without one nothing is presented; in development, the published example of an IBAN. */
  @Setting({ variable: 'ISU_CREDITOR_IBAN', accepted: 'l’IBAN du compte de recouvrement, ou rien' })
  @IsOptional()
  @ValidateBy({ name: 'isIban', validator: { validate: isIban } })
  creditorIban?: string;
}
