import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { Link, type LinkProps } from 'react-router';

type Kind = 'main' | 'plain' | 'quiet';

interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'onClick' | 'disabled'> {
  readonly kind?: Kind;
  readonly onPress?: () => void;
  readonly isDisabled?: boolean;
}

/** The browser's own: it is pressed by mouse, finger, Enter and Space alike. */
export function Button({ kind = 'plain', type = 'button', className = '', onPress, isDisabled, ...props }: ButtonProps) {
  return <button {...props} type={type} className={`button button-${kind} ${className}`} onClick={onPress} disabled={isDisabled} />;
}

/** A link that stands where people look for the next step. */
export function ButtonLink({ kind = 'plain', ...props }: LinkProps & { kind?: Kind; children: ReactNode }) {
  return <Link {...props} className={`button button-${kind}`} />;
}
