import type { Response } from 'express';
import { tooManyRequests } from '@isu/chassis';
import type { Sessions } from '../sessions/sessions.js';
import type { News } from './news.js';

interface StreamParts {
  readonly news: News;
  readonly sessions: Sessions;
}

interface Listening {
  readonly account: string;
  readonly cookie: string;
  /** Whether they may still look: the opening of an account at the desk ends before the session does. */
  readonly stillMay?: () => Promise<boolean>;
}

const heartbeatMs = 15_000;
const mostOfOneSession = 8;

/**
 * Answers that last (text/event-stream). A proxy is kept awake by a comment every 15 s; at each of them the session is looked at again,
 * without keeping it alive: a stream ends with the session of who listens.
 */
export class Streams {
  private readonly open = new Map<Response, string>();

  constructor(private readonly parts: StreamParts) {}

  listen(response: Response, { account, cookie, stillMay }: Listening): void {
    if ([...this.open.values()].filter((of) => of === cookie).length >= mostOfOneSession) throw tooManyRequests(heartbeatMs / 1_000);
    this.open.set(response, cookie);
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' });
    response.write(': bonjour\n\n');
    const forget = this.parts.news.of(account, (news) => response.write(`event: account-changed\ndata: ${JSON.stringify(news)}\n\n`));
    const beat = setInterval(() => void this.beat(response, cookie, stillMay), heartbeatMs);
    response.once('close', () => {
      clearInterval(beat);
      forget();
      this.open.delete(response);
    });
  }

  /** The process stops: browsers open their streams again elsewhere. */
  hangUp(): void {
    for (const response of this.open.keys()) response.end();
  }

  private async beat(response: Response, cookie: string, stillMay: Listening['stillMay']): Promise<void> {
    const goesOn = await this.mayGoOn(cookie, stillMay).catch(() => true);
    if (goesOn) response.write(': …\n\n');
    else response.end();
  }

  private async mayGoOn(cookie: string, stillMay: Listening['stillMay']): Promise<boolean> {
    return (await this.parts.sessions.look(cookie)) !== null && (stillMay === undefined || (await stillMay()));
  }
}
