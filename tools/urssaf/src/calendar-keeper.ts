import { sign, type KeyObject } from 'node:crypto';
import { signedPartOf, writeBatch } from '@isu/contracts';
import { SaidNo, type Asker, type SystemClient } from '@isu/isu';
import { Day, plusWorkingDays } from '@isu/values';
import type { ListedFlow } from './listening.js';

/** A flow as the other side lists it, with what its calendar lets it expect of us. */
export interface PromisedFlow extends ListedFlow {
  readonly completedThrough: string | null;
  readonly awaitedThrough: string | null;
  readonly gaps: readonly unknown[];
}

/** What stands in our own books. */
interface Kept {
  /** Business dates of the last batches of payments and of balances. */
  readonly paymentsThrough: string | null;
  readonly balancesThrough: string | null;
  readonly told: readonly { readonly flow: string; readonly businessDate: string }[];
}

/** What is to be written for the evening that is over: business dates, null for what is written already or must wait. */
export interface Owed {
  readonly evening: string;
  readonly payments: string | null;
  readonly balances: string | null;
}

/** Of a nightly flow the other side awaits an evening when the next one is over too: the last evening is the day after the awaited one. */
export function owedThisEvening(flows: readonly PromisedFlow[], { paymentsThrough, balancesThrough, told }: Kept): Owed | null {
  const awaited = flows.find(({ flow }) => flow === 'balances')?.awaitedThrough;
  if (awaited === undefined || awaited === null) return null;
  const evening = Day.of(awaited).plusDays(1);
  const banksWorkedOn = plusWorkingDays(evening.plusDays(1), -1).iso;
  // Books that lack what was told of the day would differ for no reason.
  const isToldOf = (flow: string) => told.some((batch) => batch.flow === flow && batch.businessDate >= evening.iso);
  const ofTheirs = flows.filter(({ direction }) => direction === 'out');
  const hasHeard = ofTheirs.length > 0 && ofTheirs.every(({ flow }) => isToldOf(flow));
  return {
    evening: evening.iso,
    payments: (paymentsThrough ?? '') < banksWorkedOn ? banksWorkedOn : null,
    balances: hasHeard && (balancesThrough ?? '') < evening.iso ? evening.iso : null,
  };
}

const netEntreprises: Asker = { role: 'partner-system', partner: 'net-entreprises' };
const address = '/api/urssaf-sync/v1/flows/net-entreprises/incomes';

/** The partner of declarations in the demonstration, where people declare on screens: it says each evening that nobody declared through it. */
export class QuietNetEntreprises {
  private refusedOn: string | null = null;

  constructor(
    private readonly client: SystemClient,
    private readonly key: KeyObject,
  ) {}

  async keep(evening: string): Promise<void> {
    if (this.refusedOn === evening) return;
    const { completedThrough, lastNumber, gaps } = (await this.client.get<PromisedFlow>(address, netEntreprises)).body;
    // Somebody else plays this partner when a number is missing: it is for them to send it.
    if ((completedThrough ?? '') >= evening || gaps.length > 0) return;
    const number = (lastNumber ?? 0) + 1;
    const header = { partner: 'net-entreprises', flow: 'incomes', number, businessDate: evening, createdAt: `${evening}T20:00:00.000Z` };
    const { text } = writeBatch({ ...header, previousDigest: number === 1 ? null : await this.digestOf(number - 1) }, []);
    const signature = sign(null, Buffer.from(signedPartOf({ text })), this.key).toString('base64');
    try {
      await this.client.ask('POST', `${address}/batches`, {
        as: netEntreprises,
        content: text,
        headers: { 'content-type': 'application/x-ndjson', 'isu-signature': signature },
      });
    } catch (fault) {
      // A refusal leaves its trace on the other side each time: once an evening is enough.
      if (fault instanceof SaidNo && fault.status < 500) this.refusedOn = evening;
      throw fault;
    }
  }

  private async digestOf(number: number): Promise<string> {
    return (await this.client.get<{ digest: string }>(`${address}/batches/${String(number)}/receipt`, netEntreprises)).body.digest;
  }
}
