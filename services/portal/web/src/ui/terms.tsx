import type { ReactNode } from 'react';

/** Names and what they stand for, one under the other. */
export function Terms({ of }: { readonly of: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="terms">
      {of.map(([name, text]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}
