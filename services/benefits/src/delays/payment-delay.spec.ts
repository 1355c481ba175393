import type { Fact } from '@isu/contracts';
import { delaysOf, writtenAtMs } from './payment-delay.js';

const at = Date.UTC(2026, 10, 22, 10, 0, 0);
const idAt = (ms: number): string => {
  const instant = ms.toString(16).padStart(12, '0');
  return `${instant.slice(0, 8)}-${instant.slice(8)}-7abc-8def-0123456789ab`;
};
const posted = (reportedFact?: string) => ({ data: { reportedFact } }) as unknown as Fact<'collection.payment-posted.v1'>;

describe('N4 — from the partner’s line to the rights it changes', () => {
  it('a fact says by its id when it was written', () => {
    expect(writtenAtMs(idAt(at))).toBe(at);
    expect(writtenAtMs('4bf92f35-77b3-4da6-a3ce-929d0e0e4736')).toBeNull();
  });

  it('a payment reported 1,25 s ago took 1 250 ms', () => {
    expect(delaysOf([posted(idAt(at - 1_250))], at)).toEqual([{ report: idAt(at - 1_250), delayMs: 1_250 }]);
  });

  it('an author’s clock 3 s ahead of ours makes it nothing, not less', () => {
    expect(delaysOf([posted(idAt(at + 3_000))], at)).toEqual([{ report: idAt(at + 3_000), delayMs: 0 }]);
  });

  it('a payment that no partner reported is measured from nowhere, so not at all', () => {
    expect(delaysOf([posted(), posted('4bf92f35-77b3-4da6-a3ce-929d0e0e4736')], at)).toEqual([]);
  });
});
