import { refusals } from '@isu/chassis';
import type { Day, Money } from '@isu/values';
import type { Hold } from './ex-officio/ex-officio.js';
import { ofDebits } from './refusals-of-debits.js';
import { ofOnlinePayments } from './refusals-of-online-payments.js';
import { ofRefunds } from './refusals-of-refunds.js';
import { ofStatements } from './refusals-of-statements.js';
import type { Period, Rhythm } from './turnovers/period.js';

const holds: Readonly<Record<Hold, string>> = {
  'flow-incomplete': 'Le flux des déclarations de revenus d’un partenaire n’est pas complet.',
  'fact-set-aside': 'Un message d’un partenaire sur ce compte attend d’être traité.',
  'declaration-not-retained':
    'Une déclaration de ce revenu est arrivée par un partenaire et n’a pas été retenue : un agent doit la regarder.',
};

/** Every way collection says no. */
export const refuse = refusals({
  ...ofOnlinePayments,
  ...ofRefunds,
  ...ofStatements,
  'account-merged': {
    status: 409,
    title: 'Compte réuni à un autre',
    detail: ({ into }: { into: string }) => `Ce compte a été réuni au compte ${into} : rien n’y change plus, tout continue sous l’autre.`,
  },
  ...ofDebits,
  'income-of-micro-entrepreneur': {
    status: 422,
    title: 'Revenu non déclarable ici',
    detail: () =>
      'Un micro-entrepreneur ne déclare pas de revenu : il déclare son chiffre d’affaires, chaque mois ou chaque trimestre, et paie sur ce chiffre.',
  },
  'income-after-end': {
    status: 422,
    title: 'Activité terminée',
    detail: ({ endedOn }: { endedOn: Day }) =>
      `L’activité a pris fin le ${endedOn.print()} : aucun revenu n’est attendu de cette année. Ceux de la dernière année et de la précédente se déclarent dans les 90 jours.`,
    field: 'year',
    accepted: 'une année d’activité',
  },
  'income-year-not-over': {
    status: 422,
    title: 'Année non terminée',
    detail: ({ latest }: { latest: number }) =>
      `Seul le revenu d’une année terminée se déclare : jusqu’à ${latest}. Pour l’année en cours, demandez une estimation.`,
    field: 'year',
    accepted: 'une année civile terminée',
  },
  'estimate-of-micro-entrepreneur': {
    status: 422,
    title: 'Estimation sans objet',
    detail: () =>
      'Un micro-entrepreneur paie sur le chiffre d’affaires qu’il déclare, chaque mois ou chaque trimestre : il n’a pas de revenu à estimer. Déclarez votre chiffre d’affaires de la période.',
  },
  'estimate-after-end': {
    status: 422,
    title: 'Activité terminée',
    detail: ({ endedOn }: { endedOn: Day }) =>
      `L’activité a pris fin le ${endedOn.print()} : il n’y a plus de revenu à estimer. Déclarez les revenus de la dernière année et de la précédente dans les 90 jours de la radiation.`,
  },
  'estimate-taxed-ex-officio': {
    status: 422,
    title: 'Estimation fermée par une taxation d’office',
    detail: ({ years }: { years: readonly number[] }) =>
      `Vos cotisations sont taxées d’office faute de déclaration du revenu de ${years.join(', ')}. Déclarez d’abord ce revenu : la taxation sera remplacée, et l’estimation de nouveau possible.`,
  },
  'estimate-year-not-current': {
    status: 422,
    title: 'Année d’estimation impossible',
    detail: ({ year }: { year: number }) =>
      `Seul le revenu de l’année en cours, ${year}, s’estime. Le revenu d’une année terminée se déclare.`,
    field: 'year',
    accepted: 'l’année en cours',
  },
  'no-surcharge-to-decide': {
    status: 409,
    title: 'Aucune majoration à décider',
    detail: ({ year }: { year: number }) =>
      `Aucune estimation de ${year} n’est restée de plus d’un tiers sous le revenu déclaré, ou rien ne permet de la comparer.`,
  },
  'ex-officio-of-micro-entrepreneur': {
    status: 422,
    title: 'Taxation d’office sans objet',
    detail: () =>
      'Un micro-entrepreneur n’a pas de revenu à déclarer : ses déclarations de chiffre d’affaires manquantes ont leur propre pénalité.',
  },
  'ex-officio-after-end': {
    status: 422,
    title: 'Activité terminée avant cette année',
    detail: ({ endedOn }: { endedOn: Day }) => `L’activité a pris fin le ${endedOn.print()} : aucun revenu n’est attendu de cette année.`,
    field: 'year',
    accepted: 'une année d’activité',
  },
  'ex-officio-flat-end': {
    status: 409,
    title: 'Aucun revenu connu',
    detail: () => 'L’activité a pris fin et aucun revenu n’a jamais été connu : l’assiette forfaitaire des premières années reste appelée.',
  },
  'ex-officio-before-deadline': {
    status: 422,
    title: 'Déclaration encore possible',
    detail: ({ year, deadline }: { year: number; deadline: Day }) =>
      `Le revenu de ${year} se déclare jusqu’au ${deadline.print()} : personne n’est taxé d’office avant.`,
    field: 'year',
    accepted: 'une année dont la date limite de déclaration est passée',
  },
  'ex-officio-of-declared-year': {
    status: 409,
    title: 'Revenu déjà déclaré',
    detail: ({ year }: { year: number }) => `Le revenu de ${year} a été déclaré : il n’y a rien à taxer d’office.`,
  },
  'ex-officio-held': {
    status: 409,
    title: 'Une déclaration est peut-être en chemin',
    detail: ({ hold }: { hold: Hold }) => `${holds[hold]} La taxation d’office attend.`,
  },
  'turnover-of-common-scheme': {
    status: 422,
    title: 'Chiffre d’affaires non déclarable ici',
    detail: () =>
      'Hors du régime micro-social, les cotisations se calculent sur le revenu : déclarez-le chaque année, ou estimez celui de l’année en cours.',
  },
  'turnover-year-not-priced': {
    status: 422,
    title: 'Année sans barème',
    detail: ({ earliest, latest }: { earliest: number; latest: number }) => `Les règles de calcul sont connues de ${earliest} à ${latest}.`,
    field: 'period',
    accepted: 'une période dont les règles sont connues',
  },
  'turnover-of-other-rhythm': {
    status: 422,
    title: 'Période d’un autre rythme',
    detail: ({ rhythm }: { rhythm: Rhythm }) =>
      rhythm === 'quarterly' ? 'Vous déclarez chaque trimestre, par exemple 2016-Q2.' : 'Vous déclarez chaque mois, par exemple 2016-05.',
    field: 'period',
    accepted: 'une période du rythme choisi',
  },
  'turnover-before-first': {
    status: 422,
    title: 'Période comprise dans la première déclaration',
    detail: ({ first }: { first: Period }) =>
      `Votre première déclaration va du ${first.from.print()} au ${first.to.print()}, et porte le nom ${first.id} : elle se fait avant le ${first.dueOn.print()}.`,
    field: 'period',
    accepted: 'la première période, ou une suivante',
  },
  'turnover-after-end': {
    status: 422,
    title: 'Période postérieure à l’activité',
    detail: ({ endedOn }: { endedOn: Day }) => `L’activité a pris fin le ${endedOn.print()}.`,
    field: 'period',
    accepted: 'une période d’activité',
  },
  'turnover-period-not-over': {
    status: 422,
    title: 'Période non terminée',
    detail: ({ to }: { to: Day }) => `Cette période se termine le ${to.print()} : elle se déclare à partir du lendemain.`,
    field: 'period',
    accepted: 'une période terminée',
  },
  'turnover-out-of-proportion': {
    status: 422,
    title: 'Chiffre d’affaires hors de proportion',
    detail: () => 'Un chiffre d’affaires va de zéro à moins de cent millions d’euros : vérifiez le montant, en euros et non en centimes.',
    field: 'amount',
    accepted: 'un montant de zéro ou plus',
  },
  'forecast-without-schedule': {
    status: 422,
    title: 'Pas d’échéancier à prévoir',
    detail: () => 'Sans échéancier (régime micro-social, activité terminée), il n’y a pas de calendrier de trésorerie.',
  },
  'forecast-without-income': {
    status: 422,
    title: 'Revenu antérieur inconnu',
    detail: ({ year }: { year: number }) =>
      `La prévision part du revenu de ${year}, qui n’est pas connu : elle vient après les deux premières années.`,
  },
  'income-before-start': {
    status: 422,
    title: 'Année antérieure à l’activité',
    detail: ({ startedOn }: { startedOn: Day }) => `L’activité a commencé le ${startedOn.print()}.`,
    field: 'year',
    accepted: 'une année à partir de celle du début d’activité',
  },
  'income-year-not-priced': {
    status: 422,
    title: 'Année sans barème',
    detail: ({ earliest, latest }: { earliest: number; latest: number }) => `Les règles de calcul sont connues de ${earliest} à ${latest}.`,
    field: 'year',
    accepted: 'une année dont les règles sont connues',
  },
  'declaration-day-impossible': {
    status: 422,
    title: 'Date de déclaration impossible',
    detail: ({ year, today }: { year: number; today: Day }) =>
      `Le revenu de ${year} se déclare à partir du 1er janvier ${year + 1}, et au plus tard aujourd’hui, ${today.print()}.`,
    field: 'declaredOn',
    accepted: 'un jour après l’année déclarée, aujourd’hui compris',
  },
  'income-out-of-proportion': {
    status: 422,
    title: 'Revenu hors de proportion',
    detail: () => 'Ce revenu dépasse un milliard d’euros : vérifiez le montant, en euros et non en centimes.',
    field: 'amount',
    accepted: 'un montant de moins d’un milliard d’euros',
  },
  'no-surcharge-to-remit': {
    status: 409,
    title: 'Aucune majoration à remettre',
    detail: () => 'Aucune majoration de retard notifiée ne reste due sur ce compte.',
  },
  'remission-before-principal': {
    status: 409,
    title: 'Cotisations à payer d’abord',
    detail: ({ unpaid }: { unpaid: Money }) =>
      `Les majorations ne peuvent être remises qu’une fois toutes les cotisations payées (CSS, art. R. 243-20) : il reste ${unpaid.print()}.`,
  },
  'months-not-remissible': {
    status: 422,
    title: 'Majorations mensuelles non remissibles',
    detail: () =>
      'Les majorations par mois de retard ne se remettent que si les cotisations ont été payées dans les trente jours de l’échéance, ou en raison d’un événement extérieur et irrésistible.',
    field: 'granted',
    accepted: 'un refus, ou une demande qui fait état d’un événement extérieur',
  },
  'remission-asked': {
    status: 409,
    title: 'Demande déjà en cours',
    detail: () => 'Une demande de remise de ce compte attend déjà sa décision.',
  },
  'remission-decided': {
    status: 409,
    title: 'Remise déjà décidée',
    detail: () => 'Cette demande de remise a déjà sa décision.',
  },
  'remission-four-eyes': {
    status: 403,
    title: 'Une autre personne décide',
    detail: () => 'Qui a saisi une demande de remise ne la décide pas.',
  },
  'remission-of-the-board': {
    status: 422,
    title: 'Décision de la commission de recours amiable',
    detail: ({ amount }: { amount: Money }) =>
      `Une remise de ${amount.print()} est décidée par la commission de recours amiable : indiquez sa décision.`,
    field: 'boardReference',
    accepted: 'la référence de la décision de la commission',
  },
  'periodicity-of-micro-entrepreneur': {
    status: 422,
    title: 'Périodicité sans objet',
    detail: () => 'Un micro-entrepreneur paie avec chaque déclaration de chiffre d’affaires : il n’a pas d’échéancier.',
  },
  'day-already-changed': {
    status: 409,
    title: 'Date déjà changée cette année',
    detail: ({ year }: { year: number }) =>
      `La date de prélèvement ne change qu’une fois par année civile, et l’a déjà été en ${year}. Vous pourrez la changer l’an prochain.`,
    field: 'periodicity',
    accepted: 'la périodicité en vigueur, ou « quarterly »',
  },
  'run-year-out-of-reach': {
    status: 422,
    title: 'Année d’appel impossible',
    detail: ({ from, to }: { from: number; to: number }) => `Les cotisations provisionnelles s’appellent pour ${from} ou ${to}.`,
    field: 'year',
    accepted: 'l’année en cours ou la suivante',
  },
  'run-under-way': {
    status: 409,
    title: 'Appel en cours',
    detail: () => 'Cet appel est déjà en cours : suivez son avancement, ou relancez-le quand il sera terminé.',
  },
  'day-not-come': {
    status: 422,
    title: 'Journée à venir',
    detail: ({ day, today }: { day: string; today: string }) => `La journée du ${day} n’est pas encore venue : nous sommes le ${today}.`,
    field: 'day',
    accepted: 'aujourd’hui, ou la première journée encore ouverte',
  },
  'day-out-of-order': {
    status: 409,
    title: 'Journée fermée avant les précédentes',
    detail: ({ expected }: { expected: string }) =>
      `Les journées se ferment dans l’ordre : la prochaine à fermer est celle du ${expected}.`,
    field: 'day',
    accepted: 'la première journée encore ouverte',
  },
});
