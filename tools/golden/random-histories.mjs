// Writes random account histories with the view that libs/account folds from them, one JSON object a line, in the form of the golden
// files, for a second program to check (N1). The same seed gives the same bytes. Needs the libs built (npm install does it).
//
//   node tools/golden/random-histories.mjs --seed 1 --count 500 > histories.ndjson
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { foldAccount } from '@isu/account';
import { disturbed, randomHistory, seededRandom } from '@isu/account/histories';

const { values } = parseArgs({ options: { seed: { type: 'string', default: '1' }, count: { type: 'string', default: '100' } } });
const [seed, count] = [values.seed, values.count].map((text) => {
  if (!/^\d{1,9}$/.test(text)) throw new TypeError(`--seed and --count are whole numbers, not ${text}`);
  return Number(text);
});

for (let rank = 0; rank < count; rank += 1) {
  const { facts } = randomHistory(seed * 1_000_003 + rank);
  // Every third history has lost some facts: what stands behind the holes must not count.
  const held = disturbed(facts, seededRandom(seed + rank), { lost: rank % 3 === 0 ? 0.04 : 0 });
  if (held.length === 0) held.push(facts[0]);
  const line = { about: `seed ${seed}, history ${rank}`, facts: held, view: foldAccount(held) };
  if (!process.stdout.write(`${JSON.stringify(line)}\n`)) await once(process.stdout, 'drain');
}
