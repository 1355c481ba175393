import { draft, flowStream, type FactDraft } from '@isu/contracts';
import type { FactStore } from '@isu/messaging';
import type { BusinessClock } from '@isu/values';
import type { EntityManager } from 'typeorm';
import type { SourceOfLines } from '../batches/batch.table.js';
import type { RejectedLine } from '../payments/known-money.js';
import { insertRejected, notRejectedBefore } from './rejected-line.table.js';

interface Parts {
  readonly facts: FactStore;
  readonly clock: BusinessClock;
  newId(): string;
}

/** Lines that moved nothing: kept, told on the flow when they contradict what stands, and seen on the account that they are about (R12). */
export class RejectedLines {
  constructor(private readonly parts: Parts) {}

  /** Each once, however often it is sent. `kind`: what the lines are. */
  async keep(
    tx: EntityManager,
    batch: SourceOfLines,
    { rejected, kind }: { rejected: readonly RejectedLine[]; kind: Kind },
  ): Promise<void> {
    const { partner, flow, name, correlation } = batch;
    const fresh = (await notRejectedBefore(tx, partner, rejected)).map((line) => ({
      ...line,
      anomalyId: line.anomaly && this.parts.newId(),
    }));
    const drafts = fresh.flatMap(({ kept, content, anomaly, anomalyId, ...line }): FactDraft[] => [
      ...(kept === null ? [] : [conflictRecorded(batch, { kind, subject: line.reference, kept, refused: content, reason: line.reason })]),
      ...(anomaly && anomalyId
        ? [
            this.anomaly({
              ...anomaly,
              anomalyId,
              cause: `${causes[line.reason] ?? line.reason} : ${line.reference}, lot ${name} de ${partner}, ligne ${String(line.line)}`,
              correlation,
            }),
          ]
        : []),
    ]);
    await this.parts.facts.publish(tx, drafts);
    await insertRejected(tx, { partner, flow, batch: name }, fresh);
  }

  anomaly({ account, anomalyId, type, cause, correlation }: OpenedAnomaly): FactDraft {
    return draft({
      stream: account,
      type: 'urssaf-sync.anomaly-opened.v1',
      effectiveOn: this.parts.clock.today().iso,
      correlation,
      data: { anomalyId, type, cause: cause.slice(0, 140) },
    });
  }
}

type Kind = 'payment' | 'income';

interface OpenedAnomaly {
  readonly anomalyId: string;
  readonly account: string;
  readonly type: NonNullable<RejectedLine['anomaly']>['type'];
  readonly cause: string;
  readonly correlation: string;
}

interface Conflict {
  readonly kind: Kind;
  readonly subject: string;
  readonly kept: string;
  readonly refused: string;
  readonly reason: string;
}

/** The first version of this fact knows batches and payments, and is read for ever; the second knows declarations too. */
function conflictRecorded({ partner, flow, businessDate, correlation }: SourceOfLines, { kind, ...conflict }: Conflict): FactDraft {
  const said = { stream: flowStream(partner, flow), effectiveOn: businessDate, correlation };
  return kind === 'payment'
    ? draft({ ...said, type: 'urssaf-sync.conflict-recorded.v1', data: { ...conflict, kind } })
    : draft({ ...said, type: 'urssaf-sync.conflict-recorded.v2', data: { ...conflict, kind } });
}

/** In French: agents read it. */
const causes: Readonly<Record<string, string>> = {
  'reference-with-other-content': 'Même référence, autre contenu',
  'wrong-amount': 'Même référence bancaire, autre montant',
  'wrong-account': 'Même référence bancaire, autre compte',
  'amount-differs': 'Annulation d’un autre montant que le paiement',
  'other-amount': 'Paiement en ligne d’un autre montant que l’ordre',
  'other-currency': 'Paiement en ligne dans une autre monnaie que l’euro',
  'impossible-day': 'Paiement en ligne daté d’avant l’ordre ou de l’avenir',
  'order-paid-already': 'Second paiement annoncé pour un ordre déjà payé',
  'corrects-another': 'Correction de la déclaration d’un autre compte ou d’une autre année',
};
