import { WhyAmount } from '../derivation/why.js';
import type { Why } from '../derivation/why-subject.js';
import { differs, type Organisation, type Pair } from './two-organisations.js';

/** One figure of two organisations: once when they agree, else each with its own, pointed at. */
export function Both({ of, why }: { readonly of: Pair; readonly why: (amount: string, who: Organisation) => Why }) {
  if (differs(of)) {
    return (
      <span className="both">
        <span className="only-read">Les deux organismes diffèrent : </span>
        <One who="rsi" amount={of.rsi} why={why} />
        <One who="urssaf" amount={of.urssaf} why={why} />
      </span>
    );
  }
  const amount = of.rsi ?? of.urssaf;
  if (amount === null || amount === undefined) return <>—</>;
  return <WhyAmount why={why(amount, of.rsi === amount ? 'rsi' : 'urssaf')} amount={amount} />;
}

const names: Readonly<Record<Organisation, string>> = { rsi: 'RSI', urssaf: 'Urssaf' };

interface OneProps {
  readonly who: Organisation;
  readonly amount: string | null | undefined;
  readonly why: (amount: string, who: Organisation) => Why;
}

function One({ who, amount, why }: OneProps) {
  return (
    <span className="both-one">
      <span className="both-who">{names[who]}</span>{' '}
      {amount === null || amount === undefined ? 'rien' : <WhyAmount why={why(amount, who)} amount={amount} />}
    </span>
  );
}
