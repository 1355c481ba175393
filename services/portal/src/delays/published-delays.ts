import type { FrontContext } from '@isu/chassis';
import type { DelayDistribution, DelaysPage } from '../face/delays.js';
import type { Parts } from '../questions/parts.js';

/** What benefits measures of every payment, asked in our own name. */
export class PublishedDelays {
  constructor(
    private readonly parts: Parts,
    private readonly context: Pick<FrontContext, 'clock' | 'tokens'>,
  ) {}

  async page(correlation: string): Promise<DelaysPage> {
    const voice = { token: () => this.context.tokens.forItself(), correlation };
    const delays = await this.parts.of<{ distributions: readonly DelayDistribution[] }>('benefits', 'payment-to-rights', voice);
    return { today: this.context.clock.today().iso, parts: { delays } };
  }
}
