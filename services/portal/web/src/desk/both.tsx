import { Amount } from '../ui/figures.js';
import { WhyAmount } from '../derivation/why.js';
import type { Why } from '../derivation/why-subject.js';
import { differs, type Pair } from './two-organisations.js';

/** One figure of two organisations: once when they agree, else each with its own, pointed at. */
export function Both({ of, why }: { readonly of: Pair; readonly why?: (amount: string) => Why }) {
  if (differs(of)) {
    return (
      <span className="both">
        <span className="only-read">Les deux organismes diffèrent : </span>
        <One who="RSI" amount={of.rsi} />
        <One who="Urssaf" amount={of.urssaf} />
      </span>
    );
  }
  const amount = of.rsi ?? of.urssaf;
  if (amount === null || amount === undefined) return <>—</>;
  return why === undefined ? <Amount of={amount} /> : <WhyAmount why={why(amount)} amount={amount} />;
}

function One({ who, amount }: { readonly who: string; readonly amount: string | null | undefined }) {
  return (
    <span className="both-one">
      <span className="both-who">{who}</span> {amount === null || amount === undefined ? 'rien' : <Amount of={amount} />}
    </span>
  );
}
