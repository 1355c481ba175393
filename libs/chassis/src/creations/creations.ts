import { canonicalJson, sha256 } from '@isu/contracts';
import type { BusinessClock } from '@isu/values';
import type { Request } from 'express';
import type { DataSource, EntityManager } from 'typeorm';
import { refuse, stillRunning } from '../problems/standard-refusals.js';
import { currentSubject } from '../security/policy/allowed.js';

const keyPattern = /^[\x21-\x7e]{1,128}$/;
const created = Symbol('isu:created');

interface CreationRequest extends Request {
  [created]?: boolean;
}

interface CreationOptions {
  /** What stands for the content when the body is a file: its digest. */
  readonly content?: string;
  readonly status?: number;
}

interface Claim {
  readonly subject: string;
  readonly route: string;
  readonly key: string;
  readonly content: string;
}

/**
 * Creations happen once (R11). The key and the effect are committed together: after a crash either both are there, and the
 * same request gets the first answer, or neither is, and it starts afresh. A refusal keeps no key: it changed nothing.
 * The answer is kept as it was given, so it holds no NIR and no IBAN.
 */
export class Creations {
  constructor(
    private readonly db: DataSource,
    private readonly clock: BusinessClock,
    private readonly service: string,
  ) {}

  /**
   * `return this.creations.creating(request, (tx) => this.payments.record(tx, command))`. Opens the transaction, runs the work in
   * it, keeps its answer under the request's Idempotency-Key. The key belongs to the one who asks and to the address asked.
   */
  async creating<T>(request: Request, work: (tx: EntityManager) => Promise<T>, options: CreationOptions = {}): Promise<T> {
    const claim = claimOf(request, options);
    const answer = await this.db.transaction(async (tx) => {
      if (!(await this.takeTurn(tx, claim))) throw stillRunning();
      const earlier = await findAnswer(tx, claim);
      if (earlier) return earlier;

      const first = { status: options.status ?? 201, text: JSON.stringify((await work(tx)) ?? null) };
      await this.keep(tx, claim, first);
      return first;
    });
    (request as CreationRequest)[created] = true;
    request.res?.status(answer.status);
    // What a repeat will be answered is what is answered now: through its text, the first time too.
    return JSON.parse(answer.text) as T;
  }

  /** One at a time per key; the lock goes with the transaction, so that nothing stays taken by a process that died. */
  private async takeTurn(tx: EntityManager, { subject, route, key }: Claim): Promise<boolean> {
    const name = canonicalJson([this.service, subject, route, key]);
    const [row] = (await tx.query('SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS mine', [name])) as { mine: boolean }[];
    return row?.mine === true;
  }

  private async keep(tx: EntityManager, { subject, route, key, content }: Claim, { status, text }: Answer): Promise<void> {
    await tx.query(
      'INSERT INTO idempotency_key (subject, route, key, content, status, answer, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)',
      [subject, route, key, content, status, text, this.clock.now()],
    );
  }
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

async function findAnswer(tx: EntityManager, { subject, route, key, content }: Claim): Promise<Answer | undefined> {
  const [row] = (await tx.query(
    'SELECT content, status, answer AS text FROM idempotency_key WHERE subject = $1 AND route = $2 AND key = $3',
    [subject, route, key],
  )) as (Answer & { content: string })[];
  if (row && row.content !== content) throw refuse('idempotency-key-reused');
  return row;
}

/** Refuses a creation without a key before anything is read or done. */
export function idempotencyKeyOf(request: Request): string {
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string' || !keyPattern.test(key)) throw refuse('idempotency-key-missing');
  return key;
}

function claimOf(request: Request, { content }: CreationOptions): Claim {
  const [path = '', query = ''] = request.originalUrl.split('?');
  return {
    subject: currentSubject(request).sub,
    route: `${request.method} ${path}`,
    key: idempotencyKeyOf(request),
    // As it was sent, before it became values: the order of fields does not count, a field more does.
    content: content ?? sha256(canonicalJson([request.body ?? null, query])),
  };
}

export const wasCreated = (request: Request): boolean => (request as CreationRequest)[created] === true;
