import { useSearchParams } from 'react-router';
import { Select } from '../ui/fields.js';

/** The year that a page is about, kept in its address so that it can be come back to. */
export function useChosenYear(fallback: number): [number, (year: number) => void] {
  const [search, setSearch] = useSearchParams();
  const asked = search.get('annee') ?? '';
  const year = /^(?:19|20)\d{2}$/.test(asked) ? Number(asked) : fallback;
  return [year, (chosen) => setSearch({ annee: String(chosen) }, { replace: true })];
}

interface YearChoiceProps {
  readonly label: string;
  readonly years: readonly number[];
  readonly year: number;
  readonly choose: (year: number) => void;
}

export function YearChoice({ label, years, year, choose }: YearChoiceProps) {
  const offered = years.includes(year) ? years : [year, ...years];
  return (
    <Select
      label={label}
      value={String(year)}
      change={(chosen) => choose(Number(chosen))}
      options={[...offered].sort((a, b) => b - a).map((each) => ({ value: String(each), text: String(each) }))}
    />
  );
}
