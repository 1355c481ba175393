import { startFront, type HttpHost, type Logger, type RequestHandler, type RunningFront } from '@isu/chassis';
import type { Bus } from '@isu/messaging';
import { portalWith, type PortalSurroundings } from '@isu/portal';
import type { BusinessClock } from '@isu/values';
import { openMailbox, type Mailbox } from './mailbox.js';

interface FrontParts {
  readonly variables: Readonly<Record<string, string>>;
  readonly bus: Bus;
  readonly http: HttpHost;
  readonly clock: BusinessClock;
  readonly log: Logger;
  readonly people: NonNullable<PortalSurroundings['people']>;
  readonly workersWaitFor: Promise<unknown>;
}

export interface EmbeddedFront extends RunningFront {
  readonly mailbox: Mailbox;
}

/** How browsers of this machine may know it; a cookie of one is not one of the other. */
export const originsOn = (port: number): string[] => ['localhost', '127.0.0.1'].map((host) => `http://${host}:${String(port)}`);

/** The portal, with a post office that delivers nothing. */
export async function openFront({ variables, people, clock, ...place }: FrontParts): Promise<EmbeddedFront> {
  const mailbox = await openMailbox(() => clock.now());
  try {
    const told = { ...variables, ISU_SMTP_URL: mailbox.smtpUrl, ISU_DEMO_SIGN_IN: 'on' };
    const front = await startFront(portalWith({ people, mailbox: true }), { ...place, clock, variables: told });
    const stop = async () => {
      await front.stop();
      await mailbox.close();
    };
    return { pages: front.pages, mailbox, stop };
  } catch (error) {
    await mailbox.close();
    throw error;
  }
}

/** The root of the port: the welcome page, the mails, and everything else is the portal's. */
export const rootOf =
  (welcome: RequestHandler, { pages, mailbox }: EmbeddedFront): RequestHandler =>
  (request, response) => {
    const path = (request.url ?? '/').split('?', 1)[0];
    if (path === '/') return welcome(request, response);
    return path === '/courrier' ? mailbox.page(request, response) : pages(request, response);
  };
