import { searchOf } from './search-words.js';

const typed = { givenNames: '', purpose: ' Réclamation du 12 mai ' };

describe('what an agent types to find somebody', () => {
  it('F52 takes a number with its spaces, and the purpose without those around it', () => {
    expect(searchOf({ ...typed, by: 'account', text: '13 000000012 31' })).toEqual({
      request: { by: 'account', account: '1300000001231', purpose: 'Réclamation du 12 mai' },
    });
  });

  it('says what would be accepted in the place of a number whose key is wrong', () => {
    expect(searchOf({ ...typed, by: 'account', text: '13 000000012 32' })).toMatchObject({
      error: expect.stringContaining('Accepté') as unknown,
    });
    expect(searchOf({ ...typed, by: 'nir', text: '12' })).toMatchObject({ error: expect.stringContaining('Accepté') as unknown });
    expect(searchOf({ ...typed, by: 'siret', text: '12' })).toMatchObject({ error: expect.stringContaining('Accepté') as unknown });
  });

  it('asks by name with the given names only when there are some', () => {
    expect(searchOf({ ...typed, by: 'name', text: ' Benali ' })).toEqual({
      request: { by: 'name', familyName: 'Benali', purpose: 'Réclamation du 12 mai' },
    });
    expect(searchOf({ ...typed, by: 'name', text: 'Benali', givenNames: 'Karim ' })).toMatchObject({ request: { givenNames: 'Karim' } });
    expect(searchOf({ ...typed, by: 'name', text: '  ' })).toMatchObject({ error: 'Écrivez un nom de famille.' });
  });
});
