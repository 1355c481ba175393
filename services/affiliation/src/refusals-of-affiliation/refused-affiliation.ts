import { Day } from '@isu/values';

/** What somebody who refuses to be affiliated is answered (F102): the law, by its articles. The account stays. */
export interface ReplyToRefusal {
  readonly account: string;
  readonly receivedOn: string;
  readonly accountStays: true;
  readonly reply: string;
  readonly sources: readonly { readonly reference: string; readonly says: string }[];
}

/** Those that the sources of the project give (collection.md 1.3 and 5.5), and no other. */
const sources = [
  {
    reference: 'Cour d’appel de Limoges, 23 mars 2015',
    says: 'Le régime social des indépendants est un régime légal de sécurité sociale.',
  },
  {
    reference: 'Art. L. 114-18, depuis la loi de financement de la sécurité sociale pour 2015',
    says:
      'Refuser délibérément de s’affilier expose à six mois d’emprisonnement et à 15 000 € d’amende, ou à l’une de ces peines ; inciter à le faire, à ' +
      '30 000 € d’amende. Aucune poursuite ne naît de cette réponse : seul un agent, avec l’accord d’un second, peut en demander.',
  },
] as const;

export const replyToRefusal = (account: string, today: Day, startedOn: string): ReplyToRefusal => ({
  account,
  receivedOn: today.iso,
  accountStays: true,
  reply:
    `Vous avez fait connaître, le ${today.print()}, votre refus d’être affilié(e). Cette demande ne peut pas être accueillie : l’affiliation résulte ` +
    `de la loi et de l’exercice de votre activité depuis le ${Day.of(startedOn).print()}, non d’un contrat. Votre compte et vos droits demeurent. ` +
    'Vous pouvez saisir la commission de recours amiable de votre caisse dans les deux mois.',
  sources,
});
