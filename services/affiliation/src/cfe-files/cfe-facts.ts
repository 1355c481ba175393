import { draft, flowStream, type FactData, type FactDraft } from '@isu/contracts';

type CfeFact = 'affiliation.cfe-file-taken.v1' | 'affiliation.cfe-file-refused.v1';

/** A word on the stream of a centre. */
export const cfeFact = <T extends CfeFact>(
  centre: string,
  when: { effectiveOn: string; correlation: string },
  type: T,
  data: FactData<T>,
): FactDraft => draft({ stream: flowStream('cfe', centre), ...when, type, data });
