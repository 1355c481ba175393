import { createHash } from 'node:crypto';
import { comparableName, searchKeysOf } from './search-keys.js';

const protection = { blindIndex: (kind: string, text: string) => createHash('sha256').update(`${kind}\0${text}`).digest() };
const keysOf = (familyName: string, givenNames: string, email: string | null = null) =>
  searchKeysOf(protection, { familyName, givenNames, email, birthDate: '1970-01-01', phone: null, address: null });

describe('what makes two names one', () => {
  it.each([
    ['accents', 'Guérin', 'GUERIN'],
    ['hyphens and spaces', 'Le-Goff', 'le goff'],
    ['the apostrophe, straight or curved', 'D’Arc', "d'arc"],
    ['ligatures', 'Lebœuf', 'LEBOEUF'],
    ['composed and decomposed letters', 'Noe\u0308l', 'Noël'],
    ['what is not visible', 'Da\u00a0Silva', 'Da Silva'],
  ])('%s do not count', (_, one, other) => expect(comparableName(one)).toBe(comparableName(other)));

  it('another letter does', () => expect(comparableName('Marchant')).not.toBe(comparableName('Marchand')));
});

describe('the keys of a person', () => {
  it('the first given name is enough, a double one is one', () => {
    expect(keysOf('Haddad', 'Karim, Ali').fullNameIndex).toEqual(keysOf('HADDAD', 'karim').fullNameIndex);
    expect(keysOf('Roy', 'Jean-Pierre').fullNameIndex).not.toEqual(keysOf('Roy', 'Jean').fullNameIndex);
    expect(keysOf('Roy', 'Jean-Pierre').familyNameIndex).toEqual(keysOf('Roy', 'Jean').familyNameIndex);
  });

  it('where the family name ends and the given name begins is told apart', () => {
    expect(keysOf('Martin', 'Paul').fullNameIndex).not.toEqual(keysOf('MartinP', 'aul').fullNameIndex);
  });

  it('an e-mail is the same in capitals; a person without one has no key for it', () => {
    expect(keysOf('Roy', 'Jean', 'Jean@Courriel.Example').emailIndex).toEqual(keysOf('Roy', 'Jean', 'jean@courriel.example').emailIndex);
    expect(keysOf('Roy', 'Jean').emailIndex).toBeNull();
  });
});
