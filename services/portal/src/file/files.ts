import type { HostContext } from '@isu/chassis';
import type { StreamableFile } from '@nestjs/common';
import { refusalOf } from '../acts/acts.js';
import type { AgentNames } from '../agents/agent-names.js';
import type * as desk from '../face/desk-file.js';
import type { DebitsOfAccount, DebitsPage } from '../face/debits.js';
import type * as family from '../face/family.js';
import type * as face from '../face/file.js';
import type { PersonCard } from '../face/my-account.js';
import type { OnlinePayments, PayingPage } from '../face/paying.js';
import type { Part } from '../face/parts.js';
import type { DeskRefundsPage, ListedRefunds, Refunds, RefundsPage } from '../face/refunds.js';
import type { Parts } from '../questions/parts.js';
import type { Services, Voice } from '../questions/services.js';
import { journalOf, noticeOf, printed, receiptOf, statementOf, type KnownAccount } from './documents.js';

interface Asked {
  readonly account: string;
  readonly voice: Voice;
}

/** What affiliation holds of a person, and what collection asks and writes: each part asked at once, a page a fixed number of questions. */
export class Files {
  constructor(
    private readonly parts: Parts,
    private readonly services: Services,
    private readonly names: AgentNames,
    private readonly context: Pick<HostContext, 'clock'>,
  ) {}

  async file(asked: Asked): Promise<face.FilePage> {
    return this.page(await this.fileParts(asked));
  }

  async family(asked: Asked): Promise<family.FamilyPage> {
    const [household, spouses, situation] = await Promise.all([
      this.ofPerson<readonly family.Dependant[]>('/household', asked),
      this.ofPerson<readonly family.Spouse[]>('/spouses', asked),
      this.ofPerson<face.Situation>('/situation', asked),
    ]);
    return this.page({ household, spouses, situation });
  }

  async documents(asked: Asked): Promise<face.DocumentsPage> {
    const { account, voice } = asked;
    const [notices, aboutContributions, aboutAffiliation] = await Promise.all([
      this.ofAccount<{ notices: readonly face.NoticeNumber[] }>('/notices', asked),
      this.ofAccount<{ messages: readonly face.Message[] }>('/messages', asked),
      this.parts.of<{ messages: readonly face.Message[] }>('affiliation', `accounts/${account}/messages`, voice),
    ]);
    return this.page({ notices, aboutContributions, aboutAffiliation });
  }

  notice(notice: { account: string; year: number; version: number }, voice: Voice): Promise<StreamableFile> {
    return printed(this.services, noticeOf(notice), voice);
  }

  receipt(receipt: { account: string; payment: string }, voice: Voice): Promise<StreamableFile> {
    return printed(this.services, receiptOf(receipt), voice);
  }

  statement(known: KnownAccount, voice: Voice): Promise<StreamableFile> {
    return printed(this.services, statementOf(known), voice);
  }

  journal(known: KnownAccount, voice: Voice): Promise<StreamableFile> {
    return printed(this.services, journalOf(known), voice);
  }

  async paying(asked: Asked): Promise<PayingPage> {
    return this.page({ online: await this.ofAccount<OnlinePayments>('/online-payments', asked) });
  }

  /** The caisse is the one of today: it is known once the person's card is. */
  async fund(asked: Asked): Promise<face.FundPage> {
    const [fund, news, messages] = await Promise.all([
      this.ofPerson<PersonCard>('', asked).then((card) => this.fundOf(card, asked.voice)),
      this.ofPerson<readonly face.News[]>('/news', asked),
      this.ofPerson<readonly face.FundMessage[]>('/fund-messages', asked),
    ]);
    return this.page({ fund, news, messages });
  }

  async guide(asked: Asked): Promise<face.GuidePage> {
    return this.page({ guide: await this.ofPerson<readonly face.GuideText[]>('/guide', asked) });
  }

  async regulation(words: string, voice: Voice): Promise<face.RegulationPage> {
    const query = new URLSearchParams({ words }).toString();
    return this.page({ texts: await this.parts.of<readonly face.RegulationText[]>('affiliation', `regulation?${query}`, voice) });
  }

  async estimates(asked: Asked): Promise<face.EstimatesPage> {
    const [estimates, situation] = await Promise.all([
      this.ofAccount<{ estimates: readonly face.Estimate[] }>('/estimates', asked),
      this.ofPerson<face.Situation>('/situation', asked),
    ]);
    return this.page({ estimates, situation });
  }

  async periodicity({ account, voice }: Asked): Promise<face.PeriodicityPage> {
    const path = `accounts/${account}/schedules/${String(this.context.clock.today().year)}`;
    return this.page({ schedule: await this.parts.ofKnown<{ year: number; periodicity: face.Periodicity }>('collection', path, voice) });
  }

  async debits(asked: Asked): Promise<DebitsPage> {
    const [debits, bankDetails, mandates] = await Promise.all([
      this.ofAccount<DebitsOfAccount>('/debits', asked),
      this.bankDetailsOf(asked),
      this.ofPerson<readonly face.Mandate[]>('/mandates', asked),
    ]);
    return this.page({ debits, bankDetails, mandates });
  }

