import type { Reason } from '@isu/account';
import { SystemClient, type Asker } from '@isu/isu';
import { eventually, personas, type Persona } from '@isu/testing';
import type { KeptBatch, UrssafState } from '@isu/urssaf';
import type { FlowStanding } from '@isu/urssaf-sync';
import { Money } from '@isu/values';
import { demandFor } from './two-people.js';

const viewers = ['collection', 'benefits', 'urssaf-sync'] as const;
/** An agent of each organisation, who looks from the screens of his own: both must say the same of the account. */
const agents = [
  { as: { role: 'agent-national', org: 'rsi', purpose: 'Essai' }, service: 'benefits' },
  { as: { role: 'agent-national', org: 'urssaf', purpose: 'Essai' }, service: 'collection' },
] as const satisfies readonly { as: Asker; service: (typeof viewers)[number] }[];
export const [{ as: rsi }] = agents;
const patience = { withinMs: 45_000, everyMs: 150 };

/** What an agent is shown of an account. */
interface Shown {
  readonly upToDate: 'yes' | 'no' | 'unknown';
  readonly inTransit: string;
  readonly reasons: readonly Reason[];
}

interface View {
  readonly fingerprint: string;
  readonly book: {
    readonly instalments: readonly unknown[];
    readonly payments: readonly {
      readonly amount: string;
      readonly state: string;
      readonly posted: { readonly accountingDay: string } | null;
    }[];
  };
}

interface Addresses {
  readonly url: string;
  readonly partnerUrl: string;
}

type Form = Readonly<Record<string, string>>;

/** Karim's account as the RSI and Urssaf see it, and all that can be done to the road between them. */
export class TwoOrganisations {
  readonly client: SystemClient;
  private karim = '';

  constructor(private readonly at: Addresses) {
    this.client = new SystemClient(at.url);
  }

  /** Karim opens his shop on 4 January 2016 and is called: eight instalments of 356 € from April on, and one of 359 €. */
  async begin(businessDate: string): Promise<void> {
    this.karim = await this.affiliate(personas.karim, '93');
    await this.sendsAgain('off');
    await this.send(businessDate);
    await eventually(async () => (await this.views()).every(({ book }) => book.instalments.length === 9), patience);
  }

  async affiliate(persona: Persona, department: string): Promise<string> {
    const json = { ...demandFor(persona, department), startedOn: '2016-01-04' };
    return (await this.client.post<{ account: string }>('/api/affiliation/v1/insured-persons', { as: rsi, json })).body.account;
  }

  /** Urssaf banks what Karim owes on a day. */
  async pay(dueOn: string): Promise<void> {
    const { body } = await this.client.get<{ instalments: { id: string; amount: string; reference: string }[] }>(
      `/api/collection/v1/accounts/${this.karim}/instalments?from=2016-01-01&to=2016-12-31`,
      rsi,
    );
    const due = body.instalments.find(({ id }) => id === dueOn.slice(0, 7));
    if (!due) throw new Error(`Nothing is due on ${dueOn}.`);
    await this.urssaf('payments', {
      ...{ reference: `URS-${dueOn}`, account: this.karim, amount: due.amount, valueOn: dueOn, paymentReference: due.reference },
    });
  }

  /** What the simulated Urssaf is told to do (tools/urssaf). */
  async urssaf<T>(act: string, form: Form = {}): Promise<T> {
    const response = await fetch(`${this.at.partnerUrl}/${act}`, { method: 'POST', body: JSON.stringify(form) });
    if (!response.ok) throw new Error(`${act}: ${await response.text()}`);
    return (await response.json()) as T;
  }

  send(businessDate: string, wrong: Form = {}): Promise<KeptBatch> {
    return this.urssaf('batches', { businessDate, ...wrong });
  }

  /** Whether Urssaf sends again what has no receipt: held back while a failure is looked at. */
  async sendsAgain(retries: 'on' | 'off'): Promise<void> {
    await this.urssaf('retries', { retries });
  }

  async books(): Promise<UrssafState> {
    return (await (await fetch(`${this.at.partnerUrl}/state`)).json()) as UrssafState;
  }

  async live(day: string): Promise<void> {
    await this.demonstrate(`day/${day}`);
  }

  async turn(service: 'collection', act: 'stop' | 'start'): Promise<void> {
    await this.demonstrate(`services/${service}/${act}`);
  }

  async flow(): Promise<FlowStanding> {
    return (await this.client.get<FlowStanding>('/api/urssaf-sync/v1/flows/urssaf/payments', rsi)).body;
  }

  /** From now until both agents are told the reason, neither is told « no »; both reasons say what is awaited. */
  async bothAreTold(
    reason: Reason['code'],
    of: readonly (typeof viewers)[number][] = agents.map(({ service }) => service),
  ): Promise<Shown[]> {
    return eventually(async () => {
      const shown = await Promise.all(agents.map(({ as }, rank) => this.shown(as, of[rank] ?? 'benefits')));
      if (shown.some(({ upToDate }) => upToDate === 'no')) throw new Error('A missing payment was held against Karim.');
      const areTold = shown.every(
        ({ upToDate, reasons }) =>
          upToDate === 'unknown' && reasons.some(({ code, text }) => code === reason && text.includes('on attend')),
      );
      return areTold && shown;
    }, patience);
  }

  /** Urssaf's books and the three copies of the account tell the same money, each payment once, and both agents say « yes ». */
  async areEqual(): Promise<void> {
    await eventually(async () => {
      const { movements, batches } = await this.books();
      const banked = movements.map(({ record }) => record.amount).sort();
      const views = await this.views();
      const shown = await Promise.all(agents.map(({ as, service }) => this.shown(as, service)));
      expect(batches.filter(({ state }) => state !== 'acknowledged')).toEqual([]);
      expect(views.map(({ book }) => book.payments.map(({ amount, state }) => `${amount} ${state}`).sort())).toEqual(
        viewers.map(() => banked.map((amount) => `${Money.of(amount).toString()} posted`)),
      );
      expect(new Set(views.map(({ fingerprint }) => fingerprint)).size).toBe(1);
      expect(shown.map(({ upToDate, inTransit }) => [upToDate, inTransit])).toEqual(agents.map(() => ['yes', '0']));
      return true;
    }, patience);
  }

  private async shown(as: Asker, service: (typeof viewers)[number]): Promise<Shown> {
    return (await this.client.get<Shown>(`/api/${service}/v1/accounts/${this.karim}/standing`, as)).body;
  }

  views(account = this.karim): Promise<View[]> {
    const ask = async (service: string) => (await this.client.get<View>(`/api/${service}/v1/accounts/${account}/view`, rsi)).body;
    return Promise.all(viewers.map(ask));
  }

  private async demonstrate(act: string): Promise<void> {
    const { status } = await fetch(`${this.at.url}/demonstration/${act}`, { method: 'POST', headers: { 'isu-demonstration': 'e2e' } });
    if (status >= 300) throw new Error(`${act}: ${String(status)}`);
  }
}
