import type { Refusal } from '@isu/chassis';
import type { CfeLine, EarlierFormality, WaitingLine } from './cfe-file.table.js';

/** Where a line waits, sealed; bound into what is sealed. */
export const linePlace = { table: 'cfe_waiting_line', column: 'sealed' };

/** What is said of a line whatever its outcome. */
export const met = ({ line, event, reference }: WaitingLine) => ({ line, event, reference, code: null, field: null, accepted: null });

/** A formality counts once: told again it is a duplicate, with another content it contradicts itself. */
export function toldBefore(waiting: WaitingLine, earlier: EarlierFormality): CfeLine {
  const isSame = earlier.content.equals(waiting.content);
  return {
    ...met(waiting),
    outcome: isSame ? 'duplicate' : 'conflict',
    code: isSame ? null : 'reference-with-other-content',
    account: earlier.account,
  };
}

export function refusedLine(waiting: WaitingLine, { code, errors: [fault] }: Pick<Refusal, 'code' | 'errors'>): CfeLine {
  return {
    ...met(waiting),
    ...{ outcome: 'refused', code, field: fault?.field ?? null, accepted: fault?.accepted ?? null, account: null },
  };
}
