import type { AddressInfo } from 'node:net';
import type { RequestHandler } from '@isu/chassis';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { escaped, plainPages } from './plain-page.js';

/** An e-mail that the system has sent, and that nobody but the page `/courrier` has received. */
export interface CaughtMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly caughtAt: Date;
}

export interface Mailbox {
  readonly smtpUrl: string;
  /** Latest first. */
  readonly mails: readonly CaughtMail[];
  /** `/courrier`: the mails, with their links. */
  readonly page: RequestHandler;
  close(): Promise<void>;
}

const mostKept = 100;

/** The post office of a developer's machine: takes every e-mail over SMTP, delivers none, and shows them to whoever sits there. */
export async function openMailbox(now: () => Date): Promise<Mailbox> {
  const mails: CaughtMail[] = [];
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onData: (stream, _session, done) => {
      simpleParser(stream).then(
        ({ to, subject = '', text = '' }) => {
          const addressee = Array.isArray(to) ? to.map((one) => one.text).join(', ') : (to?.text ?? '');
          mails.unshift({ to: addressee, subject, text, caughtAt: now() });
          mails.splice(mostKept);
          done();
        },
        (fault: unknown) => done(fault as Error),
      );
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    smtpUrl: `smtp://127.0.0.1:${String(port)}`,
    mails,
    page: pageOf(mails),
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 48rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
article { border: 1px solid color-mix(in srgb, currentColor 25%, transparent); border-radius: .5rem; padding: 0 1rem; margin: 1rem 0; }
h2 { font-size: 1.1rem; } .text { white-space: pre-wrap; overflow-wrap: anywhere; }`;

const show = plainPages(style);

const pageOf =
  (mails: readonly CaughtMail[]): RequestHandler =>
  (_, response) => {
    const list = mails.length === 0 ? '<p>Aucun courriel pour l’instant.</p>' : mails.map(article).join('\n');
    show(response, {
      title: 'Courrier de développement',
      main: `<h1>Courrier de développement</h1>
<p>Les courriels que le système a envoyés : aucun n’est parti d’ici. <a href="/courrier">Relever le courrier</a> · <a href="/">Accueil</a></p>
${list}`,
    });
  };

const article = ({ to, subject, text, caughtAt }: CaughtMail): string =>
  `<article><h2>${escaped(subject)}</h2><p>À ${escaped(to)}, <time>${caughtAt.toISOString()}</time></p><p class="text">${linked(escaped(text))}</p></article>`;

const linked = (text: string): string => text.replace(/https?:\/\/[^\s<&]+/g, (address) => `<a href="${address}">${address}</a>`);
