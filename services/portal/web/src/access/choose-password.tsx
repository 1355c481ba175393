import { Page } from '../ui/page.js';

export function ChoosePassword() {
  return (
    <Page title="ChoosePassword" narrow>
      <p>…</p>
    </Page>
  );
}
