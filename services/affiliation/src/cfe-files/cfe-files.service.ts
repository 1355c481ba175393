import {
  accept,
  FileFaults,
  fileErrors,
  isCut,
  readNumberedFile,
  reasonOf,
  Refusal,
  refuse as standard,
  type Access,
  type Acceptance,
  type FileFault,
  type ReadFile,
  type SeriesTrailer,
  type ServiceContext,
} from '@isu/chassis';
import { canonicalJson, flowStream } from '@isu/contracts';
import { v7 } from 'uuid';
import { refuse } from '../refusals.js';
import {
  dropWaiting,
  findFile,
  findFiles,
  findLines,
  findMissing,
  insertFile,
  lastNumber,
  lockCentre,
  stageLines,
  type CfeFile,
  type CfeKey,
  type CfeLine,
  type LinesQuestion,
  type MissingFiles,
  type WaitingLine,
} from './cfe-file.table.js';
import { checkCfeLine, type CfeEvent, type CfeHeader } from './cfe-format.js';
import { handedBy } from './handed-by.js';
import type { CarryingOut } from './carrying-out.js';
import { linePlace } from './line-outcome.js';
import { cfeFact } from './cfe-facts.js';

type Context = Pick<ServiceContext, 'db' | 'clock' | 'facts' | 'protection'>;

interface Parts {
  readonly carrying: CarryingOut;
}

/** The body of a request, and for whom. */
interface Arriving {
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly access: Access;
}

const mostLines = 20_000;
const filesShown = 100;

/** Files of the formalities centres (CFE): taken in whole or refused whole, on their form and their place in the series. */
export class CfeFilesService {
  constructor(
    private readonly context: Context,
    private readonly parts: Parts,
    private readonly newId: (at: Date) => string = (at) => v7({ msecs: at.getTime() }),
  ) {}

  /** Answers once each line has its outcome; the same file again gets the same answer. Refused with every fault found. */
  async receive({ bytes, access }: Arriving): Promise<CfeFile> {
    const { db, clock } = this.context;
    const intake = this.newId(clock.now());
    const faults = new FileFaults();
    const read = await this.read(bytes, intake, faults).catch(async (error: unknown) => {
      await db.transaction((tx) => dropWaiting(tx, intake));
      throw isCut(error) ? refuse('file-cut') : error;
    });
    const { header } = read;
    if (!header || !faults.isEmpty) return this.refuseWhole(read, { intake, faults: faults.list, code: 'file-refused', access });
    const acceptance = await this.takeIn({ ...read, header }, intake, access);
    if (acceptance.kind === 'conflict')
      return this.refuseWhole(read, { intake, faults: [acceptance.fault], code: 'file-conflict', access });
    if (acceptance.kind === 'refused') return this.refuseWhole(read, { intake, faults: [acceptance.fault], code: 'file-refused', access });
    if (acceptance.kind === 'known') await db.transaction((tx) => dropWaiting(tx, intake));
    return this.parts.carrying.finish(header);
  }

  async list(): Promise<{ files: CfeFile[]; missing: MissingFiles[] }> {
    return { files: await findFiles(this.context.db, filesShown), missing: await findMissing(this.context.db) };
  }

  async one(key: CfeKey): Promise<CfeFile> {
    const file = await findFile(this.context.db, key);
    if (!file) throw standard('not-found');
    return file;
  }

  /** Lines in their order; whose they are, only where the one who asks may see the account. */
  async lines(question: Omit<LinesQuestion, 'reach'>, { reach }: Pick<Access, 'reach'>): Promise<CfeLine[]> {
    await this.one(question);
    return findLines(this.context.db, { ...question, reach });
  }

  private read(bytes: AsyncIterable<Uint8Array>, intake: string, faults: FileFaults): Promise<ReadFile<CfeHeader, SeriesTrailer>> {
    return readNumberedFile<CfeHeader, CfeEvent, SeriesTrailer, { line: number; event: CfeEvent }>(bytes, {
      ...{ mostLines, faults },
      check: checkCfeLine,
      staged: (event, line) => ({ line, event }),
      stage: (run) => this.stage(intake, run),
    });
  }

