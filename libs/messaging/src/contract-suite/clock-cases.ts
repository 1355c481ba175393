import { checkWhole, lastSeq } from './checks.js';
import { contractCase, type ContractCase } from './contract-case.js';
import { hold } from './surroundings.js';
import { account, opened, reversed } from './world.js';

const hourMs = 3_600_000;
/** Far enough for whatever counts in hours or days: retention, leases, waits. */
const jumpsMs = { ahead: 400 * 24 * hourMs, behind: -3 * hourMs };
/** The handler fails for as long as the story wants it to, and is never given up meanwhile. */
const patientPace = { retryDelaysMs: [100], triesBeforeAlarm: 1_000 };

export const clockCases: readonly ContractCase[] = [
  contractCase(
    '18',
    'a clock that jumps 400 days ahead, then three hours behind, holds up nothing: facts are carried in order, what was set aside is tried (R7, R13)',
    {
      readers: [],
      tell: async (world) => {
        const reader = await world.addReader('benefits', { pace: patientPace });
        const [held, fine] = [account(1), account(2)];
        let broken = true;
        reader.interfere = async (facts) => {
          if (broken && facts.some(({ subject }) => subject === held)) throw new Error('no');
        };
        const isAside = async () => {
          const [{ n }] = await reader.database.db.query('SELECT count(*)::int AS n FROM set_aside WHERE next_try_at IS NOT NULL');
          hold(n === 1, 'the fact that fails is not set aside');
        };
        world.jumpClock(jumpsMs.ahead);
        await world.write([opened(held), opened(fine)]);
        await world.eventually(async () => hold((await lastSeq(reader, fine)) === 1, 'facts of a clock ahead are not carried'));
        await world.eventually(isAside);

        world.jumpClock(jumpsMs.behind);
        broken = false;
        await world.write([reversed(held), reversed(fine)]);
        await world.eventually(async () => hold((await lastSeq(reader, fine)) === 2, 'facts of a clock behind are not carried'));
        await world.eventually(() => checkWhole(world, reader));
      },
    },
  ),
];
