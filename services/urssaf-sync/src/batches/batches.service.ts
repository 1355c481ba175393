import { draft, flowStream, type BatchHeader } from '@isu/contracts';
import { accept, FileFaults, isCut, type Acceptance, type FileFault, type ServiceContext } from '@isu/chassis';
import { together } from '@isu/messaging';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { recordRefusal } from '../conflicts/refused-files.js';
import { recordExchange } from '../exchange-journal/exchange-journal.js';
import { markArrived } from '../given-up/give-up.table.js';
import type { Failpoints } from '../failpoints.js';
import { isOfCalendar, type FlowAgreement } from '../flows/flow-catalogue.js';
import { lockFlow, openGap, saveFlow } from '../flows/flow.table.js';
import type { Partners } from '../partners/partners.js';
import type { PlacingService } from '../placing/placing.service.js';
import { fileRefused, refuse } from '../refusals.js';
import { readBatch, type ReadBatch } from './batch-reader.js';
import { dropStaged, findBatch, insertBatch, stageLines } from './batch.table.js';

/** A batch as it comes in. */
export interface ArrivingBatch {
  readonly partner: string;
  readonly flow: string;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Base64; null when none came. */
  readonly signature: string | null;
  readonly correlation: string;
}

interface Parts {
  readonly context: Pick<ServiceContext, 'db' | 'facts' | 'clock'>;
  readonly partners: Partners;
  readonly placing: PlacingService;
  readonly failpoints: Failpoints;
  newId?(at: Date): string;
}

type AgreedBatch = ArrivingBatch & { readonly agreement: FlowAgreement };
type RightBatch = ReadBatch & { readonly header: BatchHeader };

/** Takes the batches of partners: accepted whole or refused whole, then line by line. */
export class BatchesService {
  private readonly newId: (at: Date) => string;

  constructor(private readonly parts: Parts) {
    this.newId = parts.newId ?? ((at) => v7({ msecs: at.getTime() }));
  }

  /** Gives the receipt once each line has its outcome; the same batch again gets the same receipt. Refused with every fault found. */
  async receive(arriving: ArrivingBatch): Promise<string> {
    const { context, partners, placing, failpoints } = this.parts;
    const { partner, flow } = arriving;
    const agreement = partners.agreement(partner, flow);
    if (!agreement) throw refuse('unknown-flow');
    await failpoints.reach('received');

    const intake = this.newId(context.clock.now());
    const { number, isNew } = await this.takeIn({ ...arriving, agreement }, intake).catch(async (error: unknown) => {
      await dropStaged(context.db.manager, intake);
      throw isCut(error) ? refuse('file-cut') : error;
    });
    if (!isNew) await dropStaged(context.db.manager, intake);
    await failpoints.reach('accepted');
    return placing.finish({ partner, flow, number });
  }

  /** From the first byte to the word that it is accepted; else refused, with a trace on the flow. */
  private async takeIn(arriving: AgreedBatch, intake: string): Promise<{ number: number; isNew: boolean }> {
    const { context, partners, failpoints } = this.parts;
    const { partner, bytes, signature } = arriving;
    const faults = new FileFaults();
    const read = await readBatch(bytes, {
      records: arriving.agreement.records,
      faults,
      stage: async (run) => {
        await stageLines(context.db.manager, intake, run);
        await failpoints.reach('staged');
      },
    });
    await failpoints.reach('parsed');
    // Without a last line that can be read there is nothing that a signature could be of.
    if (signature === null || (read.trailer && !partners.signed(partner, read.signedBytes, signature)))
      faults.add(wrongSignature(signature));
    await failpoints.reach('signature-checked');
    const { header } = read;
    if (header) for (const fault of misdirected(header, arriving)) faults.add(fault);
    if (!header || !faults.isEmpty) return this.refuseWhole(arriving, read, { faults: faults.list });

    const acceptance = await this.acceptWhole(arriving, { ...read, header }, intake);
    if (acceptance.kind === 'refused') return this.refuseWhole(arriving, read, { faults: [acceptance.fault] });
    if (acceptance.kind === 'conflict') return this.refuseWhole(arriving, read, { faults: [acceptance.fault], kept: acceptance.kept });
    return { number: header.number, isNew: acceptance.kind === 'accepted' };
  }

