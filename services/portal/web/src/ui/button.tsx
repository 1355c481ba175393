import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps } from 'react-aria-components';
import { Link, type LinkProps } from 'react-router';

type Kind = 'main' | 'plain' | 'quiet';

export function Button({ kind = 'plain', className, ...props }: Omit<ButtonProps, 'className'> & { kind?: Kind; className?: string }) {
  return <AriaButton {...props} className={`button button-${kind} ${className ?? ''}`} />;
}

/** A link that stands where people look for the next step. */
export function ButtonLink({ kind = 'plain', ...props }: LinkProps & { kind?: Kind; children: ReactNode }) {
  return <Link {...props} className={`button button-${kind}`} />;
}
