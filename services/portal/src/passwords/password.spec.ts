import { describe, expect, it } from '@jest/globals';
import { weaknessOf } from './password.js';

const email = 'sophie.lemoine@exemple.fr';

describe('F2 — the password that a person chooses', () => {
  it.each(['girafe-tambour-lundi', 'il pleut sur Brest ce matin', 'Xk2#vQ9!mRt7', 'été où naître cœur'])('takes %s', (password) => {
    expect(weaknessOf(password, { email })).toBeNull();
  });

  it('refuses 11 characters and 129, takes 12 and 128', () => {
    const words =
      'tambour girafe lundi brouette ardoise pluie castor menuet vigne tilleul grenier lampe chardon rivage mouette bocal safran éclair';
    expect(weaknessOf('Xk2#vQ9!mRt', { email })).toContain('moins de 12');
    expect(weaknessOf('Xk2#vQ9!mRt7', { email })).toBeNull();
    expect(weaknessOf(words.padEnd(128, 'y').slice(0, 128), { email })).toBeNull();
    expect(weaknessOf(words.padEnd(129, 'y').slice(0, 129), { email })).toContain('plus de 128');
  });

  it.each([
    'motdepasse123',
    'Mot de passe 2016!',
    'P@ssword123456',
    'azertyuiop123',
    'bonjourbonjour',
    'moncompteurssaf',
    'aaaaaaaaaaaaaaaa',
    'abababababababab',
    'sophielemoine1',
    'Sophie.Lemoine.exemple',
  ])('refuses %s, which would be guessed', (password) => {
    expect(weaknessOf(password, { email })).not.toBeNull();
  });
});
