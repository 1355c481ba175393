import { randomUUID } from 'node:crypto';
import { loopingWorker, type HostContext, type MessageToDeliver, type Worker } from '@isu/chassis';
import { toldMail } from '../mails/mail.js';
import { codeOf, isRefusedForGood, type Post } from '../mails/post.js';
import { Unanswered, type Services, type Voice } from '../questions/services.js';

/** The services that have something to tell people. */
const writers = ['collection', 'affiliation'] as const;
type Writer = (typeof writers)[number];

/** A receipt is not a link that somebody waits for, and each look is a request in two services' logs. */
const everyMs = 10_000;
const atATime = 10;
/** What was taken is ours for a minute, by the clock of the writer's database: no sending begins that could outlast it. */
const ownMs = 30_000;
/** With rests that double up to an hour: about eleven hours, then a person is told that nobody could be reached. */
const givenUpAfter = 20;

interface Parts {
  readonly context: Pick<HostContext, 'db' | 'log' | 'tokens'>;
  readonly services: Services;
  readonly post: Post;
  /** The address of the portal in what is sent. */
  readonly origin: string;
  /** Milliseconds that only go forward, whatever is done to the wall clock. */
  readonly steadyMs?: () => number;
  readonly restMs?: number;
}

/** What became of a message: to be told to who wrote it, or to be told by nobody, so that it is given out again. */
type Outcome = { readonly state: 'delivered' } | { readonly state: 'failed' | 'put-off'; readonly failure: string };

/**
 * The e-mails that collection and affiliation have written in their decisions (facts.md 9). The portal takes a few, asks affiliation for the
 * address at that moment, sends them, and tells what became of each. What was sent is written down before it is told: a writer that could not
 * hear it gives the message out again, and it is told then, not sent. Killed between the server's word and ours, the portal sends
 * again under the same Message-ID.
 */
export class Deliveries {
  private readonly steadyMs: () => number;

  constructor(private readonly parts: Parts) {
    this.steadyMs = parts.steadyMs ?? (() => performance.now());
  }

  workers(): Worker[] {
    const { log } = this.parts.context;
    const loop = { everyMs: this.parts.restMs ?? everyMs, log };
    // A writer that is away delays the messages of no other.
    return writers.map((writer) => loopingWorker({ ...loop, name: `deliveries-${writer}`, turn: (signal) => this.turn(writer, signal) }));
  }

  /** Takes what waits and sends it; true when there may be more. */
  async turn(writer: Writer, signal: AbortSignal): Promise<boolean> {
    const takenAt = this.steadyMs();
    const messages = await this.take(writer).catch((fault: unknown) => this.isAway(writer, fault));
    for (const message of messages) {
      if (signal.aborted || this.steadyMs() - takenAt > ownMs) return true;
      const outcome = await this.deliver(message);
      await this.tell(writer, message, outcome);
    }
    return messages.length === atATime;
  }

  private async take(writer: Writer): Promise<readonly MessageToDeliver[]> {
    const question = { service: writer, path: 'outgoing-messages/takings', json: { channel: 'email', limit: atATime } };
    return (await this.parts.services.ask<{ messages: readonly MessageToDeliver[] }>(question, this.ownVoice(null))).messages;
  }

  /** A service that is away is no fault of ours, and its messages wait with it. */
  private isAway(writer: Writer, fault: unknown): readonly MessageToDeliver[] {
    if (!(fault instanceof Unanswered)) throw fault;
    this.parts.context.log.warn({ worker: `deliveries-${writer}`, error: fault }, 'a service does not say what it has to send');
    return [];
  }

  private async deliver(message: MessageToDeliver): Promise<Outcome> {
    const { db } = this.parts.context;
    const sent = (await db.query('SELECT FROM delivery WHERE message = $1', [message.id])) as unknown[];
    if (sent.length > 0) return { state: 'delivered' };
    try {
      const to = await this.addressOf(message);
      if (to === null) return { state: 'failed', failure: 'no-address' };
      await this.parts.post.send(message.id, toldMail(to, message, this.parts.origin));
    } catch (error) {
      return this.afterFailure(message, error);
    }
    await db.query('INSERT INTO delivery (message) VALUES ($1) ON CONFLICT DO NOTHING', [message.id]);
    return { state: 'delivered' };
  }

  /** Null for a person who gave no e-mail. Known at this moment only, and kept nowhere. */
  private async addressOf({ account, correlation }: MessageToDeliver): Promise<string | null> {
    const question = { service: 'affiliation', path: `insured-persons/${account}/contact` } as const;
    return (await this.parts.services.ask<{ email: string | null }>(question, this.ownVoice(correlation))).email;
  }

  private afterFailure({ attempts, kind }: MessageToDeliver, error: unknown): Outcome {
    const failure = error instanceof Unanswered ? (error.status === 404 ? 'nobody' : 'address-unknown-yet') : codeOf(error);
    const isOver = failure === 'nobody' || isRefusedForGood(error) || attempts >= givenUpAfter;
    const said = { type: kind, attempts, code: failure };
    if (isOver) this.parts.context.log.error({ ...said, alarm: 'message-given-up' }, 'an e-mail will not be sent any more');
    else this.parts.context.log.warn(said, 'an e-mail could not be sent yet');
    return { state: isOver ? 'failed' : 'put-off', failure };
  }

  /** Once the writer knows that it is delivered, it never gives the message out again, and nothing need be kept of it here. */
  private async tell(writer: Writer, { id, correlation }: MessageToDeliver, outcome: Outcome): Promise<void> {
    const { services, context } = this.parts;
    await services.ask({ service: writer, path: `outgoing-messages/${id}/deliveries`, json: outcome }, this.ownVoice(correlation));
    if (outcome.state === 'delivered') await context.db.query('DELETE FROM delivery WHERE message = $1', [id]);
  }

  private ownVoice(correlation: string | null): Voice {
    return { token: () => this.parts.context.tokens.forItself(), correlation: correlation ?? randomUUID() };
  }
}
