import { createContext, lazy, Suspense, useContext, useState, type ReactNode } from 'react';
import { useLocation } from 'react-router';
import { Amount } from '../ui/figures.js';
import type { Why } from './why-subject.js';

/** Most pages are read without asking why: what answers is fetched at the first question. */
const WhyAnswer = lazy(async () => ({ default: (await import('./why-answer.js')).WhyAnswer }));

const OpenWhy = createContext<(why: Why) => void>(() => undefined);

/** The amounts that were opened, from the one on the page to the one that is shown. */
interface Trail {
  /** The page that they stand on: going elsewhere closes them. */
  readonly page: string;
  readonly whys: readonly Why[];
}

/**
 * « Pourquoi cet euro ? » (N2): any amount of a page opens here, beside the page. Terms of a sum open in their turn, and one comes back
 * step by step.
 */
export function WhyPanel({ children }: { readonly children: ReactNode }) {
  const { pathname: page } = useLocation();
  const [trail, setTrail] = useState<Trail | null>(null);
  const show = (whys: readonly Why[]) => setTrail({ page, whys });
  return (
    <OpenWhy value={(why) => show([why])}>
      {children}
      {trail === null ? null : (
        <Suspense fallback={null}>
          <WhyAnswer trail={trail.page === page ? trail.whys : []} show={show} />
        </Suspense>
      )}
    </OpenWhy>
  );
}

interface WhyAmountProps {
  readonly why: Why;
  /** Of the amount on the page, when it is not written as the derivation has it. */
  readonly amount?: string;
  readonly whole?: boolean;
}

/** An amount that one can ask about. */
export function WhyAmount({ why, amount = why.amount, whole }: WhyAmountProps) {
  const open = useContext(OpenWhy);
  return (
    <button type="button" className="why" aria-haspopup="dialog" onClick={() => open(why)}>
      <Amount of={amount} whole={whole} />
      <span className="only-read">, pourquoi ce montant : {why.title}</span>
    </button>
  );
}
