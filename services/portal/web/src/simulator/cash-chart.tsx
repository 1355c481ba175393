import { Bar, CartesianGrid, ComposedChart, Line, ResponsiveContainer, Tooltip, XAxis, YAxis, Legend } from 'recharts';
import { printed } from '../ui/figures.js';
import { instalmentName } from '../words/payments.js';
import type { MonthOfCash } from './forecast.js';

interface CashChartProps {
  readonly months: readonly MonthOfCash[];
  readonly names: readonly string[];
  /** The scenario whose months stand as bars; the others are lines to compare with. */
  readonly shown: number;
}

const strokes = ['var(--chart-2)', 'var(--chart-1)', 'var(--chart-3)'] as const;

/** A picture for the eye only: the table beside it says the same to everybody. */
export function CashChart({ months, names, shown }: CashChartProps) {
  const points = months.map(({ month, euros }) => ({ month, ...Object.fromEntries(names.map((name, rank) => [name, euros[rank]])) }));
  return (
    <div className="chart" aria-hidden="true">
      <ResponsiveContainer width="100%" height="100%">
        <ComposedChart data={points} margin={{ top: 8, right: 4, bottom: 0, left: 0 }} accessibilityLayer={false}>
          <CartesianGrid stroke="var(--line)" vertical={false} />
          <XAxis
            dataKey="month"
            tickFormatter={shortMonth}
            tick={{ fill: 'var(--ink-soft)', fontSize: 12 }}
            stroke="var(--line-strong)"
            minTickGap={18}
          />
          <YAxis width={58} tickFormatter={thousands} tick={{ fill: 'var(--ink-soft)', fontSize: 12 }} stroke="var(--line-strong)" />
          <Tooltip
            formatter={(value) => printed(Number(value).toFixed(2))}
            labelFormatter={(month) => instalmentName(String(month))}
            contentStyle={{ background: 'var(--surface)', borderColor: 'var(--line-strong)', color: 'var(--ink)' }}
            cursor={{ fill: 'var(--surface-sunken)' }}
          />
          <Legend wrapperStyle={{ fontSize: 13 }} />
          {names.map((name, rank) =>
            rank === shown ? (
              <Bar key={name} dataKey={name} fill={strokes[rank]} isAnimationActive={false} radius={[3, 3, 0, 0]} />
            ) : (
              <Line
                key={name}
                dataKey={name}
                stroke={strokes[rank]}
                dot={false}
                strokeWidth={2}
                type="stepAfter"
                isAnimationActive={false}
              />
            ),
          )}
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  );
}

const shortMonth = (month: string): string => `${month.slice(5)}/${month.slice(2, 4)}`;
const thousands = (euros: number): string => `${euros.toLocaleString('fr-FR')}\u00a0€`;
