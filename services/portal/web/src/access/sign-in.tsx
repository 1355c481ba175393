import { Page } from '../ui/page.js';

export function SignIn() {
  return (
    <Page title="SignIn" narrow>
      <p>…</p>
    </Page>
  );
}
