import { Day } from '@isu/values';
import type { Opening } from '../openings/portal-openings.js';

/** An e-mail as it is sent: plain text, in French, with nothing in it that identifies its reader. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

const signature = `
Ce message est automatique : il n’est pas lu si vous y répondez.
Personne ne vous demandera jamais votre mot de passe, ni par téléphone ni par courriel.`;

/** The token stands after the \`#\`: a browser never sends it to a server, so that it is in no log on the way. */
export const linkAddress = (origin: string, token: string): string => `${origin}/mot-de-passe#${token}`;

export const openingMail = (to: string, link: string): Mail => ({
  to,
  subject: 'Votre lien pour ouvrir Mon compte',
  text: `Bonjour,

Vous avez demandé à ouvrir votre espace Mon compte. Choisissez votre mot de passe ici, dans les 30 minutes :

${link}

Le lien sert une seule fois. Si vous n’avez rien demandé, ne faites rien : sans lui, rien ne change.
${signature}
`,
});

export const newPasswordMail = (to: string, link: string): Mail => ({
  to,
  subject: 'Votre lien pour choisir un nouveau mot de passe',
  text: `Bonjour,

Vous avez demandé un nouveau mot de passe pour Mon compte. Choisissez-le ici, dans les 30 minutes :

${link}

Le lien sert une seule fois. Si vous n’avez rien demandé, ne faites rien : votre mot de passe reste le même.
${signature}
`,
});

export const passwordChangedMail = (to: string): Mail => ({
  to,
  subject: 'Votre mot de passe a été choisi',
  text: `Bonjour,

Le mot de passe de votre espace Mon compte vient d’être choisi, et toutes les connexions en cours ont été fermées.

Si ce n’est pas vous, demandez aussitôt un nouveau mot de passe depuis la page de connexion, et prévenez votre caisse.
${signature}
`,
});

/** What a service had to tell the person. Its documents stay behind the sign-in: an e-mail is read by whoever holds the mailbox. */
export const toldMail = (to: string, { subject, text, documents }: Told, origin: string): Mail => ({
  to,
  subject,
  text: `Bonjour,

${text}

${documents.length === 0 ? '' : `À lire dans Mon compte : ${documents.map(({ name }) => name).join(', ')}.\n`}Mon compte : ${origin}
${signature}
`,
});

interface Told {
  readonly subject: string;
  readonly text: string;
  readonly documents: readonly { readonly name: string }[];
}

/** Mon compte is not open to this profession (F5): from when it will be, or where to go meanwhile. */
export const notOpenMail = (to: string, { opensOn, instead }: Pick<Opening, 'opensOn' | 'instead'>): Mail => ({
  to,
  subject: 'Mon compte n’est pas encore ouvert à votre profession',
  text: `Bonjour,

Vous avez demandé à ouvrir votre espace Mon compte. Il n’est pas encore ouvert à votre profession. ${
    opensOn === null ? 'La date de son ouverture n’est pas fixée.' : `Il le sera le ${Day.of(opensOn).print()}.`
  }

En attendant : ${instead ?? 'adressez-vous à votre caisse.'}
${signature}
`,
});
