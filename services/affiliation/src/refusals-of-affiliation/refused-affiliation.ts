import { Day } from '@isu/values';

/** What somebody who refuses to be affiliated is answered (F102): the law, by its articles. The account stays. */
export interface ReplyToRefusal {
  readonly account: string;
  readonly receivedOn: string;
  readonly accountStays: true;
  readonly reply: string;
  readonly sources: readonly { readonly reference: string; readonly says: string }[];
}

const sources = [
  {
    reference: 'CSS, art. L. 111-1',
    says: 'La sécurité sociale est fondée sur le principe de solidarité nationale : l’affiliation des personnes qui travaillent est obligatoire.',
  },
  {
    reference: 'CSS, art. L. 111-2-2',
    says: 'Sont affiliées à un régime obligatoire toutes les personnes qui exercent en France une activité professionnelle.',
  },
  {
    reference: 'CSS, art. L. 613-1 et L. 633-1',
    says: 'Les travailleurs indépendants relèvent du régime social des indépendants pour la maladie et, artisans et commerçants, pour la retraite.',
  },
  {
    reference: 'Cour d’appel de Limoges, 23 mars 2015',
    says: 'Le régime social des indépendants est un régime légal de sécurité sociale : nul ne peut s’en retirer pour s’assurer ailleurs.',
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
