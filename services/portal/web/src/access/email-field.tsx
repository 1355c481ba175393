import type { ReactNode } from 'react';
import { Field } from '../ui/fields.js';

interface EmailFieldProps {
  readonly value: string;
  readonly onChange: (email: string) => void;
  readonly help?: ReactNode;
  readonly error?: string | null;
  /** `username` where it goes with the password of an account. */
  readonly autoComplete?: 'email' | 'username';
}

/** The e-mail by which a person is written to and signs in. */
export function EmailField({ autoComplete = 'email', ...props }: EmailFieldProps) {
  return <Field {...props} label="Adresse électronique" type="email" autoComplete={autoComplete} inputMode="email" isRequired />;
}
