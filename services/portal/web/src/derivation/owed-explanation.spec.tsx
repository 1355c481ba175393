import type { AssessmentVersion } from '../../../src/face/my-account.js';
import { knownVersion } from './owed-explanation.js';

const recorded = (version: number, recordedAt: string) => ({ version, recordedAt }) as AssessmentVersion;

describe('I7 N2 — which version explains what was owed', () => {
  const versions = [recorded(1, '2016-01-04T10:00:00.000Z'), recorded(2, '2016-05-19T22:30:00.000Z')];

  it.each([
    [undefined, 2],
    ['2016-05-20', 2],
    // Half past midnight in Paris: the 19th was over.
    ['2016-05-19', 1],
    ['2016-01-03', undefined],
  ])('as known on %s: version %s', (knownOn, expected) => expect(knownVersion(versions, knownOn)?.version).toBe(expected));
});
