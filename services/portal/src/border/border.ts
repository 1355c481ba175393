import type { HostContext } from '@isu/chassis';
import type {
  AnomalyDetail,
  AnomalyPage,
  AssignmentRequest,
  BatchPage,
  BatchReceipt,
  Comparisons,
  CopyDifference,
  Correction,
  FlowsPage,
  FlowStanding,
  Counts,
  ProposalRequest,
  ReceivedLines,
  ReconciliationPage,
  Worklist,
  WorklistPage,
} from '../face/border.js';
import type { Fund } from '../face/file.js';
import type { MatchingFile, MatchingPage, MatchingRequest, PayerRequest, ToBeMatchedPage, WaitingPage } from '../face/to-be-matched.js';
import type { Parts } from '../questions/parts.js';
import type { Question, Services, Voice } from '../questions/services.js';
import { refuse } from '../refusals.js';
import { asking } from './asking.js';

interface BorderParts {
  readonly context: Pick<HostContext, 'clock'>;
  readonly services: Services;
  readonly parts: Parts;
}

/** One of the cell, and in what name services are asked. */
export interface Asker {
  readonly me: string;
  readonly voice: Voice;
}

export interface WorklistQuestion {
  readonly state: 'open' | 'closed';
  readonly type?: string | undefined;
  readonly mine: boolean;
  readonly after?: string | undefined;
}

const service = 'urssaf-sync';

/** The border at the desk: what comes from partners and until when nothing is missing, what the two organisations do not agree on. */
export class Border {
  constructor(private readonly parts: BorderParts) {}

  async flows(voice: Voice): Promise<FlowsPage> {
    return this.page({ flows: await this.parts.parts.of<{ items: readonly FlowStanding[] }>(service, 'flows', voice) });
  }

  async batch(batch: { partner: string; flow: string; number: number }, after: number, voice: Voice): Promise<BatchPage> {
    const path = `flows/${batch.partner}/${batch.flow}/batches/${String(batch.number)}`;
    const [receipt, lines] = await Promise.all([
      this.parts.parts.ofKnown<BatchReceipt>(service, `${path}/receipt`, voice),
      this.parts.parts.ofKnown<ReceivedLines>(service, `${path}/received-lines?after=${String(after)}&limit=100`, voice),
    ]);
    if (receipt === null || lines === null) throw refuse('not-found');
    return this.page({ receipt, lines });
  }

  async worklist({ state, type, mine, after }: WorklistQuestion, { me, voice }: Asker): Promise<Omit<WorklistPage, 'names'>> {
    const query = new URLSearchParams({ state, ...(type && { type }), ...(mine && { assignedTo: 'me' }), ...(after && { after }) });
    const [worklist, counts, funds] = await Promise.all([
      this.parts.parts.of<Worklist>(service, `anomalies?${query.toString()}`, voice),
      this.parts.parts.of<Counts>(service, 'anomalies/counts', voice),
      this.parts.parts.of<readonly Fund[]>('affiliation', 'funds', voice),
    ]);
    return { ...this.page({ worklist, counts, funds }), me };
  }

  async anomaly(id: string, { me, voice }: Asker): Promise<Omit<AnomalyPage, 'names'>> {
    const anomaly = await this.parts.parts.ofKnown<AnomalyDetail>(service, `anomalies/${id}`, voice);
    if (anomaly === null) throw refuse('not-found');
    return { ...this.page({ anomaly }), me };
  }

  async reconciliation(voice: Voice): Promise<ReconciliationPage> {
    const [comparisons, divergences] = await Promise.all([
      this.parts.parts.of<Comparisons>(service, 'reconciliation', voice),
      this.parts.parts.of<{ items: readonly CopyDifference[] }>(service, 'divergences', voice),
    ]);
    return this.page({ comparisons, divergences });
  }

  async toBeMatched(after: string | undefined, { me, voice }: Asker): Promise<Omit<ToBeMatchedPage, 'names'>> {
    const query = after === undefined ? '' : `?after=${after}`;
    return { ...this.page({ waiting: await this.parts.parts.of<WaitingPage>(service, `to-be-matched${query}`, voice) }), me };
  }

  /** With people of the payer's name among the candidates, within the agent's region: the name goes to affiliation, and no further. */
  async matchingByName(id: string, payer: PayerRequest, asker: Asker): Promise<Omit<MatchingPage, 'names'>> {
    const path = 'insured-persons/search';
    const search = { service: 'affiliation', path, json: { by: 'name', ...payer } } as const;
    const { found } = await this.asking<{ found: readonly { account: string }[] }>(search, asker.voice);
    return this.matching(id, asker, found.map(({ account }) => account)); // prettier-ignore
  }

  async matching(id: string, { me, voice }: Asker, named: readonly string[] = []): Promise<Omit<MatchingPage, 'names'>> {
    const query = named.length === 0 ? '' : `?named=${named.join(',')}`;
    const money = await this.parts.parts.ofKnown<MatchingFile>(service, `to-be-matched/${id}${query}`, voice);
    if (money === null) throw refuse('not-found');
    return { ...this.page({ money }), me };
  }

  match(id: string, { key, ...json }: MatchingRequest, voice: Voice): Promise<void> {
    return this.act({ service, path: `to-be-matched/${id}/proposals`, json, idempotencyKey: key }, voice);
  }

  approveMatching(id: string, proposal: string, voice: Voice): Promise<void> {
    return this.act({ service, path: `to-be-matched/${id}/proposals/${proposal}/approval`, json: {} }, voice);
  }

  refuseMatching(id: string, { proposal, reason }: { proposal: string; reason: string }, voice: Voice): Promise<void> {
    return this.act({ service, path: `to-be-matched/${id}/proposals/${proposal}/refusal`, json: { reason } }, voice);
  }

  assign(id: string, json: AssignmentRequest, voice: Voice): Promise<void> {
    return this.act({ service, path: `anomalies/${id}/assignment`, method: 'PUT', json }, voice);
  }

  /** What is proposed is what the rule says now, read where the rule stands: a form that lay open proposes nothing of its own. */
  async propose(id: string, { correction: chosen, reason, key }: ProposalRequest, voice: Voice): Promise<void> {
    const correction = chosen === 'none' ? ({ kind: 'none' } as const) : await this.ofTheRule(id, voice);
    return this.act({ service, path: `anomalies/${id}/proposals`, json: { correction, reason }, idempotencyKey: key }, voice);
  }

  approve(id: string, proposal: string, voice: Voice): Promise<void> {
    return this.act({ service, path: `anomalies/${id}/proposals/${proposal}/approval`, json: {} }, voice);
  }

  refuse(id: string, { proposal, reason }: { proposal: string; reason: string }, voice: Voice): Promise<void> {
    return this.act({ service, path: `anomalies/${id}/proposals/${proposal}/refusal`, json: { reason } }, voice);
  }

  private async ofTheRule(id: string, voice: Voice): Promise<Correction> {
    const { correction } = await this.asking<AnomalyDetail>({ service, path: `anomalies/${id}` }, voice);
    if (correction === null) throw refuse('nothing-proposed');
    return correction;
  }

  private async act(question: Question, voice: Voice): Promise<void> {
    await this.asking(question, voice);
  }

  private asking<T>(question: Question, voice: Voice): Promise<T> {
    return asking(this.parts.services, question, voice);
  }

  private page<P>(parts: P): { today: string; parts: P } {
    return { today: this.parts.context.clock.today().iso, parts };
  }
}
