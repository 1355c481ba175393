import TestSequencer from '@jest/test-sequencer';

/**
 * What takes long begins first, so that no core waits for one last file. Jest knows how long a file took the last time; on a clean
 * checkout it goes by the size of the file, and those named here are short to read and long to run.
 */
const longest = [
  'e2e/story.e2e',
  'e2e/bad-input.e2e',
  'e2e/founding-failure.e2e',
  'e2e/policy.e2e',
  'libs/messaging/src/contract',
  'libs/calc/src/derivation.spec',
  'libs/calc/src/independent-oracle.spec',
  'services/urssaf-sync/src/batches/large-batch.int',
  'services/urssaf-sync/src/placing/crashes.int',
  'services/collection/src/r5.int',
  'services/collection/src/accounting/accounting.int',
  'services/portal/src/sign-in.int',
  'libs/chassis/src/start-service.int',
  'tools/checks/src/deploy/deploy.spec',
  'tools/embedded/src/observing',
  'tools/events/events.spec',
];

/** What is slowed down by whatever runs beside it. */
const last = 'e2e/browser/lighthouse';

const rankOf = ({ path }) => {
  const rank = longest.findIndex((name) => path.includes(name));
  return rank === -1 ? longest.length : rank;
};

export default class LongestFirst extends TestSequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const ranked = sorted.some(({ duration }) => duration !== undefined) ? sorted : sorted.toSorted((a, b) => rankOf(a) - rankOf(b));
    return ranked.toSorted((a, b) => Number(a.path.includes(last)) - Number(b.path.includes(last)));
  }
}