  async returnedDebits(voice: Voice): Promise<desk.ReturnedDebitsPage> {
    const listed = (kind: string) => this.parts.of<desk.ReturnedDebits>('collection', `returned-debits?kind=${kind}&limit=200`, voice);
    const [toExamine, returned] = await Promise.all([listed('to-examine'), listed('returned')]);
    return this.page({ toExamine, returned });
  }

  async refunds(asked: Asked): Promise<RefundsPage> {
    return this.page({ refunds: await this.ofAccount<Refunds>('/refunds', asked) });
  }

  async refundsAtDesk(voice: Voice): Promise<DeskRefundsPage> {
    const listed = (kind: string) => this.parts.of<ListedRefunds>('collection', `refunds?kind=${kind}&limit=200`, voice);
    const [toApprove, overdue] = await Promise.all([listed('to-approve'), listed('overdue')]);
    return this.page({ toApprove, overdue });
  }

  async turnovers(asked: Asked, year: number | undefined): Promise<face.TurnoversPage> {
    const query = year === undefined ? '' : `?year=${String(year)}`;
    return this.page({ turnovers: await this.ofAccount<face.TurnoversOfYear>(`/turnovers${query}`, asked) });
  }

  async mandateText({ account, voice }: Asked): Promise<face.MandateText> {
    try {
      return await this.services.ask<face.MandateText>({ service: 'affiliation', path: `insured-persons/${account}/mandate-text` }, voice);
    } catch (fault) {
      throw refusalOf(fault);
    }
  }

  async atDesk(asked: Asked): Promise<desk.DeskFilePage> {
    const [file, person, family, spouses, acre, fundMessages, changes, proposals, strikeOffs] = await Promise.all([
      this.fileParts(asked),
      this.ofPerson<PersonCard>('', asked),
      this.ofPerson<readonly family.Dependant[]>('/household', asked),
      this.ofPerson<readonly family.Spouse[]>('/spouses', asked),
      this.ofPerson<readonly desk.AcreRequest[]>('/acre-requests', asked),
      this.ofPerson<readonly face.FundMessage[]>('/fund-messages', asked),
      this.ofPerson<{ changes: readonly desk.Change[] }>('/changes', asked),
      this.ofPerson<readonly desk.Decision[]>('/proposals', asked),
      this.ofPerson<readonly desk.StrikeOff[]>('/strike-offs', asked),
    ]);
    const deciders = proposals.state === 'ok' ? proposals.data.flatMap(({ proposedBy, decidedBy }) => [proposedBy, decidedBy]) : [];
    const page = this.page({ ...file, person, family, spouses, acre, fundMessages, changes, proposals, strikeOffs });
    return { ...page, names: await this.names.of(deciders) };
  }

  async duplicates(voice: Voice): Promise<desk.DuplicatesPage> {
    return this.page({ duplicates: await this.parts.of('affiliation', 'duplicates', voice) });
  }

  async funds(voice: Voice): Promise<desk.FundsPage> {
    return this.page({ funds: await this.parts.of<readonly face.Fund[]>('affiliation', 'funds', voice) });
  }

  async fundAtDesk(code: string, voice: Voice): Promise<desk.FundDeskPage> {
    const [news, messages] = await Promise.all([
      this.parts.of<readonly desk.PublishedNews[]>('affiliation', `funds/${code}/news`, voice),
      this.parts.of<readonly desk.WaitingFundMessage[]>('affiliation', `funds/${code}/messages`, voice),
    ]);
    return this.page({ news, messages });
  }

  private async fileParts(asked: Asked): Promise<face.FileParts> {
    const [identity, contact, situation, activities, businesses, bankDetails, mandates] = await Promise.all([
      this.ofPerson<face.PersonIdentity>('/identity', asked),
      this.ofPerson<face.Contact>('/contact', asked),
      this.ofPerson<face.Situation>('/situation', asked),
      this.ofPerson<readonly face.Activity[]>('/activities', asked),
      this.ofPerson<face.Businesses>('/establishments', asked),
      this.bankDetailsOf(asked),
      this.ofPerson<readonly face.Mandate[]>('/mandates', asked),
    ]);
    return { identity, contact, situation, activities, businesses, bankDetails, mandates };
  }

  private bankDetailsOf({ account, voice }: Asked): Promise<Part<face.BankDetails> | null> {
    return this.parts.ofKnown<face.BankDetails>('affiliation', `insured-persons/${account}/bank-details`, voice);
  }

  private async fundOf(card: Part<PersonCard>, voice: Voice): Promise<Part<face.Fund>> {
    return card.state === 'ok' ? this.parts.of<face.Fund>('affiliation', `funds/${card.data.fund}`, voice) : card;
  }

  private ofPerson<T>(path: string, { account, voice }: Asked): Promise<Part<T>> {
    return this.parts.of<T>('affiliation', `insured-persons/${account}${path}`, voice);
  }

  private ofAccount<T>(path: string, { account, voice }: Asked): Promise<Part<T>> {
    return this.parts.of<T>('collection', `accounts/${account}${path}`, voice);
  }

  private page<P>(parts: P): { today: string; parts: P } {
    return { today: this.context.clock.today().iso, parts };
  }
}
