import type { ReactNode } from 'react';

export type Tone = 'plain' | 'good' | 'wait' | 'bad';

interface NoticeProps {
  readonly tone?: Tone;
  readonly title?: string;
  readonly children?: ReactNode;
  /** Read out as soon as it appears: for the answer to what the person has just done. */
  readonly announced?: boolean;
}

export function Notice({ tone = 'plain', title, children, announced = false }: NoticeProps) {
  const role = announced ? (tone === 'bad' ? 'alert' : 'status') : undefined;
  return (
    <div className={`notice notice-${tone}`} role={role}>
      {title === undefined ? null : <p className="notice-title">{title}</p>}
      {children === undefined ? null : <div className="stack-tight">{children}</div>}
    </div>
  );
}

/** One word of state. The word says it; the colour only helps. */
export function Badge({ tone = 'plain', children }: { readonly tone?: Tone; readonly children: ReactNode }) {
  return <span className={`badge badge-${tone}`}>{children}</span>;
}
