import { Readable } from 'node:stream';
import { loopingWorker, Refusal, type ServiceContext, type Worker } from '@isu/chassis';
import { recordExchange } from '../exchange-journal/exchange-journal.js';
import type { Acknowledgements } from './acknowledgements.js';
import { partsOf, takeDue, tryAgain, type DueBatch } from './outgoing-batch.table.js';

interface Parts {
  readonly context: Pick<ServiceContext, 'db' | 'clock' | 'log'>;
  readonly acknowledgements: Acknowledgements;
  /** By partner, where its batches are carried to. */
  readonly addresses: Readonly<Record<string, string>>;
}

interface Answer {
  readonly status: number;
  readonly bytes: Uint8Array;
  readonly signature: string | null;
}

const atATime = 10;
const longestMs = 60_000;
const longestRestSeconds = 900;

/** Carries our batches to the partners that have an address, in the order of their numbers, until each has its receipt. */
export function deliveryWorker(parts: Parts, everyMs = 1_000): Worker {
  const { db, log } = parts.context;
  const partners = Object.keys(parts.addresses);
  return loopingWorker({
    name: 'partner-delivery',
    everyMs,
    log,
    turn: async (signal) => {
      const due = await takeDue(db.manager, partners, { limit: atATime, leaseSeconds: (2 * longestMs) / 1_000 });
      for (const batch of due) if (!signal.aborted) await carry(parts, batch, signal);
      return due.length === atATime;
    },
  });
}

/** One batch to its partner. No receipt, or one that is none: later, at growing pauses. */
async function carry(parts: Parts, batch: DueBatch, stopping: AbortSignal): Promise<void> {
  const { db, log } = parts.context;
  const answer = await send(parts, batch, stopping).catch(() => null);
  const problem = answer === null ? 'unreachable' : await take(parts, batch, answer);
  if (problem === null) return;
  const { correlation, attempts } = batch;
  log.warn({ code: problem, attempts, correlation }, 'a batch of ours was not acknowledged; it is sent again');
  await tryAgain(db.manager, batch, { problem, afterSeconds: Math.min(2 ** Math.min(attempts, 10), longestRestSeconds) });
}

/** The bytes as they were signed, and what the partner answers. Outside any transaction: a partner may take its time. */
async function send({ context, addresses }: Parts, batch: DueBatch, stopping: AbortSignal): Promise<Answer> {
  const response = await fetch(`${addresses[batch.partner] ?? ''}/flows/${batch.flow}/batches`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson', 'isu-signature': batch.signature },
    body: Readable.toWeb(Readable.from(partsOf(context.db.manager, batch))),
    duplex: 'half',
    redirect: 'error',
    signal: AbortSignal.any([stopping, AbortSignal.timeout(longestMs)]),
  } as unknown as RequestInit);
  return { status: response.status, bytes: new Uint8Array(await response.arrayBuffer()), signature: response.headers.get('isu-signature') };
}

/** Null when the answer is the receipt; else what it is, in a code. */
async function take({ context, acknowledgements }: Parts, batch: DueBatch, { status, bytes, signature }: Answer): Promise<string | null> {
  const { partner, flow, number, correlation } = batch;
  if (status !== 200 && status !== 201) {
    const outcome = `http-${String(status)}`;
    await recordExchange(context.db.manager, context.clock, {
      act: 'batch-sent',
      partner,
      flow,
      number,
      digest: null,
      outcome,
      correlation,
    });
    return outcome;
  }
  try {
    await acknowledgements.receive({ partner, flow, number, bytes, signature, correlation });
    return null;
  } catch (fault) {
    if (fault instanceof Refusal) return fault.code;
    throw fault;
  }
}