  private async acceptWhole(
    { partner, flow, agreement, correlation }: AgreedBatch,
    batch: RightBatch,
    intake: string,
  ): Promise<Acceptance> {
    const { db, clock } = this.parts.context;
    const { header, digest } = batch;
    const { number, businessDate, previousDigest } = header;
    return db.transaction(async (tx) => {
      const state = await lockFlow(tx, { partner, flow });
      const [same, before, after] = await this.around(tx, { partner, flow, number });
      const acceptance = accept(header, digest, {
        lastNumber: state.lastNumber,
        same: same?.digest ?? null,
        before: before?.digest ?? null,
        saidByNext: after?.previousDigest ?? null,
        today: clock.today().iso,
        isOfCalendar: isOfCalendar(agreement, businessDate),
      });
      const met = { partner, flow, number, digest, correlation };
      if (acceptance.kind === 'known') await recordExchange(tx, clock, { ...met, act: 'batch-repeated', outcome: 'known' });
      if (acceptance.kind !== 'accepted') return acceptance;

      const { count, total } = batch;
      const taken = {
        partner,
        flow,
        number,
        name: String(number),
        digest,
        previousDigest,
        businessDate,
        count,
        total,
        intake,
        correlation,
      };
      await together(
        insertBatch(tx, taken, clock.now()),
        saveFlow(tx, { ...state, lastNumber: Math.max(state.lastNumber, number) }),
        recordExchange(tx, clock, { ...met, act: 'batch-accepted', outcome: 'accepted' }),
        number <= state.lastNumber ? markArrived(tx, { partner, flow }, number, clock.now()) : Promise.resolve(),
      );
      if (acceptance.gap) await this.openGap(tx, { partner, flow, businessDate, correlation }, acceptance.gap);
      return acceptance;
    });
  }

  private async around(tx: EntityManager, { partner, flow, number }: { partner: string; flow: string; number: number }) {
    return together(
      findBatch(tx, { partner, flow, number }),
      findBatch(tx, { partner, flow, number: number - 1 }),
      findBatch(tx, { partner, flow, number: number + 1 }),
    );
  }

  /** Missing numbers are asked for again by themselves, and nobody is refused anything for want of what they would tell (I5). */
  private async openGap(
    tx: EntityManager,
    { partner, flow, businessDate, correlation }: { partner: string; flow: string; businessDate: string; correlation: string },
    gap: { from: number; to: number },
  ): Promise<void> {
    const { facts, clock } = this.parts.context;
    await openGap(tx, { partner, flow }, { ...gap, askedOn: clock.today().iso });
    const asked = { partner, flow, number: gap.from, digest: null, outcome: `${String(gap.from)}-${String(gap.to)}`, correlation };
    await recordExchange(tx, clock, { act: 'resend-requested', ...asked });
    await facts.publish(tx, [
      draft({ stream: flowStream(partner, flow), type: 'urssaf-sync.gap-opened.v1', effectiveOn: businessDate, correlation, data: gap }),
    ]);
  }

  private async refuseWhole(
    { partner, flow, correlation }: ArrivingBatch,
    { header, digest, fileDigest }: ReadBatch,
    { faults, kept }: { faults: readonly FileFault[]; kept?: string },
  ): Promise<never> {
    const number = header?.number ?? null;
    const conflict = kept === undefined ? undefined : { subject: String(number), kept, refused: digest };
    await recordRefusal(this.parts.context, { partner, flow, number, fileDigest, faults, correlation, ...(conflict ? { conflict } : {}) });
    throw fileRefused(conflict ? 'batch-conflict' : 'batch-refused', faults);
  }
}

const wrongSignature = (signature: string | null): FileFault => ({
  line: null,
  field: 'Isu-Signature',
  code: signature === null ? 'signature-missing' : 'signature-wrong',
  accepted: 'la signature Ed25519 de la dernière ligne par la clé convenue, en base64',
});

/** A header of another flow than the one it was sent to. */
function misdirected(header: BatchHeader, { partner, flow }: ArrivingBatch): FileFault[] {
  const fault = (field: string): FileFault => ({ line: 1, field, code: 'other-flow', accepted: 'le partenaire et le flux de l’adresse' });
  return [...(header.partner === partner ? [] : [fault('partner')]), ...(header.flow === flow ? [] : [fault('flow')])];
}
