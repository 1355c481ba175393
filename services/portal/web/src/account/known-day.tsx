import { useState } from 'react';
import { useSession } from '../asking/queries.js';
import { Button } from '../ui/button.js';
import { DayField } from '../ui/fields.js';
import { isDayTyped } from '../ui/typed-day.js';
import { StatementLinks } from './statement-links.js';

interface KnownDayProps {
  /** The day that was chosen; null for now. */
  readonly on: string | null;
  readonly choose: (on: string | null) => void;
}

/** Which day’s knowledge is shown (I7), and the documents that tell the same. While a day is being typed, nothing is asked. */
export function KnownDay({ on, choose }: KnownDayProps) {
  const today = useSession().data?.today;
  const [typed, setTyped] = useState<string | null>(null);
  const change = (text: string) => {
    setTyped(text);
    if (isDayTyped(text) && today !== undefined && text <= today) choose(text === today ? null : text);
  };
  if (today === undefined) return null;
  return (
    <section className="card stack no-print" aria-label="Le jour, et les documents">
      <div className="row row-end">
        <DayField
          label="Compte tel que connu le"
          help="Ce que nous savions de votre compte à la fin de cette journée, et rien de ce que nous avons appris depuis."
          value={typed ?? today}
          change={change}
          max={today}
        />
        {on === null ? null : (
          <Button
            onPress={() => {
              setTyped(null);
              choose(null);
            }}
          >
            Revenir à aujourd’hui
          </Button>
        )}
      </div>
      <StatementLinks area="my" on={on} />
    </section>
  );
}
