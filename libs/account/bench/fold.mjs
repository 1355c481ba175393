/**
 * How long folding one account takes, fingerprint included, one thread, on a history of about 150 facts; it should stay under 2 ms.
 * `npm run bench` calls `benchFold`, or run it alone after a build: `node libs/account/bench/fold.mjs`. It asserts nothing.
 */
import { performance } from 'node:perf_hooks';
import { foldAccount, viewBytes } from '@isu/account';
import { randomHistory } from '@isu/account/histories';

const rounds = 60;
const foldsPerRound = 10;

export function benchFold({ facts: wanted = 150 } = {}) {
  const histories = Array.from({ length: 400 }, (_, seed) => randomHistory(seed).facts);
  const [facts] = histories.toSorted((a, b) => Math.abs(a.length - wanted) - Math.abs(b.length - wanted));
  for (let warmUp = 0; warmUp < 300; warmUp += 1) foldAccount(facts);
  const timesMs = Array.from({ length: rounds }, () => {
    const start = performance.now();
    for (let fold = 0; fold < foldsPerRound; fold += 1) foldAccount(facts);
    return (performance.now() - start) / foldsPerRound;
  }).sort((a, b) => a - b);
  return {
    facts: facts.length,
    viewBytes: viewBytes(foldAccount(facts)).length,
    bestMs: timesMs[0],
    medianMs: timesMs[rounds / 2],
    limitMs: 2,
  };
}

if (import.meta.url === `file://${process.argv[1]}`) console.table(benchFold());
