import { Field } from '../ui/fields.js';

export const isReason = (text: string): boolean => text.trim().length >= 10;
const reasonMissing = 'Dites pourquoi, en dix caractères au moins.';

interface ReasonFieldProps {
  readonly value: string;
  readonly change: (text: string) => void;
  readonly isAsked: boolean;
  /** What the reason stays attached to: `l’anomalie`. */
  readonly about: string;
  /** Where the page asks for more than one reason, of what this is one. */
  readonly label?: string;
}

/** Why somebody of the cell proposes or refuses. */
export function ReasonField({ value, change, isAsked, about, label = 'Pourquoi' }: ReasonFieldProps) {
  return (
    <Field
      label={label}
      help={`De 10 à 120 caractères. Ce motif reste attaché à ${about}.`}
      value={value}
      onChange={change}
      maxLength={120}
      isRequired
      error={isAsked && !isReason(value) ? reasonMissing : null}
    />
  );
}
