import pg from 'pg';
import { arrayText } from './array-text.js';

/** A text asked as often by this process is worth a plan that each connection keeps. */
const usesBeforePlanned = 20;
/** Texts known: what is put together at run time cannot fill the memory of the process or of the server. */
const textsKnown = 1_000;

const uses = new Map<string, number>();
const names = new Map<string, string>();

/**
 * The name under which a connection shall keep the plan of a text, once it is asked often; undefined before. Where the values
 * matter to the plan, PostgreSQL goes on planning anew (`plan_cache_mode = auto`).
 */
export function planNameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known) return known;
  const count = (uses.get(text) ?? 0) + 1;
  if (count === 1 && uses.size >= textsKnown) return undefined;
  uses.set(text, count);
  if (count < usesBeforePlanned) return undefined;
  const name = `hot-${names.size + 1}`;
  names.set(text, name);
  return name;
}

/** How the object mapper opens a transaction. */
const opening = 'START TRANSACTION';
const opened = { command: 'START', rowCount: null, rows: [], fields: [], oid: 0 } as const;

/**
 * What a statement costs beside its work: PostgreSQL parses and plans it, and each side wakes the other through the kernel. So what is asked often
 * is prepared once a connection; what is asked side by side (`Promise.all`) travels side by side, one write for all; and the beginning of
 * a transaction goes with its first statement. PostgreSQL takes them in the order in which they were asked, as before.
 */
export class PreparingClient extends pg.Client {
  private isOpening = false;
  private isHeld = false;

  constructor(settings?: pg.ClientConfig) {
    super({ ...settings, pipeline: true });
  }

  override query = ((text: unknown, values?: unknown, callback?: unknown) => {
    if (text === opening) return this.open();
    this.hold();
    if (this.isOpening) this.sayOpening();
    this.travelTogether(!isOwnProtocol(text));
    const name = typeof text === 'string' && Array.isArray(values) && values.length > 0 ? planNameOf(text) : undefined;
    return this.ask(name === undefined ? text : { name, text }, inTexts(values), callback);
  }) as pg.Client['query'];

  private ask(...asked: unknown[]): unknown {
    return (super.query as (...args: unknown[]) => unknown).call(this, ...asked);
  }

  private open(): Promise<typeof opened> {
    this.isOpening = true;
    return Promise.resolve(opened);
  }

  /** It fails only with its connection, and then whatever follows fails too. */
  private sayOpening(): void {
    this.isOpening = false;
    (this.ask(opening) as Promise<unknown>).catch(() => undefined);
  }

  /** Until the work under way has asked all that it asks before it waits. */
  private hold(): void {
    if (this.isHeld) return;
    this.isHeld = true;
    const { stream } = this.connection as unknown as { stream: { cork(): void; uncork(): void } };
    stream.cork();
    process.nextTick(() => {
      this.isHeld = false;
      stream.uncork();
    });
  }

  /** COPY has a conversation of its own, in which nothing else may be said: until it is over, each waits for the one before. */
  private travelTogether(may: boolean): void {
    const isQuiet = (this as unknown as { readyForQuery: boolean }).readyForQuery;
    if (!may || isQuiet) Object.assign(this, { pipeline: may });
  }
}

const inTexts = (values: unknown): unknown =>
  Array.isArray(values) ? values.map((value: unknown) => (Array.isArray(value) ? (arrayText(value) ?? value) : value)) : values;

const isOwnProtocol = (asked: unknown): boolean =>
  typeof asked === 'object' && asked !== null && 'submit' in asked && !(asked instanceof pg.Query);
