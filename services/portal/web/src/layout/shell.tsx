import { Outlet, ScrollRestoration } from 'react-router';
import { WhyPanel } from '../derivation/why.js';
import { Footer } from './footer.js';
import { Masthead } from './masthead.js';
import { NetworkNotice } from './network-notice.js';

/** What surrounds every page. */
export function Shell() {
  return (
    <WhyPanel>
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
