import { Parts } from './parts.js';
import { Unanswered, type Services } from './services.js';

const voice = { token: () => Promise.resolve('t'), correlation: 'c'.repeat(32) };
const problem = {
  ...{ type: 'about:blank', code: 'account-not-known-yet', title: 'Compte pas encore ouvert', status: 422 },
  detail: 'Ce compte est ouvert ici depuis le 4 janvier 2016 : rien n’en était connu avant.',
  instance: 'x',
};
const partsOn = (fault: Unanswered): Parts =>
  new Parts({ ask: () => Promise.reject(fault) } as unknown as Services, { warn: () => undefined } as never);

describe('F3 I8 — a part that is not answered', () => {
  it.each([
    [404, 'missing'],
    [403, 'closed'],
    [503, 'missing'],
  ])('%d leaves the rest of the page: the part is %s', async (status, state) => {
    expect(await partsOn(new Unanswered('collection', status)).of('collection', 'accounts/1/periods', voice)).toMatchObject({ state });
  });

  it('I7 a day on which nothing was known is refused in the words of the service, which say what would be accepted', async () => {
    const asked = partsOn(new Unanswered('collection', 422, { problem })).of('collection', 'accounts/1/periods?on=2015-01-01', voice);
    await expect(asked).rejects.toMatchObject({ code: 'account-not-known-yet', status: 422, detail: problem.detail });
  });
});
