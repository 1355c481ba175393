import type { Access, OutgoingMessage, OutgoingMessages } from '@isu/chassis';
import { Day, type BusinessClock } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { EndOfActivity } from '../endings/ending.js';
import { fundOfCode } from '../funds/fund.js';
import type { InsuredPerson } from '../insured-persons/insured-person.js';
import type { StrikeOff } from '../strike-offs/strike-off.js';

export type Letter = Omit<OutgoingMessage, 'writtenOn' | 'correlation'>;

/** What affiliation writes to people, in the transaction that decides it; delivered afterwards, at least once. */
export class Letters {
  constructor(
    private readonly messages: OutgoingMessages,
    private readonly clock: BusinessClock,
  ) {}

  async write(tx: EntityManager, letters: readonly Letter[], { correlation }: Pick<Access, 'correlation'>): Promise<void> {
    await this.messages.write(
      tx,
      letters.map((one) => ({ ...one, correlation, writtenOn: this.clock.today() })),
    );
  }
}

const letter = (account: string, kind: string, subject: string, text: string): Letter => ({
  ...{ account, kind, subject, text },
  ...{ channel: 'letter', documents: [] },
});

const groupNames = { artisan: 'artisan', commercant: 'commerçant', 'profession-liberale': 'profession libérale' } as const;
const firstPaymentDays = 90;
const firstScheduleDays = 60;

/** Notice of affiliation (F61). First schedule within 60 days of the affiliation, first payment 90 days at least after the start (D1690). */
export function affiliationNotice(
  { account, group, fund, startedOn }: Pick<InsuredPerson, 'account' | 'group' | 'fund' | 'startedOn'>,
  today: Day,
): Letter {
  const start = Day.of(startedOn);
  return letter(
    account,
    'affiliation-notice',
    'Votre affiliation',
    `Vous êtes affilié(e) en qualité de ${groupNames[group]} à compter du ${start.print()}, à la caisse ${fundOfCode(fund)?.name ?? fund}, sous le ` +
      `numéro de compte ${account}. Votre premier échéancier vous parvient au plus tard le ${today.plusDays(firstScheduleDays).print()} ; aucun ` +
      `paiement ne vous est demandé avant le ${start.plusDays(firstPaymentDays).print()}. L’affiliation est une obligation légale.`,
  );
}

/** What follows an end of activity, and by when (collection.md 1.6). */
export function endNotice({ account, on, nothingDue, incomesOf, incomesBy, struckOffBy }: EndOfActivity): Letter {
  const ofIncomes = `Déclarez vos revenus de ${incomesOf.join(' et ')} au plus tard le ${Day.of(incomesBy).print()} : ils servent à solder votre compte.`;
  const ofTurnover = 'Déclarez le chiffre d’affaires de votre dernière période à son échéance : il sert à solder votre compte.';
  const following = nothingDue
    ? 'L’activité ayant pris fin le jour de son début, aucune cotisation n’est due.'
    : incomesOf.length === 0
      ? ofTurnover
      : ofIncomes;
  return letter(
    account,
    'end-of-activity',
    'Votre fin d’activité',
    `La fin de votre activité est enregistrée au ${Day.of(on).print()}. Plus rien n’est appelé ni prélevé pour la suite. ${following} Votre ` +
      `radiation est prononcée au plus tard le ${Day.of(struckOffBy).print()}.`,
  );
}

/** What the person must know before they can be struck off ex officio: why, what effect, how to stop it, by when. */
export function strikeOffNotice({ account, lastIncomeYear, personUntil, reason }: StrikeOff): Letter {
  const effect = lastIncomeYear === null ? 'au jour du début de votre activité' : `au 31 décembre ${String(lastIncomeYear)}`;
  return letter(
    account,
    'strike-off-notice',
    'Radiation d’office envisagée',
    `Aucun revenu n’est connu pour deux années civiles consécutives (${reason}). Votre radiation d’office est envisagée, avec effet ${effect} ` +
      `(CSS, art. L. 133-6-7-1). Une seule réponse, ou une déclaration de revenu, l’arrête : vous avez jusqu’au ${Day.of(personUntil ?? '').print()}.`,
  );
}
