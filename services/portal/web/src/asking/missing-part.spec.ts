import { lacksAPart } from './missing-part.js';

const whole = { state: 'ok', from: 'collection', data: { amount: '12.00' } };
const closed = { state: 'closed', from: 'benefits', says: 'Cette partie du dossier n’est pas ouverte à votre organisme.' };
const away = { state: 'missing', from: 'benefits', says: 'Le service des prestations ne répond pas en ce moment.' };

describe('F3 a page that is asked again by itself', () => {
  it.each([
    ['has a part whose service is away', { today: '2016-05-20', parts: { balance: whole, rights: away } }, true],
    ['is not one that is whole', { today: '2016-05-20', parts: { balance: whole, partner: null } }, false],
    [
      'is not one with a part that this organisation may not read, for waiting opens nothing',
      { today: '2016-05-20', parts: { closed } },
      false,
    ],
    ['is not one without parts, whatever its data call missing', { turnovers: [{ state: 'missing' }] }, false],
    ['is not one that has not come yet', undefined, false],
  ])('%s', (_, answer, again) => {
    expect(lacksAPart(answer)).toBe(again);
  });
});
