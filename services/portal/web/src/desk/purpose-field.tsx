import { Field } from '../ui/fields.js';

export const purposeLength = { min: 3, max: 200 } as const;
export const isPurpose = (text: string): boolean => text.trim().length >= purposeLength.min && text.trim().length <= purposeLength.max;

interface PurposeProps {
  readonly value: string;
  readonly change: (value: string) => void;
  readonly error?: string | null;
}

/** Why the agent looks: kept with every reading, and shown to the person. */
export function PurposeField({ value, change, error }: PurposeProps) {
  return (
    <Field
      label="Motif"
      help="Par exemple « Réclamation du 12 mai ». Il sera inscrit au journal et montré à la personne."
      value={value}
      onChange={change}
      maxLength={purposeLength.max}
      isRequired
      error={error}
    />
  );
}

export const purposeMissing = 'Indiquez pourquoi vous cherchez ce compte, en trois caractères au moins.';
