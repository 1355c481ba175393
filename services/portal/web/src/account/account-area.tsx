import { Page } from '../ui/page.js';

export function AccountArea() {
  return (
    <Page title="Mon compte">
      <p>…</p>
    </Page>
  );
}
