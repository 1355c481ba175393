import { Amount } from '../ui/figures.js';
import { OwedExplanation } from './owed-explanation.js';
import { LineExplanation } from './line-explanation.js';
import type { Why, WhySaid, WhySum } from './why-subject.js';
import { Button } from '../ui/button.js';
import { addsUp } from './adds-up.js';

export function Explanation({ why, open }: { readonly why: Why; readonly open: (why: Why) => void }) {
  return (
    <div className="stack">
      <div>
        <p className="soft">{why.title}</p>
        <span className="figure">
          <Amount of={why.amount} />
        </span>
      </div>
      {why.kind === 'line' ? <LineExplanation why={why} /> : null}
      {why.kind === 'owed' ? <OwedExplanation why={why} /> : null}
      {why.kind === 'sum' ? <SumExplanation why={why} open={open} /> : null}
      {why.kind === 'said' ? <SaidExplanation why={why} /> : null}
    </div>
  );
}

function SumExplanation({ why: { terms, amount, remark }, open }: { readonly why: WhySum; readonly open: (why: Why) => void }) {
  return (
    <>
      {remark === undefined ? null : <p>{remark}</p>}
      <dl className="terms card">
        {terms.map(({ text, amount: part, why }, rank) => (
          <div key={`${String(rank)} ${text}`}>
            <dt>{text}</dt>
            <dd>
              <Amount of={part} />
              {why === undefined ? null : (
                <Button kind="quiet" onPress={() => open(why)} aria-label={`Pourquoi ${text}`}>
                  Pourquoi ?
                </Button>
              )}
            </dd>
          </div>
        ))}
        <div>
          <dt>Total</dt>
          <dd>
            <Amount of={amount} />
          </dd>
        </div>
      </dl>
      {addsUp(terms, amount) ? null : <p className="field-error">Ces lignes ne font pas ce total : signalez-le à votre caisse.</p>}
    </>
  );
}

function SaidExplanation({ why: { says, traces } }: { readonly why: WhySaid }) {
  return (
    <>
      <p>{says}</p>
      <dl className="terms card">
        {traces.map(({ name, text }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
