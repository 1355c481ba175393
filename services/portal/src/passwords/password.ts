import type { PasswordRules } from '../face/session.js';

export const passwordRules: PasswordRules = {
  minLength: 12,
  maxLength: 128,
  says: 'Au moins 12 caractères. Une phrase de quelques mots convient ; évitez les mots de passe courants, les suites et votre adresse.',
};

/** What guessing programs try first, in French and in English: a password that is made of them is known already. */
const guessed =
  /motdepasse|mdp|password|passw0rd|passe|secret|admin|administrateur|utilisateur|bonjour|bienvenue|welcome|soleil|chouchou|doudou|marseille|paris|france|football|loulou|azertyuiop|qwertyuiop|azerty|qwerty|letmein|iloveyou|jetaime|monkey|dragon|princess|princesse|sunshine|superman|batman|pokemon|starwars|trustno1|moncompte|compte|urssaf|rsi|isu|independant|cotisation|0123456789|123456789|12345678|1234567|123456|12345|1234|abcdefgh|abcdef|abcd|abc|987654321|54321|4321|(?:19|20)\d\d/g;

const leastOfItsOwn = 6;
const leastDifferent = 5;

/** Why a password is refused, in French; null when it may be taken. No rule on kinds of characters, no end of life (NIST SP 800-63B). */
export function weaknessOf(password: string, { email }: { email: string | null }): string | null {
  const length = [...password].length;
  if (length < passwordRules.minLength) return `Le mot de passe a moins de ${String(passwordRules.minLength)} caractères.`;
  if (length > passwordRules.maxLength) return `Le mot de passe a plus de ${String(passwordRules.maxLength)} caractères.`;
  const folded = fold(password);
  if (new Set(folded).size < leastDifferent) return 'Le mot de passe répète les mêmes quelques caractères.';
  const own = wordsOf(email).reduce((rest, word) => rest.replaceAll(word, ''), folded);
  if (own.replace(guessed, '').length < leastOfItsOwn)
    return 'Le mot de passe est fait de mots courants, de suites ou de votre adresse : il serait vite deviné.';
  return null;
}

/** Two ways of typing the same accented letter are the same password, on every keyboard. */
export const typed = (password: string): string => password.normalize('NFKC');

/** Without accents, capitals and the usual disguises: `Mot2P@sse` is `mot2passe`. */
function fold(password: string): string {
  const plain = password.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return plain
    .replaceAll('@', 'a')
    .replaceAll('$', 's')
    .replaceAll('€', 'e')
    .replaceAll(/[\s._!?*#-]/g, '');
}

const wordsOf = (email: string | null): string[] =>
  (email ?? '')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word.length >= 4);
