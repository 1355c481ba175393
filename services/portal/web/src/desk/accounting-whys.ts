import { Money } from '@isu/values';
import type { AccountingDay, AccountingDays, DayFigures, KindBalance } from '../../../src/face/accounting.js';
import type { Why, WhySum } from '../derivation/why-subject.js';
import { printedDay } from '../ui/figures.js';
import { bookAccountName, entriesName } from '../words/accounting.js';
import { contributionName } from '../words/contributions.js';

const sumOf = (amounts: readonly string[]): string => Money.sum(amounts.map((amount) => Money.of(amount))).toString();

/** All that a day moved, where only its total is known: its own page takes it apart. */
export const whyMoved = ({ day, transactions, postings, total }: DayFigures): Why => ({
  kind: 'said',
  title: `Mouvements du ${printedDay(day)}`,
  amount: total,
  says: 'Chaque mouvement débite un compte et en crédite un autre du même montant : ce qui est débité est ce qui est crédité. La page de la journée en donne le détail.',
  traces: [
    { name: 'Écritures', text: String(transactions) },
    { name: 'Mouvements', text: String(postings) },
  ],
});

export const whyWaiting = ({ count, total, oldestOn }: AccountingDays['toMatch']): Why => ({
  kind: 'said',
  title: 'Encaissements à identifier',
  amount: total,
  says: 'L’argent reçu dont on ne sait pas encore de quel compte il est, d’après le service des échanges. Il n’est inscrit au compte de personne.',
  traces: [
    { name: 'Encaissements', text: String(count) },
    ...(oldestOn === null ? [] : [{ name: 'Le plus ancien, reçu le', text: printedDay(oldestOn) }]),
  ],
});

export const whyBalance = ({ kind, balance }: KindBalance): Why => ({
  kind: 'said',
  title: bookAccountName(kind),
  amount: balance,
  says: 'Tout ce qui a été débité de ces comptes, moins tout ce qui en a été crédité, depuis la première journée et pour toutes les personnes.',
  traces: [],
});

export const whyZero = (balances: readonly KindBalance[]): WhySum => ({
  kind: 'sum',
  title: 'Total de la balance',
  amount: sumOf(balances.map(({ balance }) => balance)),
  remark: 'Tout mouvement va d’un compte à un autre : ensemble, les soldes font zéro.',
  terms: balances.map((one) => ({ text: bookAccountName(one.kind), amount: one.balance, why: whyBalance(one) })),
});

type Side = 'debit' | 'credit';
const sides: Readonly<Record<Side, string>> = { debit: 'Débité', credit: 'Crédité' };

/** What was debited, or credited, of a kind of account on a day: by year and contribution. */
export function whyKind({ day, totals }: AccountingDay, { kind, side, amount }: { kind: string; side: Side; amount: string }): WhySum {
  const terms = totals
    .filter(({ name }) => name.split('/')[0] === kind)
    .map((total) => ({ text: placeName(total.name), amount: total[side] }))
    .filter((term) => term.amount !== '0');
  return { kind: 'sum', title: `${sides[side]} le ${printedDay(day)} : ${bookAccountName(kind)}`, amount, terms };
}

function placeName(name: string): string {
  const [kind = '', year, code] = name.split('/');
  return year === undefined || code === undefined ? bookAccountName(kind) : `${contributionName(code)} ${year}`;
}

export const whySide = (of: AccountingDay, side: Side): WhySum => ({
  kind: 'sum',
  title: `${sides[side]} le ${printedDay(of.day)}, tous comptes`,
  amount: sumOf(of.kinds.map((one) => one[side])),
  terms: of.kinds
    .filter((one) => one[side] !== '0')
    .map((one) => ({ text: bookAccountName(one.kind), amount: one[side], why: whyKind(of, { kind: one.kind, side, amount: one[side] }) })),
});

export const whyAct = (day: string, { reason, transactions, total }: AccountingDay['acts'][number]): Why => ({
  kind: 'said',
  title: `${entriesName(reason)} du ${printedDay(day)}`,
  amount: total,
  says: 'La somme des mouvements de ces écritures.',
  traces: [{ name: 'Écritures', text: String(transactions) }],
});

export const whyActs = ({ day, acts }: AccountingDay): WhySum => ({
  kind: 'sum',
  title: `Mouvements du ${printedDay(day)}`,
  amount: sumOf(acts.map(({ total }) => total)),
  terms: acts.map((act) => ({ text: entriesName(act.reason), amount: act.total, why: whyAct(day, act) })),
});
