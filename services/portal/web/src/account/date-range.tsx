import { Fragment, useState, type ReactNode } from 'react';
import { useSession } from '../asking/queries.js';
import { DayField } from '../ui/fields.js';
import { Waiting } from '../ui/states.js';
import { isDayTyped } from '../ui/typed-day.js';

interface DateRange {
  readonly from: string;
  readonly to: string;
}

/** Between two days; before a choice, the civil year of the business day. */
function useDateRange(today: string): [DateRange, (range: DateRange) => void] {
  const year = today.slice(0, 4);
  return useState<DateRange>({ from: `${year}-01-01`, to: `${year}-12-31` });
}

/** A range that can be asked for: two days, in their order. While one is being typed, nothing is asked. */
const isUsable = ({ from, to }: DateRange): boolean => isDayTyped(from) && isDayTyped(to) && from <= to;

function DateRangeFields({ range, change }: { readonly range: DateRange; readonly change: (range: DateRange) => void }) {
  return (
    <div className="stack-tight no-print">
      <div className="row row-end">
        <DayField label="Du" value={range.from} change={(from) => change({ ...range, from })} />
        <DayField label="Au" value={range.to} change={(to) => change({ ...range, to })} />
      </div>
      {isDayTyped(range.from) && isDayTyped(range.to) && range.from > range.to ? (
        <p className="field-error" role="alert">
          La première date doit précéder la seconde.
        </p>
      ) : null}
    </div>
  );
}

/** What happened between two days of the person's choice; asked anew for each range, once the business day is known. */
export function BetweenDays({ children }: { readonly children: (range: DateRange) => ReactNode }) {
  const today = useSession().data?.today;
  return today === undefined ? <Waiting /> : <Between today={today}>{children}</Between>;
}

function Between({ today, children }: { readonly today: string; readonly children: (range: DateRange) => ReactNode }) {
  const [range, change] = useDateRange(today);
  return (
    <>
      <DateRangeFields range={range} change={change} />
      {isUsable(range) ? <Fragment key={`${range.from} ${range.to}`}>{children(range)}</Fragment> : null}
    </>
  );
}
