import type { SystemClient } from '@isu/isu';
import type { Author } from '@isu/contracts';

/** Of Node, of PostgreSQL, and of the broker where there is one; not a number where the system has no /proc. */
export interface Shares {
  readonly node: number;
  readonly postgres: number;
  readonly broker: number;
}

/** A running system as a measure sees it, whatever carries its facts. */
export interface MeasuredSystem {
  readonly client: SystemClient;
  /** Where the partner's key is. */
  readonly folder: string;
  /** The administrator's address of its PostgreSQL, for watching and for measuring the server by itself. */
  databaseUrl(database?: string): string;
  /** Processor time spent so far, in milliseconds: what a figure costs on any machine, however busy this one is. */
  readonly spentMs: Shares;
  readonly memoryMb: Shares;
  /** The processes of a service, for whoever watches what one of them needs. */
  pidsOf(service: Author): readonly number[];
  /** All instances of it, in order. */
  stopService(service: Author): Promise<void>;
  startService(service: Author): Promise<void>;
}

export const spentBetween = (before: Shares, after: Shares): Shares => ({
  node: after.node - before.node,
  postgres: after.postgres - before.postgres,
  broker: after.broker - before.broker,
});

export const sumOf = ({ node, postgres, broker }: Shares): number => node + postgres + broker;
