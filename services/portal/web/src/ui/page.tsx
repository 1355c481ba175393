import { useEffect, useRef, type ReactNode } from 'react';
import { useLocation } from 'react-router';

interface PageProps {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly children: ReactNode;
  /** Forms and texts are read better on a short line. */
  readonly narrow?: boolean;
}

/**
 * One screen: its title in the tab and at its head. When one comes to it the heading takes the focus, so that who does not see the
 * screen hears where they have come; on the very first page the browser reads the document by itself.
 */
export function Page({ title, lead, children, narrow = false }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { key, pathname } = useLocation();
  const announced = useRef(key === 'default' ? pathname : null);
  useEffect(() => {
    if (announced.current === pathname) return;
    announced.current = pathname;
    heading.current?.focus({ preventScroll: true });
  }, [pathname]);
  return (
    <main id="contenu" className={narrow ? 'page page-narrow' : 'page'}>
      <title>{`${title} — ${pathname.startsWith('/bureau') ? 'Bureau des agents' : 'Mon compte'}`}</title>
      <header className="page-head">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {lead === undefined ? null : <div className="page-lead">{lead}</div>}
      </header>
      {children}
    </main>
  );
}

/** A part of a page, under its own heading. */
export function Section({
  title,
  children,
  beside,
}: {
  readonly title: ReactNode;
  readonly children: ReactNode;
  readonly beside?: ReactNode;
}) {
  return (
    <section className="card stack">
      <div className="spread">
        <h2>{title}</h2>
        {beside}
      </div>
      {children}
    </section>
  );
}
