import type { KeyObject } from 'node:crypto';
import { PartnerSeries, SaidNo, type Asker, type SystemClient } from '@isu/isu';
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

/** The partner of declarations in the demonstration, where people declare on screens: it says each evening that nobody declared through it. */
export class QuietNetEntreprises {
  private refusedOn: string | null = null;
  private readonly series: PartnerSeries;

  constructor(
    private readonly client: SystemClient,
    key: KeyObject,
  ) {
    this.series = new PartnerSeries(client, { partner: 'net-entreprises', flow: 'incomes' }, key);
  }

  async keep(evening: string): Promise<void> {
    if (this.refusedOn === evening) return;
    const { completedThrough, gaps } = (await this.client.get<PromisedFlow>(address, netEntreprises)).body;
    // Somebody else plays this partner when a number is missing: it is for them to send it.
    if ((completedThrough ?? '') >= evening || gaps.length > 0) return;
    try {
      await this.series.send(evening, []);
    } catch (fault) {
      // A refusal leaves its trace on the other side each time: once an evening is enough.
      if (fault instanceof SaidNo && fault.status < 500) this.refusedOn = evening;
      throw fault;
    }
  }
}

const netEntreprises: Asker = { role: 'partner-system', partner: 'net-entreprises' };
const address = '/api/urssaf-sync/v1/flows/net-entreprises/incomes';
