import type { OutgoingMessage } from '@isu/chassis';
import type { ReturnOutcome } from '@isu/contracts';
import { Day, Money } from '@isu/values';

export interface ToldReturn {
  readonly account: string;
  readonly amount: Money;
  readonly dueOn: Day;
  readonly outcome: ReturnOutcome;
  readonly againOn: Day | null;
  /** Whether payments go over to quarterly dates. */
  readonly toQuarterly: boolean;
  readonly monthlyFrom: Day;
}

interface Written {
  readonly writtenOn: Day;
  readonly correlation: string;
}

/** The reasons of banks in plain French, by code, for the person and for agents alike; what the list does not know is said as it came. */
const reasonTexts: Readonly<Record<string, string>> = {
  AM01: 'montant nul',
  AM02: 'montant au-delà de ce que permet la banque',
  AM03: 'devise refusée',
  AM04: 'provision insuffisante sur le compte',
  AC01: 'numéro de compte incorrect',
  AC04: 'compte fermé',
  AC06: 'compte bloqué',
  AG01: 'prélèvement impossible sur ce compte',
  AG02: 'opération refusée par une banque',
  RC01: 'banque non reconnue',
  MD01: 'mandat inexistant ou refusé',
  MD02: 'mandat incomplet',
  MD06: 'remboursement demandé à la banque par le titulaire du compte',
  MD07: 'décès du titulaire',
  MS02: 'refus du titulaire du compte',
  MS03: 'motif non précisé par la banque',
  SL01: 'service particulier de la banque',
  FF01: 'format de fichier',
  FOCR: 'annulation entre banques',
  DNOR: 'banque non joignable',
  CNOR: 'banque du créancier non joignable',
  ED05: 'règlement entre banques échoué',
};

export const reasonText = (code: string): string => reasonTexts[code] ?? 'motif donné par la banque';

const whatToDo: Readonly<Record<ReturnOutcome, (told: ToldReturn) => string | null>> = {
  carried: ({ againOn, amount }) =>
    `Cette somme est reportée, une seule fois : ${amount.print()} s’ajouteront à votre prélèvement du ${againOn?.print() ?? ''}. Si ce prélèvement passe, aucune majoration n’est due. Vous pouvez aussi payer avant cette date : la somme ne sera alors pas prélevée.`,
  'due-at-once': ({ toQuarterly, monthlyFrom }) =>
    `C’est le second refus : les échéances concernées sont à payer dès maintenant, avec les majorations de retard depuis leurs dates.${
      toQuarterly
        ? ` Jusqu’à la fin de l’année, vous payez chaque trimestre ; votre mandat reste valable, et vous pourrez demander de payer de nouveau chaque mois à partir du ${monthlyFrom.print()}.`
        : ''
    } Si vous ne pouvez pas payer, demandez un délai de paiement.`,
  'mandate-suspended': () =>
    'Votre mandat est suspendu : plus rien ne sera prélevé sur ce compte. La somme reste due à sa date : payez-la par un autre moyen, et donnez un autre IBAN dans « Prélèvement » pour les échéances suivantes.',
  'mandate-revoked': () =>
    'Votre banque ne reconnaît pas votre mandat : plus rien ne sera prélevé. La somme reste due à sa date. Un agent vérifie la preuve de votre signature ; pour reprendre les prélèvements, signez un nouveau mandat dans « Prélèvement ».',
  reopened: () =>
    'Votre banque vous a remboursé : la somme est de nouveau due, à sa date d’origine. Elle ne sera pas prélevée une seconde fois : payez-la par un autre moyen. Si vous contestez le montant, écrivez-nous.',
  'account-frozen': () => null,
  'left-unpaid': () => 'La somme reste due à sa date : payez-la par un autre moyen. Une échéance payée en retard est majorée.',
  'presented-again': () => null,
  'to-examine': () => null,
};

/** What the person reads of a debit that came back. A matter between banks, or a death, is not written about. */
export function returnMessage(told: ToldReturn, code: string, written: Written): OutgoingMessage | null {
  const advice = whatToDo[told.outcome](told);
  if (advice === null) return null;
  return {
    ...{ account: told.account, kind: 'debit-returned', channel: 'email', documents: [], ...written },
    subject: `Votre prélèvement du ${told.dueOn.print()} n’a pas été payé`,
    text: `Bonjour,

Votre prélèvement du ${told.dueOn.print()}, de ${told.amount.print()}, n’a pas été payé par votre banque : ${reasonText(code)} (${code}).

${advice}`,
  };
}

/** The same advice on a screen; what is left to the banks or to an agent is said there. */
export function returnAdvice(told: ToldReturn): string {
  return whatToDo[told.outcome](told) ?? unwritten[told.outcome] ?? '';
}

/** Whose fault an unknown reason is, nobody knows before an agent has looked: nothing is promised of lateness but that it waits. */
const unwritten: Partial<Record<ReturnOutcome, string>> = {
  'account-frozen': 'Le compte est gelé : rien n’est prélevé ni réclamé.',
  'presented-again': 'Le défaut vient des banques ou de nous : vous n’avez rien à faire, et aucune majoration n’est due.',
  'to-examine':
    'Le motif donné par votre banque ne dit pas ce qui s’est passé : un agent l’examine. En attendant, aucune majoration ne vous est réclamée et rien n’est prélevé de nouveau ; vous pouvez payer par un autre moyen.',
};
