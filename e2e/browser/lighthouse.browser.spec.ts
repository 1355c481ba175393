import { installLighthouse, measure, slowdownFor, type Measured } from '../lighthouse/measure.mjs';
import { comeInAs } from './visitor-doors.js';
import { house, inhabitant } from './house.js';
import { sharedBrowser, Visitor } from './visitor.js';

beforeAll(() => installLighthouse(), 300_000);
afterAll(async () => (await sharedBrowser()).close());

const mostRounds = 5;
/** The aim is 90, which both pages reach within two rounds on a quiet machine: `ISU_LIGHTHOUSE_FLOOR=90` holds them to it. CI, which shares its machine, holds what a busy one shows too. */
const floor = Number(process.env['ISU_LIGHTHOUSE_FLOOR'] ?? 80);

/**
 * A machine that does something else at the same time slows a page down, and nothing speeds it up: one round that is good enough is
 * enough, and each takes half a minute. A round that Lighthouse itself could not record says nothing of it, unless none could be.
 */
async function bestOfSome(address: string, cookie?: string): Promise<Measured> {
  let best: Measured | undefined;
  let unrecorded: unknown;
  let slowdown: number | undefined;
  for (let round = 0; round < mostRounds && (best?.performance ?? 0) < floor; round += 1) {
    try {
      const measured = await measure(`${house.url}${address}`, { ...(cookie !== undefined && { cookie }), ...(slowdown && { slowdown }) });
      slowdown = slowdownFor(measured.hostIndex);
      if (measured.performance > (best?.performance ?? -1)) best = measured;
      process.stdout.write(`Lighthouse, ${address}: ${measured.performance} on a machine of index ${Math.round(measured.hostIndex)}\n`);
    } catch (fault) {
      unrecorded = fault;
    }
  }
  if (!best) throw unrecorded;
  return best;
}

describe('Lighthouse, as on a middling phone', () => {
  it('F3 F4 the simulator: accessibility 100, performance 80 or more (aim 90)', async () => {
    const measured = await bestOfSome('/simulateur');
    expect(measured).toMatchObject({ accessibility: 100, failed: [], address: `${house.url}/simulateur` });
    expect(measured.performance).toBeGreaterThanOrEqual(floor);
  }, 300_000);

  it('F3 F4 the home of Mon compte: accessibility 100, performance 80 or more (aim 90)', async () => {
    const visitor = await Visitor.arrive('phone');
    await comeInAs(visitor, inhabitant('karim'));
    const cookies = await visitor.context.cookies();
    const measured = await bestOfSome('/mon-compte', cookies.map(({ name, value }) => `${name}=${value}`).join('; '));
    await visitor.leave();
    expect(measured).toMatchObject({ accessibility: 100, failed: [], address: `${house.url}/mon-compte` });
    expect(measured.performance).toBeGreaterThanOrEqual(floor);
  }, 300_000);
});
