import { createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { canonicalJson, type MoneyRecord } from '@isu/contracts';
import { deliverBatch, paymentsBatch, SaidNo, SystemUnreachable, urssaf as ourselves, type SystemClient } from '@isu/isu';
import type { Books, KeptBatch } from './books.js';
import { owedThisEvening, QuietNetEntreprises, type PromisedFlow } from './calendar-keeper.js';
import type { KeptBalances, ToldBooks } from './told-books.js';
import { Listening } from './listening.js';
import { attestationOf, envelopeOf, isWithheld, misspoken, spoilt, type Envelope, type Misbehaviour } from './misbehaviours.js';

/** What the other side says of our flow. */
interface FlowStanding extends PromisedFlow {
  readonly resendRequests: readonly { readonly from: number; readonly to: number }[];
}

interface Parts {
  readonly books: Books;
  readonly told: ToldBooks;
  readonly client: SystemClient;
  readonly key: KeyObject;
  /** Of the receipts, PEM. */
  readonly receiptKey: string;
  /** Whether calendars are kept from the start. */
  readonly calendar: Conduct['calendar'];
  /** Of net-entreprises, when this program plays it too. */
  readonly netEntreprisesKey: KeyObject | null;
}

/** How the simulated Urssaf stands towards the other side. */
export interface Conduct {
  /** `cut`: nothing leaves and nothing comes in. */
  link: 'open' | 'cut';
  /** `off`: nothing is sent again until it is on; for those who want to look at a failure while it lasts. */
  retries: 'on' | 'off';
  /** `off`: what the other side tells is taken, and no receipt is given until it is on. */
  acknowledgements: 'on' | 'off';
  /** `kept`: each evening has its batch of payments and the books are sent every night, without anybody's hand; `by-hand`: nothing is written unless told to. */
  calendar: 'kept' | 'by-hand';
}

const flows = '/api/urssaf-sync/v1/flows';
const flow = `${flows}/urssaf/payments`;
/** What the other side tells and awaits is looked for every so many turns, and a little at a time: a batch a day does not hurry, and money goes first. */
const [turnsBetweenListening, batchesATurn] = [4, 10];

/** Urssaf with books of its own: banks money, tells of it in numbered batches, and sends again until each has its receipt. */
export class SimulatedUrssaf {
  readonly conduct: Conduct;
  private readonly listening: Listening;
  private readonly netEntreprises: QuietNetEntreprises | null;
  private turns = 0;
  private readonly receiptKey: KeyObject;
  /** One thing at a time: a batch is never numbered while another is. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly parts: Parts) {
    this.receiptKey = createPublicKey(parts.receiptKey);
    const { told, client, key, calendar, netEntreprisesKey } = parts;
    this.conduct = { link: 'open', retries: 'on', acknowledgements: 'on', calendar };
    this.netEntreprises = netEntreprisesKey && new QuietNetEntreprises(client, netEntreprisesKey);
    this.listening = new Listening({ books: told, client, key, receiptKey: this.receiptKey });
  }

  get books(): Books {
    return this.parts.books;
  }

  get told(): ToldBooks {
    return this.parts.told;
  }

  /** Our books on the evening of a day, account by account and contribution by contribution, as a batch of the flow `balances`. */
  writeBalances(businessDate: string): Promise<KeptBalances> {
    return this.alone(async () => this.listening.writeBalances(businessDate, (await this.standingOf('balances')).lastNumber));
  }

  /** Takes what the other side has told since, now. */
  listen(): Promise<void> {
    return this.alone(async () => {
      while (await this.hear());
    });
  }

  /** Writes the batch of a day with all that was not told, and sends it: once, and wrongly if so commanded. */
  writeDay(businessDate: string, misbehaviour: Misbehaviour | null = null): Promise<KeptBatch> {
    return this.alone(() => this.write(businessDate, misbehaviour));
  }

  /** Sends again what has no receipt, gives what the other side asks for, and finds its place again after a restored backup. */
  turn(): Promise<void> {
    return this.alone(async () => {
      if (this.conduct.link === 'cut' || this.conduct.retries === 'off') return;
      const standing = await this.standing();
      await this.findPlaceAgain(standing);
      const isAsked = ({ number }: KeptBatch) => standing.resendRequests.some(({ from, to }) => from <= number && number <= to);
      for (const batch of await this.books.batches()) {
        const mayLeave = batch.state === 'ready' || batch.state === 'refused' || (batch.misbehaviour?.kind !== 'late' && isAsked(batch));
        if (mayLeave && batch.content !== null) await this.send(batch.number, envelopeOf(batch.content, this.parts.key));
      }
      this.turns += 1;
      await this.listening.sendBalances();
      if (this.turns % turnsBetweenListening !== 0) return;
      await this.hear();
      if (this.conduct.calendar === 'kept') await this.keepCalendar();
    });
  }

  /** All that was withheld leaves now, however late. */
  release(): Promise<void> {
    return this.alone(async () => {
      for (const batch of await this.books.batches())
        if (batch.state === 'withheld' && batch.content !== null) await this.send(batch.number, envelopeOf(batch.content, this.parts.key));
    });
  }

  /** Proves that an answer is of now, and what it rests on. */
  async answer(nonce: string): Promise<{ readonly text: string; readonly signature: string }> {
    const [batch] = (await this.books.batches()).slice(-1);
    const text = canonicalJson({ nonce, flow: 'payments', lastNumber: batch?.number ?? 0, digest: batch?.digest ?? null });
    return { text, signature: sign(null, Buffer.from(text), this.parts.key).toString('base64') };
  }

  private alone<T>(act: () => Promise<T>): Promise<T> {
    const done = this.last.then(act);
    this.last = done.catch(() => undefined);
    return done;
  }

  private async write(businessDate: string, misbehaviour: Misbehaviour | null): Promise<KeptBatch> {
    const batches = await this.books.batches();
    const before = batches.at(-1);
    const untold = await this.books.untold();
    const written = this.batchOf({ number: (before?.number ?? 0) + 1, businessDate, before, records: misspoken(untold, misbehaviour) });
    const state = isWithheld(misbehaviour) ? 'withheld' : 'ready';
    if (misbehaviour?.kind === 'gone') await this.lose({ ...written, misbehaviour, state });
    else await this.books.keepBatch({ ...written, misbehaviour, state }, untold);
    if (state === 'ready') await this.sendFirst(written, misbehaviour);
    for (const { number, content, misbehaviour: earlier, state: was } of batches)
      if (earlier?.kind === 'reordered' && was === 'withheld' && content !== null)
        await this.send(number, envelopeOf(content, this.parts.key));
    const kept = (await this.books.batches()).find(({ number }) => number === written.number);
    if (!kept) throw new Error('A batch once written is in the books.');
    return kept;
  }

  /** Its number and its digest are all that is left, for the next one to name; what it told is told by none, and so by the next. */
  private async lose(batch: Parameters<Books['keepBatch']>[0]): Promise<void> {
    await this.books.keepBatch({ ...batch, content: null }, []);
    await this.books.mark(batch.number, { state: batch.state, problem: `perdu ici aussi, attestation ${attestationOf(batch.number)}` });
  }

  private batchOf({ number, businessDate, before, records }: ToWrite): {
    number: number;
    businessDate: string;
    digest: string;
    content: string;
  } {
    const { text, digest } = paymentsBatch({ number, businessDate, previousDigest: before?.digest ?? null, records });
    return { number, businessDate, digest, content: text };
  }

  private async sendFirst(
    { number, businessDate, content }: Pick<KeptBatch, 'number' | 'businessDate'> & { content: string },
    misbehaviour: Misbehaviour | null,
  ): Promise<void> {
    const { key } = this.parts;
    const other = () => {
      const { previousDigest } = JSON.parse(content.slice(0, content.indexOf('\n'))) as { previousDigest: string | null };
      return paymentsBatch({ number, businessDate, previousDigest, records: [] }).text;
    };
    const envelopes = misbehaviour === null ? [envelopeOf(content, key)] : spoilt(content, misbehaviour, { key, other });
    for (const envelope of envelopes) await this.send(number, envelope);
  }

  /** Keeps the receipt, or what was said instead; without an answer the batch stays to be sent. */
  private async send(number: number, envelope: Envelope): Promise<void> {
    if (this.conduct.link === 'cut') return;
    try {
      const { text, headers } = await deliverBatch(this.parts.client, envelope);
      const isTheirs = verify(null, Buffer.from(text), this.receiptKey, Buffer.from(headers.get('isu-signature') ?? '', 'base64'));
      if (!isTheirs) return await this.books.mark(number, { state: 'ready', problem: 'receipt-signature-wrong' });
      await this.books.mark(number, { state: 'acknowledged', receipt: text });
    } catch (fault) {
      if (fault instanceof SystemUnreachable) return;
      if (!(fault instanceof SaidNo)) throw fault;
      await this.keepRefusal(number, fault);
    }
  }

  private async keepRefusal(number: number, { status, problem }: SaidNo): Promise<void> {
    const [first] = (problem.errors ?? []) as { code?: string }[];
    const said = first?.code ?? problem.code ?? String(status);
    const [batch] = (await this.books.batches()).filter((one) => one.number === number);
    const state = batch?.state === 'acknowledged' ? 'acknowledged' : status >= 500 ? 'ready' : 'refused';
    await this.books.mark(number, { state, problem: said });
  }

  private standing(): Promise<FlowStanding> {
    return this.standingOf('payments');
  }

  private async standingOf(name: string): Promise<FlowStanding> {
    return (await this.parts.client.get<FlowStanding>(`${flows}/urssaf/${name}`, ourselves)).body;
  }

  /** The batch of each evening that is over, empty if nothing was banked, then the books of that evening; several evenings at once are told in one. */
  private async keepCalendar(): Promise<void> {
    const [batch, balances] = [(await this.books.batches()).at(-1), (await this.told.balancesBatches()).at(-1)];
    const owed = owedThisEvening(await this.flowsOfOurs(), {
      ...{ paymentsThrough: batch?.businessDate ?? null, balancesThrough: balances?.businessDate ?? null },
      told: await this.told.told(),
    });
    if (!owed) return;
    if (owed.payments !== null) await this.write(owed.payments, null);
    if (owed.balances !== null) await this.listening.writeBalances(owed.balances, (await this.standingOf('balances')).lastNumber);
    await this.netEntreprises?.keep(owed.evening);
  }

  private async flowsOfOurs(): Promise<PromisedFlow[]> {
    return (await this.parts.client.get<{ items: PromisedFlow[] }>(flows, ourselves)).body.items;
  }

  private async hear(): Promise<boolean> {
    if (this.conduct.link === 'cut') return false;
    return this.listening.listen(await this.flowsOfOurs(), { acknowledges: this.conduct.acknowledgements === 'on', most: batchesATurn });
  }

  /**
   * The other side holds more of our batches than our books: they were restored from a backup. The receipt of the last one tells where to
   * go on from; what we numbered twice is told again under a number of its own, and what was told before is known there by its reference.
   */
  private async findPlaceAgain({ lastNumber, completedThrough }: FlowStanding): Promise<void> {
    const batches = await this.books.batches();
    const stray = batches.filter(({ state, problem }) => state === 'refused' && problem === 'number-with-other-content');
    const own = Math.max(0, ...batches.filter((batch) => !stray.includes(batch)).map(({ number }) => number));
    const isRestored = stray.length > 0 || (lastNumber ?? 0) > own;
    if (!isRestored) return;
    await this.books.readBank();
    for (const { number } of stray) await this.books.withdraw(number);
    if (lastNumber !== null && lastNumber > own) {
      const { text, body } = await this.parts.client.get<{ digest: string }>(`${flow}/batches/${String(lastNumber)}/receipt`, ourselves);
      const businessDate = completedThrough ?? stray[0]?.businessDate ?? '';
      await this.books.adopt({ number: lastNumber, businessDate, digest: body.digest, receipt: text });
    }
    for (const { businessDate } of stray) await this.write(businessDate, null);
  }
}

interface ToWrite {
  readonly number: number;
  readonly businessDate: string;
  readonly before: KeptBatch | undefined;
  readonly records: readonly MoneyRecord[];
}
