import { Page } from '../ui/page.js';

/** The agents' desk: its pages stand in this folder. */
export function DeskArea() {
  return (
    <Page title="Bureau des agents">
      <p>Cet espace s’ouvre bientôt.</p>
    </Page>
  );
}
