import { createHash } from 'node:crypto';
import { draft, flowStream, type AnomalyType } from '@isu/contracts';
import type { FileFault, ServiceContext } from '@isu/chassis';
import type { EntityManager } from 'typeorm';
import type { AnomalyBook } from '../anomalies/anomaly-book.js';
import { findOpenOf } from '../anomalies/anomaly.table.js';
import { recordExchange } from '../exchange-journal/exchange-journal.js';
import type { Partners } from '../partners/partners.js';
import { fileRefused, refuse } from '../refusals.js';
import { readAcknowledgement } from './acknowledgement.js';
import { keepAcknowledgement, lockOutgoingBatch, type OutgoingBatch, type OutgoingKey } from './outgoing-batch.table.js';
import { findTakenAtLast, saveSaid, type JudgedLine, type SaidOfLines } from './outgoing-line.table.js';

interface Parts {
  readonly context: Pick<ServiceContext, 'db' | 'facts' | 'clock'>;
  readonly partners: Partners;
  readonly book: AnomalyBook;
}

/** A partner's receipt of a batch of ours, as it came. */
export interface ArrivingAcknowledgement extends OutgoingKey {
  readonly bytes: Uint8Array;
  /** Base64; null when none came. */
  readonly signature: string | null;
  readonly correlation: string;
}

/** What a batch of ours came to, as the partner said it. */
export interface AcknowledgedBatch extends OutgoingKey {
  readonly digest: string;
  readonly accepted: number;
  readonly refused: number;
}

type Verdict = { readonly faults: readonly FileFault[] } | { readonly conflict: true } | { readonly batch: AcknowledgedBatch };

/** Takes the receipts of what we sent. The first one stands, the same again changes nothing; each line that was refused is an anomaly of its account. */
export class Acknowledgements {
  constructor(private readonly parts: Parts) {}

  async receive(arriving: ArrivingAcknowledgement): Promise<AcknowledgedBatch> {
    const verdict = await this.parts.context.db.transaction((tx) => this.judge(tx, arriving));
    if ('faults' in verdict) throw fileRefused('acknowledgement-refused', verdict.faults);
    if ('conflict' in verdict) throw refuse('acknowledgement-conflict');
    return verdict.batch;
  }

  /** What was refused is in the journal, and nothing else is changed by it (I8). */
  private async judge(tx: EntityManager, arriving: ArrivingAcknowledgement): Promise<Verdict> {
    const { context, partners } = this.parts;
    const batch = await lockOutgoingBatch(tx, arriving);
    if (!batch) throw refuse('unknown-batch');
    const { partner, bytes, signature } = arriving;
    const { flow, number } = batch;
    const digest = createHash('sha256').update(bytes).digest('hex');
    const met = { partner, flow, number, digest, correlation: arriving.correlation, act: 'receipt-received' } as const;

    const isSigned = signature !== null && partners.signed(partner, bytes, signature);
    const read = isSigned ? readAcknowledgement(bytes, batch) : { faults: [wrongSignature(signature)] };
    if ('faults' in read) {
      await recordExchange(tx, context.clock, { ...met, outcome: read.faults.map(({ code }) => code).join(' ') });
      return { faults: read.faults };
    }
    const text = Buffer.from(bytes).toString('utf8');
    if (batch.acknowledgement !== null && batch.acknowledgement !== text) {
      await recordExchange(tx, context.clock, { ...met, outcome: 'receipt-differs' });
      return { conflict: true };
    }
    const { accepted, refused, said } = read;
    const isNew = batch.acknowledgement === null;
    await recordExchange(tx, context.clock, { ...met, outcome: isNew ? 'accepted' : 'known' });
    if (isNew) {
      await keepAcknowledgement(tx, batch, { text, signature: signature ?? '', accepted, refused, at: context.clock.now() });
      await this.settle(tx, batch, { accepted, refused, said });
    }
    return { batch: { partner, flow, number, digest: batch.digest, accepted, refused } };
  }

  private async settle(
    tx: EntityManager,
    batch: OutgoingBatch,
    { accepted, refused, said }: { accepted: number; refused: number; said: readonly SaidOfLines[] },
  ): Promise<void> {
    const { facts, clock } = this.parts.context;
    const { partner, flow, number, digest, correlation } = batch;
    const takenAtLast = await findTakenAtLast(tx, batch, said);
    const judged = await saveSaid(tx, batch, said);
    await facts.publish(tx, [
      draft({
        ...{ stream: flowStream(partner, flow), type: 'urssaf-sync.batch-acknowledged.v1', effectiveOn: clock.today().iso, correlation },
        data: { number, digest, accepted, refused },
      }),
    ]);
    await this.openRefused(tx, batch, judged);
    await this.closeTaken(tx, batch, takenAtLast);
  }

  private async openRefused(tx: EntityManager, { partner, flow, number, correlation }: OutgoingBatch, refused: readonly JudgedLine[]) {
    await this.parts.book.open(
      tx,
      refused.map(({ fact, account, line, reason, type }) => ({
        ...{ account, type: anomalyOf(reason), origin: 'told' as const, subject: subjectOf(flow, fact) },
        cause: `${wordsOf(reason)} : ligne ${String(line)} du lot ${String(number)} du flux ${flow} vers ${partner}`,
        details: { fact, told: type, partner, flow, number, line, reason },
      })),
      correlation,
    );
  }

  private async closeTaken(tx: EntityManager, { partner, flow, number, correlation }: OutgoingBatch, taken: readonly JudgedLine[]) {
    if (taken.length === 0) return;
    const subjects = new Set(taken.map(({ account, fact }) => `${account} ${subjectOf(flow, fact)}`));
    const open = await findOpenOf(tx, 'told', taken.map(({ account }) => account)); // prettier-ignore
    const settledBy = `Réglé par constat : ${partner} a pris la ligne, redite dans le lot ${String(number)}`;
    const settled = open.filter(({ account, subject }) => subjects.has(`${account} ${subject}`));
    await this.parts.book.close(tx, settled.map(({ id }) => ({ id, settledBy, correlation }))); // prettier-ignore
  }
}

const subjectOf = (flow: string, fact: string): string => `${flow} ${fact}`;

/** What the partner's reason means for who clears it: an owner that it does not know, or two words that do not agree. */
const anomalyOf = (reason: string | null): AnomalyType => (reason === 'account-unknown' ? 'unmatched' : 'conflict');

const words: Readonly<Record<string, string>> = {
  'account-unknown': 'Le partenaire ne connaît pas ce compte',
  conflict: 'Le partenaire tient autre chose pour acquis',
};
const wordsOf = (reason: string | null): string => words[reason ?? ''] ?? 'Le partenaire refuse ce que nous avons dit';

const wrongSignature = (signature: string | null): FileFault => ({
  line: null,
  field: 'Isu-Signature',
  code: signature === null ? 'signature-missing' : 'signature-wrong',
  accepted: 'la signature Ed25519 de tous les octets du reçu par la clé convenue, en base64',
});
