import type { Day } from '@isu/values';

/** Every way a statement of account is refused. */
export const ofStatements = {
  'known-day-not-come': {
    status: 422,
    title: 'Jour à venir',
    detail: ({ today }: { today: Day }) => `Ce qui sera connu un jour à venir ne l’est pas encore : nous sommes le ${today.print()}.`,
    field: 'on',
    accepted: 'aujourd’hui, ou un jour passé',
  },
  'account-not-known-yet': {
    status: 422,
    title: 'Compte pas encore ouvert',
    detail: ({ openedOn }: { openedOn: Day }) => `Ce compte est ouvert ici depuis le ${openedOn.print()} : rien n’en était connu avant.`,
    field: 'on',
    accepted: 'un jour à partir de l’ouverture du compte',
  },
} as const;
