import { createTransport, type Transporter } from 'nodemailer';
import type { Mail } from './mail.js';

const patience = { connectionTimeout: 5_000, greetingTimeout: 5_000, socketTimeout: 10_000 };

/** The road by which e-mails leave: an SMTP server. */
export class Post {
  private readonly transport: Transporter;
  private readonly from: string;

  constructor({ smtpUrl, from }: { readonly smtpUrl: string; readonly from: string }) {
    this.transport = createTransport({ url: smtpUrl, disableFileAccess: true, disableUrlAccess: true, ...patience });
    this.from = from;
  }

  /** The Message-ID is made of the id: sent again, it is the same message, which mail programs show once. */
  async send(id: string, { to, subject, text }: Mail): Promise<void> {
    await this.transport.sendMail({ from: this.from, to, subject, text, messageId: `<${id}@isu>` });
  }
}

/** What a failure of a mail server says of itself. */
const answerOf = (error: unknown): { readonly code: string; readonly status: number | null } => {
  const { responseCode, code } = error as { responseCode?: unknown; code?: unknown };
  return { code: typeof code === 'string' ? code : 'unknown', status: typeof responseCode === 'number' ? responseCode : null };
};

/** `EMESSAGE.451`: its words repeat the address, so that its code is all that may be kept or logged. */
export function codeOf(error: unknown): string {
  const { code, status } = answerOf(error);
  return status === null ? code : `${code}.${String(status)}`;
}

/** The server has refused this mail for good (RFC 5321, 4.2.1): sent again, it would be refused again. */
export function isRefusedForGood(error: unknown): boolean {
  const { status } = answerOf(error);
  return status !== null && status >= 500;
}
