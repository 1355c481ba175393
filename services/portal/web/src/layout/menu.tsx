import { useState } from 'react';
import { NavLink, useLocation } from 'react-router';
import { Button } from '../ui/button.js';

export interface MenuEntry {
  readonly to: string;
  readonly text: string;
  /** Only this very address, not those under it. */
  readonly isExact?: boolean;
}

/** The pages of an area: beside the page where there is room, behind a button on a phone. */
export function Menu({ label, entries }: { readonly label: string; readonly entries: readonly MenuEntry[] }) {
  const { pathname } = useLocation();
  // Open for one page only: a choice closes it.
  const [openOn, setOpenOn] = useState<string | null>(null);
  const isOpen = openOn === pathname;
  const here = entries.find(({ to }) => to === pathname)?.text ?? label;
  return (
    <nav className="menu" aria-label={label} data-open={isOpen}>
      <Button className="menu-toggle" aria-expanded={isOpen} onPress={() => setOpenOn(isOpen ? null : pathname)}>
        <span>Menu : {here}</span>
        <span aria-hidden="true">{isOpen ? '▴' : '▾'}</span>
      </Button>
      <ul>
        {entries.map(({ to, text, isExact = false }) => (
          <li key={to}>
            <NavLink to={to} end={isExact}>
              {text}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
