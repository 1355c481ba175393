import { Page } from '../ui/page.js';

export function OpenAccount() {
  return (
    <Page title="OpenAccount" narrow>
      <p>…</p>
    </Page>
  );
}
