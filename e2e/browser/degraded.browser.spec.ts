import { comeInAs } from './visitor-doors.js';
import { house, inhabitant } from './house.js';
import { sharedBrowser, Visitor } from './visitor.js';

/** As an operator of this machine would: the service is really stopped, and really started again. */
async function turn(service: string, act: 'stop' | 'start'): Promise<void> {
  const answer = await fetch(`${house.url}/demonstration/services/${service}/${act}`, {
    method: 'POST',
    headers: { 'isu-demonstration': '1' },
  });
  if (answer.status !== 204) throw new Error(`${service} could not be asked to ${act}: ${String(answer.status)}`);
}

afterAll(async () => (await sharedBrowser()).close());

describe('with one service stopped', () => {
  let visitor: Visitor;
  beforeAll(async () => {
    visitor = await Visitor.arrive('phone');
    // What the browser says of answers that are refusals or parts that are missing is no defect of the page.
    visitor.expecting(/Failed to load resource/);
    await comeInAs(visitor, inhabitant('karim'));
  });
  afterAll(() => visitor.leave());

  it.each([
    ['collection', '/mon-compte/synthese'],
    ['benefits', '/mon-compte'],
    ['urssaf-sync', '/mon-compte'],
    ['affiliation', '/mon-compte'],
  ])('F3 %s is away: the page says what is missing and shows the rest', async (service, path) => {
    await turn(service, 'stop');
    try {
      await visitor.open(path);
      await visitor.page.locator('.notice-wait').first().waitFor();
      expect(await visitor.page.locator('.amount').count()).toBeGreaterThan(0);
      expect(await visitor.faultsOf(`without-${service}`)).toEqual([]);
    } finally {
      await turn(service, 'start');
    }
  });

  it('F3 once it is back the page is whole again', async () => {
    await visitor.open('/mon-compte');
    expect(await visitor.page.locator('.notice-wait').count()).toBe(0);
  });
});
