import { Page } from '../ui/page.js';

export function Simulator() {
  return (
    <Page title="Simulateur de cotisations">
      <p>…</p>
    </Page>
  );
}
