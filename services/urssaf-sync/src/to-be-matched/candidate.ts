import { Day, Money } from '@isu/values';
import type { NearAccount, Slip } from './near-reference.js';

/** A due date that collection says money may be meant for. */
export interface FoundDebt {
  readonly account: string;
  readonly instalment: string;
  readonly dueOn: string;
  readonly remaining: string;
}

export const likelihoods = ['almost-sure', 'likely', 'possible', 'weak'] as const;
export type Likelihood = (typeof likelihoods)[number];

/** An account that money without an owner may be meant for, with each reason in words. */
export interface Candidate {
  readonly account: string;
  readonly likelihood: Likelihood;
  readonly reasons: readonly string[];
  readonly instalment: string | null;
}

interface Known {
  readonly valueOn: string;
  readonly near: readonly NearAccount[];
  readonly debts: readonly FoundDebt[];
  /** Accounts of people of the payer's name, as the agent read it and affiliation found them: the name itself stays there. */
  readonly named: readonly string[];
}

const slipText: Readonly<Record<Slip, string>> = {
  key: 'le numéro de compte est juste, mais pas la clé de la référence',
  'one-digit': 'à un chiffre près',
  'two-swapped': 'à deux chiffres intervertis près',
  'one-dropped': 'à un chiffre oublié près',
};

/** A due date within this of the day of receipt counts for more: people pay around their due dates. */
const closeDays = 15;

/* Weights add up; only their order matters, and the words that they lead to. Two independent reasons outweigh any one of them. */
const weights = { bothKeys: 60, near: 35, amount: 30, close: 10, name: 35 } as const;
const steps: readonly (readonly [number, Likelihood])[] = [
  [80, 'almost-sure'],
  [60, 'likely'],
  [35, 'possible'],
];

/** Whom the money may be for, most likely first; nobody without a reason. */
export function candidatesFor({ valueOn, near, debts, named }: Known): Candidate[] {
  const accounts = new Set([...[...near, ...debts].map(({ account }) => account), ...named]);
  return [...accounts]
    .map((account) => {
      const reference = near.find((one) => one.account === account);
      const debt = closest(debts.filter((one) => one.account === account), valueOn); // prettier-ignore
      const parts = [
        ...(reference ? [ofReference(reference)] : []),
        ...(named.includes(account) ? [{ weight: weights.name, text: 'Même nom que le payeur.' }] : []),
        ...(debt ? [ofDebt(debt, valueOn)] : []),
      ];
      const score = parts.reduce((sum, { weight }) => sum + weight, 0);
      const instalment = reference?.instalment ?? debt?.instalment ?? null;
      return { score, candidate: { account, likelihood: wordFor(score), reasons: parts.map(({ text }) => text), instalment } };
    })
    .sort((a, b) => b.score - a.score || (a.candidate.account < b.candidate.account ? -1 : 1))
    .map(({ candidate }) => candidate);
}

const wordFor = (score: number): Likelihood => steps.find(([least]) => score >= least)?.[1] ?? 'weak';

const ofReference = ({ slip, keyHolds }: NearAccount) => ({
  weight: keyHolds ? weights.bothKeys : weights.near,
  text: `Référence du compte, ${slipText[slip]}${keyHolds ? ' ; la clé de la référence le confirme' : ''}.`,
});

const daysBetween = (one: string, other: string): number => Math.abs(Day.of(one).daysUntil(Day.of(other)));

const closest = (debts: readonly FoundDebt[], valueOn: string): FoundDebt | undefined =>
  [...debts].sort((a, b) => daysBetween(a.dueOn, valueOn) - daysBetween(b.dueOn, valueOn))[0];

function ofDebt({ dueOn, remaining }: FoundDebt, valueOn: string) {
  const days = daysBetween(dueOn, valueOn);
  const isClose = days <= closeDays;
  return {
    weight: weights.amount + (isClose ? weights.close : 0),
    text: `Il reste exactement ${Money.of(remaining).print()} de l’échéance du ${Day.of(dueOn).print()}${isClose ? `, à ${String(days)} jour${days > 1 ? 's' : ''} de la réception` : ''}.`,
  };
}