  /** NIRs and names wait sealed, under a key that goes with the file. */
  private async stage(intake: string, run: readonly { line: number; event: CfeEvent }[]): Promise<void> {
    const { db, protection } = this.context;
    const texts = run.map(({ event }) => canonicalJson(event));
    await db.transaction(async (tx) => {
      const sealed = await protection.sealMany(
        tx,
        linePlace,
        texts.map((text) => ({ personId: intake, text })),
      );
      const lines = run.map(({ line, event }, rank): WaitingLine => {
        const content = protection.blindIndex('cfe/formality', texts[rank] ?? '');
        return { line, event: event.type, reference: event.reference, content, sealed: sealed[rank] ?? Buffer.alloc(0) };
      });
      await stageLines(tx, intake, lines);
    });
  }

  private takeIn(
    { header, digest, count }: ReadFile<CfeHeader, SeriesTrailer> & { readonly header: CfeHeader },
    intake: string,
    access: Access,
  ): Promise<Acceptance> {
    const { db, clock } = this.context;
    const { centre, number, businessDate, previousDigest } = header;
    return db.transaction(async (tx) => {
      await lockCentre(tx, centre);
      const same = await findFile(tx, { centre, number });
      const before = await findFile(tx, { centre, number: number - 1 });
      const after = await findFile(tx, { centre, number: number + 1 });
      const acceptance = accept(header, digest, {
        ...{ lastNumber: await lastNumber(tx, centre), same: same?.digest ?? null, before: before?.digest ?? null },
        ...{ saidByNext: after?.previousDigest ?? null, today: clock.today().iso, isOfCalendar: true },
      });
      if (acceptance.kind === 'accepted') {
        const handed = { handedBy: handedBy(access), handedAt: clock.recordedAt(), correlation: access.correlation };
        await insertFile(tx, { ...{ centre, number, digest, previousDigest, businessDate, count, intake }, ...handed });
      }
      return acceptance;
    });
  }

  /** The only trace of a refused file: its refusal, as a fact of the centre's series (I8). The same refusal again adds nothing. */
  private async refuseWhole(
    { header, digest, fileDigest }: ReadFile<CfeHeader, SeriesTrailer>,
    {
      intake,
      faults,
      code,
      access,
    }: { intake: string; faults: readonly FileFault[]; code: 'file-refused' | 'file-conflict'; access: Access },
  ): Promise<never> {
    const { db, clock, facts } = this.context;
    const centre = header?.centre ?? unknownCentre;
    const reasons = faults.map((fault) => reasonOf(fault).slice(0, 140));
    const data = { ...(header && { number: header.number }), digest: code === 'file-conflict' ? digest : fileDigest, reasons };
    await db.transaction(async (tx) => {
      await dropWaiting(tx, intake);
      await lockCentre(tx, centre);
      const known = (await tx.query(
        `SELECT 1 FROM fact WHERE author = 'affiliation' AND stream = $1 AND type = 'affiliation.cfe-file-refused.v1' AND envelope->'data'->>'digest' = $2
           AND envelope->'data'->'reasons' #>> '{}' = $3 LIMIT 1`,
        [flowStream('cfe', centre), data.digest, JSON.stringify(reasons)],
      )) as unknown[];
      const when = { effectiveOn: clock.today().iso, correlation: access.correlation };
      if (known.length === 0) await facts.publish(tx, [cfeFact(centre, when, 'affiliation.cfe-file-refused.v1', data)]);
    });
    throw new Refusal({ ...wordsOf[code], code, errors: fileErrors(faults) });
  }
}

/** Stands in for the centre of a file whose first line cannot be read. */
const unknownCentre = 'unknown';

const wordsOf = {
  'file-refused': {
    status: 422,
    title: 'Fichier refusé',
    detail: 'Le fichier est refusé en entier : le refus est inscrit au flux du centre et rien d’autre n’a changé.',
  },
  'file-conflict': {
    status: 409,
    title: 'Contradiction entre deux envois',
    detail: 'Ce qui a été reçu d’abord est maintenu ; la contradiction est inscrite au flux du centre et rien d’autre n’a changé.',
  },
} as const;
