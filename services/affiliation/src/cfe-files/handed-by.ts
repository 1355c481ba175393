import { aimedAt, reaches, refuse, type Access, type HoldingFunds, type Reach, type Target } from '@isu/chassis';
import type { Day } from '@isu/values';
import type { Acting } from '../acting.js';
import type { HandedBy, OpenCfeFile } from './cfe-file.table.js';

export const handedBy = ({ subject, reach }: Pick<Access, 'subject' | 'reach'>): HandedBy => ({
  subject,
  funds: reach.kind === 'funds' ? reach.funds : null,
});

/** In the name of who handed the file in, as far as their caisses reach on the day on which its lines are carried out. */
export function actingFor(
  { handedBy: { subject, funds }, correlation }: Pick<OpenCfeFile, 'handedBy' | 'correlation'>,
  today: Day,
  holding: HoldingFunds,
): Acting {
  const reach: Reach = funds === null ? { kind: 'everything' } : { kind: 'funds', funds, on: today.iso };
  const canReach = async (...targets: readonly Target[]): Promise<boolean> =>
    (await aimedAt(targets, funds !== null, holding)).every((aim) => reaches(reach, aim));
  const mustReach = async (...targets: readonly Target[]): Promise<void> => {
    if (!(await canReach(...targets))) throw refuse('not-found');
  };
  return { subject, correlation, reach, canReach, mustReach };
}
