import type { HostContext } from '@isu/chassis';
import type { AccountingDay, AccountingDayPage, AccountingDays, AccountingPage } from '../face/accounting.js';
import type { Parts } from '../questions/parts.js';
import type { Voice } from '../questions/services.js';
import { refuse } from '../refusals.js';

/** The accounting days as collection tells of them. */
export class Accounting {
  constructor(
    private readonly parts: Parts,
    private readonly context: Pick<HostContext, 'clock'>,
  ) {}

  async days(before: string | undefined, voice: Voice): Promise<Omit<AccountingPage, 'names'>> {
    const query = before === undefined ? '' : `?before=${before}`;
    return this.page({ days: await this.parts.of<AccountingDays>('collection', `accounting-days${query}`, voice) });
  }

  async day(day: string, voice: Voice): Promise<Omit<AccountingDayPage, 'names'>> {
    const shown = await this.parts.ofKnown<AccountingDay>('collection', `accounting-days/${day}`, voice);
    if (shown === null) throw refuse('not-found');
    return this.page({ day: shown });
  }

  private page<P>(parts: P): { today: string; parts: P } {
    return { today: this.context.clock.today().iso, parts };
  }
}
