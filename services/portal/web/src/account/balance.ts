import { Money } from '@isu/values';
import type { Why } from '../derivation/why-subject.js';

interface CalledAndPaid {
  readonly called: string;
  readonly paid: string;
}

const negative = (amount: string): string => Money.of(amount).negated().toString();

/** What people call the balance: what remains of all years, less the money held for them (F16). Positive: they owe. */
export const soldeOf = ({ remaining, credit }: { readonly remaining: string; readonly credit: string }): string =>
  Money.of(remaining).minus(Money.of(credit)).toString();

/** The balance, year by year to the cent. */
export function whySolde(solde: string, periods: readonly ({ readonly year: number } & CalledAndPaid)[], credit: string): Why {
  const held = Money.of(credit).isZero ? [] : [{ text: 'Crédit : argent reçu que rien ne demandait encore', amount: negative(credit) }];
  return {
    kind: 'sum',
    title: 'Solde du compte',
    amount: solde,
    remark: 'Le solde est la somme de ce qui reste de chaque année, moins l’argent que nous tenons déjà pour vous.',
    terms: [
      ...periods.map(({ year, called, paid }) => {
        const remaining = Money.of(called).minus(Money.of(paid)).toString();
        return { text: `Reste de ${String(year)}`, amount: remaining, why: whyRemaining(`Reste de ${String(year)}`, { called, paid }) };
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
export function whyBalance({
  called,
  paid,
  credit,
  remaining,
}: CalledAndPaid & { readonly credit: string; readonly remaining: string }): Why {
  return {
    kind: 'sum',
    title: 'Solde du compte',
    amount: soldeOf({ remaining, credit }),
    remark: 'Tout ce qui vous a été demandé, moins ce que vous avez payé, moins l’argent reçu que rien ne demandait encore (le crédit).',
    terms: [
      { text: 'Appelé, toutes années', amount: called },
      { text: 'Payé', amount: negative(paid) },
      ...(Money.of(credit).isZero ? [] : [{ text: 'Crédit', amount: negative(credit) }]),
    ],
  };
}
