import { SystemClient } from '@isu/isu';
import { comeInAs, comeInAsAgent, openAccount } from './visitor-doors.js';
import { house, inhabitant, national, urssafTells } from './house.js';
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
    const karim = inhabitant('karim');
    // Somebody has opened the account, in a service that goes on when urssaf-sync is away.
    await new SystemClient(house.url).get(`/api/benefits/v1/accounts/${karim.account}/view`, national);
    await comeInAs(visitor, karim);
  });
  afterAll(() => visitor.leave());

  /** The page, and what of it another service still says. */
  it.each([
    ['collection', '/mon-compte/synthese', '.amount'],
    ['benefits', '/mon-compte', '.amount'],
    ['affiliation', '/mon-compte', '.amount'],
    ['urssaf-sync', '/mon-compte/consultations', '.plain-list li'],
  ])('F3 %s is away: the page says what is missing and shows the rest', async (service, path, rest) => {
    await turn(service, 'stop');
    try {
      await visitor.open(path);
      await visitor.page.locator('.notice-wait').first().waitFor();
      // What the others say may come a moment later than what is missing: the page asks again by itself.
      await visitor.page.locator(rest).first().waitFor();
      expect(await visitor.faultsOf(`without-${service}`)).toEqual([]);
    } finally {
      await turn(service, 'start');
    }
  });

  it('F49 I5 while money cannot be placed, its person sees it on its way, since when, and is told that nothing is held against them', async () => {
    const olivier = inhabitant('olivier.delmas');
    const person = await Visitor.arrive('phone');
    person.expecting(/Failed to load resource/);
    await comeInAs(person, olivier);
    await turn('collection', 'stop');
    try {
      const paid = {
        reference: 'BROWSER-TRANSIT',
        account: olivier.account,
        amount: '12.34',
        valueOn: '2016-05-17',
        means: 'transfer',
      } as const;
      await urssafTells(house, [{ type: 'payment', ...paid }]);
      await person.page.getByText('Un paiement est en route depuis 3 jours').waitFor();
      expect(await person.faultsOf('home-in-transit')).toEqual([]);
    } finally {
      await turn('collection', 'start');
    }
    await person.page.getByText('Votre paiement de 12,34 € est enregistré.').waitFor();
    await person.leave();
  });

  it('F3 once it is back the page is whole again', async () => {
    await visitor.open('/mon-compte');
    expect(await visitor.page.locator('.notice-wait').count()).toBe(0);
  });

  it('F3 N1 at the desk Urssaf is away: the comparison is said to be incomplete, the two other copies are shown', async () => {
    const agent = await Visitor.arrive('desk');
    agent.expecting(/Failed to load resource/);
    await comeInAsAgent(agent, 'Yann Le Goff');
    await openAccount(agent, inhabitant('loic.nguyen'), 'Essai de panne');
    await turn('urssaf-sync', 'stop');
    try {
      await agent.open(`/bureau/comptes/${inhabitant('loic.nguyen').account}`);
      await agent.page.getByText('La comparaison est incomplète').waitFor();
      expect(await agent.page.locator('.desk-fingerprint').count()).toBe(2);
      expect(await agent.faultsOf('desk-without-urssaf-sync')).toEqual([]);
    } finally {
      await turn('urssaf-sync', 'start');
    }
    await agent.leave();
  });
});
