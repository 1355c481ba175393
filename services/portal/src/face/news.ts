import type { Author } from '@isu/contracts';

/**
 * `GET my/events`, `GET desk/accounts/:account/events`: a stream (text/event-stream) of `event: account-changed` with this as
 * `data`. It says that something happened, never what: ask the page again. A comment comes every 15 s; a stream that ends is
 * opened again by the browser, and the page asked again then, for what was said in between was not heard.
 */
export interface AccountChanged {
  readonly author: Author;
  readonly type: string;
  readonly seq: number;
}
