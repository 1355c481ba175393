import { Page } from '../ui/page.js';

export function ForgottenPassword() {
  return (
    <Page title="ForgottenPassword" narrow>
      <p>…</p>
    </Page>
  );
}
