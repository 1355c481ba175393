import { Money } from '@isu/values';
import type { Why } from '../derivation/why-subject.js';

interface CalledAndPaid {
  readonly called: string;
  readonly paid: string;
}

const negative = (amount: string): string => Money.of(amount).negated().toString();

interface Remaining {
  readonly remaining: string;
  /** Surcharges for lateness, notified and still owed. */
  readonly surcharges: string;
  readonly credit: string;
}

/** What people call the balance: what remains of all years and of their surcharges, less the money held for them (F16). Positive: they owe. */
export const soldeOf = ({ remaining, surcharges, credit }: Remaining): string =>
  Money.of(remaining).plus(Money.of(surcharges)).minus(Money.of(credit)).toString();

interface PeriodOfBalance extends CalledAndPaid {
  readonly year: number;
  readonly surcharges: CalledAndPaid & { readonly remaining: string };
}

/** The balance, year by year to the cent. */
export function whySolde(solde: string, periods: readonly PeriodOfBalance[], credit: string): Why {
  const held = Money.of(credit).isZero ? [] : [{ text: 'Crédit : argent reçu que rien ne demandait encore', amount: negative(credit) }];
  return {
    kind: 'sum',
    title: 'Solde du compte',
    amount: solde,
    remark:
      'Le solde est la somme de ce qui reste de chaque année, majorations de retard comprises, moins l’argent que nous tenons déjà pour vous.',
    terms: [
      ...periods.map(({ year, called, paid }) => {
        const remaining = Money.of(called).minus(Money.of(paid)).toString();
        return { text: `Reste de ${String(year)}`, amount: remaining, why: whyRemaining(`Reste de ${String(year)}`, { called, paid }) };
      }),
      ...periods.flatMap(({ year, surcharges }) => {
        const title = `Majorations de retard de ${String(year)}`;
        return Money.of(surcharges.remaining).isZero
          ? []
          : [{ text: title, amount: surcharges.remaining, why: whyRemaining(title, surcharges) }];
      }),
      ...held,
    ],
  };
}

export function whyRemaining(title: string, { called, paid }: CalledAndPaid): Why {
  return {
    kind: 'sum',
    title,
    amount: Money.of(called).minus(Money.of(paid)).toString(),
    terms: [
      { text: 'Appelé', amount: called },
      { text: 'Payé', amount: negative(paid) },
    ],
  };
}

/** The same, from the totals of the consolidated account. */
export function whyBalance({ called, paid, credit, surcharges, remaining }: CalledAndPaid & Remaining): Why {
  return {
    kind: 'sum',
    title: 'Solde du compte',
    amount: soldeOf({ remaining, surcharges, credit }),
    remark: 'Tout ce qui vous a été demandé, moins ce que vous avez payé, moins l’argent reçu que rien ne demandait encore (le crédit).',
    terms: [
      { text: 'Appelé, toutes années', amount: called },
      { text: 'Payé', amount: negative(paid) },
      ...(Money.of(surcharges).isZero ? [] : [{ text: 'Majorations de retard', amount: surcharges }]),
      ...(Money.of(credit).isZero ? [] : [{ text: 'Crédit', amount: negative(credit) }]),
    ],
  };
}
