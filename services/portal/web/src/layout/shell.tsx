import { Outlet, ScrollRestoration, useLocation } from 'react-router';
import { WhyPanel } from '../derivation/why.js';
import { Footer } from './footer.js';
import { Masthead } from './masthead.js';
import { NetworkNotice } from './network-notice.js';

/** What surrounds every page. */
export function Shell() {
  const { pathname } = useLocation();
  return (
    <WhyPanel key={pathname}>
      <a className="skip-link" href="#contenu">
        Aller au contenu
      </a>
      <Masthead />
      <NetworkNotice />
      <Outlet />
      <Footer />
      <ScrollRestoration />
    </WhyPanel>
  );
}
