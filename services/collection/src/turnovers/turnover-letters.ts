import type { MicroExit } from '@isu/calc';
import type { OutgoingMessage } from '@isu/chassis';
import type { Day } from '@isu/values';
import type { Account } from '../accounts/account.js';
import type { Period } from './period.js';
import type { MissingTurnover } from './turnover.js';

interface Written {
  readonly writtenOn: Day;
  readonly correlation: string | undefined;
}

const frame = ({ account }: Pick<Account, 'account'>, { writtenOn, correlation }: Written) => ({
  ...{ account, documents: [], writtenOn, correlation: correlation ?? null },
});

/** A ceiling of the regime is passed. */
export function exitNotice(account: Account, { kind, on, turnover, passed }: MicroExit, written: Written): OutgoingMessage {
  const consequence =
    kind === 'exit'
      ? `Vous quittez le régime micro-social le ${on.print()} : vos cotisations seront ensuite calculées sur votre revenu, que vous déclarerez chaque année.`
      : `Vous gardez le régime micro-social cette année et l’année suivante. Vous le quitterez le ${on.print()} si votre chiffre d’affaires ne redescend pas.`;
  return {
    ...{ ...frame(account, written), kind: kind === 'exit' ? 'micro-exit' : 'micro-tolerance', channel: 'email' },
    subject: 'Votre chiffre d’affaires dépasse le seuil du régime micro-social',
    text: `Bonjour,

Votre chiffre d’affaires déclaré de l’année, ${turnover.print()}, dépasse ${passed.print()}.
${consequence}`,
  };
}

export const reminderKind = ({ id }: Period): string => `turnover-reminder-${id.toLowerCase()}`;

/** A period is to be declared soon, nil included. */
export const turnoverReminder = (account: Account, period: Period, written: Written): OutgoingMessage => ({
  ...{ ...frame(account, written), kind: reminderKind(period), channel: 'email' },
  subject: `Chiffre d’affaires à déclarer avant le ${period.dueOn.print()}`,
  text: `Bonjour,

Nous attendons votre chiffre d’affaires du ${period.from.print()} au ${period.to.print()} : déclarez-le et payez avant le ${period.dueOn.print()}.
S’il n’y en a pas eu, déclarez zéro : une déclaration manquante coûte une pénalité, et des cotisations provisoires.`,
});

/** The registered letter at the year's last due date (CSS R. 133-30-2-1). */
export const missingNotice = (account: Account, missing: readonly MissingTurnover[], written: Written): OutgoingMessage => ({
  ...{ ...frame(account, written), kind: 'missing-turnovers', channel: 'letter' },
  subject: 'Chiffres d’affaires non déclarés : pénalités et cotisations provisoires',
  text: `Madame, Monsieur,

Ces périodes n’ont pas été déclarées :

${missing.map(({ period, penalty, provisional }) => `- ${period} : pénalité ${penalty.print()}, cotisations provisoires ${provisional.print()}`).join('\n')}

Déclarez-les : vos cotisations réelles remplaceront les provisoires ; les pénalités restent dues.`,
});
