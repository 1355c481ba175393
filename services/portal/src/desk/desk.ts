import type { AccountView, Standing } from '@isu/account';
import { unavailable, type HostContext } from '@isu/chassis';
import type {
  AccountAnomalies,
  DeskAccountPage,
  FactsPage,
  Identity,
  KnownPage,
  Opening,
  OpeningRequest,
  SearchAnswer,
  Viewer,
} from '../face/desk.js';
import type { ContributionsPage, PersonCard, Rights } from '../face/my-account.js';
import type { Part } from '../face/parts.js';
import type { MyAccount } from '../my-account/my-account.js';
import type { Parts } from '../questions/parts.js';
import { Unanswered, type Services, type Voice } from '../questions/services.js';
import { refuse } from '../refusals.js';
import type { AgentSession } from '../sessions/session.js';
import { compare } from './comparison.js';
import { heldFacts, viewers } from './held-facts.js';
import { findOpening, saveOpening } from './opening.table.js';

interface DeskParts {
  readonly context: Pick<HostContext, 'db' | 'clock'>;
  readonly services: Services;
  readonly parts: Parts;
  readonly pages: MyAccount;
}

interface Asked {
  readonly account: string;
  readonly voice: Voice;
}

const openingMs = 1_800_000;

/** Each organisation by its own copy of the facts: benefits is the RSI's, urssaf-sync is Urssaf's. */
const copyOf: Readonly<Record<KnownPage['by'], Viewer>> = { rsi: 'benefits', urssaf: 'urssaf-sync' };

/**
 * The agents' desk. An account is opened before it is looked at, with the reason, which then goes with every question; which accounts
 * an agent may open, and what of them is shown, the services decide, and each of them journals it.
 */
export class Desk {
  constructor(private readonly parts: DeskParts) {}

  async search(criterion: object, voice: Voice): Promise<SearchAnswer> {
    try {
      return await this.parts.services.ask<SearchAnswer>(
        { service: 'affiliation', path: 'insured-persons/search', json: criterion },
        voice,
      );
    } catch (fault) {
      throw refusalOf(fault);
    }
  }

  /** Refused in the words of what does not exist where the agent has no business: another fund's account, or none at all. */
  async open(session: AgentSession, { account, purpose }: OpeningRequest, voice: Voice): Promise<Opening> {
    await this.mustReach({ account, voice });
    const { db, clock } = this.parts.context;
    return saveOpening(db, session.id, { account, purpose, endsAt: new Date(clock.now().getTime() + openingMs) });
  }

  /** The opening by which this session looks at the account; 403 when there is none, or none any more. */
  async opened(session: AgentSession, account: string): Promise<Opening> {
    const { db, clock } = this.parts.context;
    const opening = await findOpening(db, { sessionId: session.id, account, now: clock.now() });
    if (!opening) throw refuse('opening-required');
    return opening;
  }

  async account({ account, voice }: Asked, opening: Opening): Promise<DeskAccountPage> {
    const { parts, pages, context } = this.parts;
    const [person, identity, views, standing, rights, anomalies] = await Promise.all([
      parts.of<PersonCard>('affiliation', `insured-persons/${account}`, voice),
      parts.of<Identity>('affiliation', `insured-persons/${account}/identity`, voice),
      this.views({ account, voice }),
      pages.standing({ account, voice }),
      parts.of<Rights>('benefits', `accounts/${account}/rights`, voice),
      parts.of<AccountAnomalies>('urssaf-sync', `accounts/${account}/anomalies`, voice),
    ]);
    const page = { person, identity, views, standing: standing satisfies Part<Standing>, rights, anomalies };
    return { today: context.clock.today().iso, opening, comparison: compare(views), parts: page };
  }

  async facts({ account, voice }: Asked): Promise<FactsPage> {
    return { today: this.parts.context.clock.today().iso, ...(await heldFacts(this.parts.parts, account, voice)) };
  }

  contributions(asked: Asked, year: number): Promise<ContributionsPage> {
    return this.parts.pages.contributions(asked, year);
  }

  /** N3. */
  async known({ account, voice }: Asked, { on, by }: Pick<KnownPage, 'on' | 'by'>): Promise<KnownPage> {
    const view = await this.parts.parts.of<AccountView>(copyOf[by], `accounts/${account}/view?on=${on}`, voice);
    return { today: this.parts.context.clock.today().iso, on, by, parts: { view } };
  }

  private async views({ account, voice }: Asked): Promise<Record<Viewer, Part<AccountView>>> {
    const views = viewers.map(
      async (viewer) => [viewer, await this.parts.parts.of<AccountView>(viewer, `accounts/${account}/view`, voice)] as const,
    );
    return Object.fromEntries(await Promise.all(views)) as Record<Viewer, Part<AccountView>>;
  }

  /** Asked of one service after the other until one knows: each of them has the account, and the same policy. */
  private async mustReach({ account, voice }: Asked): Promise<void> {
    let last: unknown;
    for (const service of viewers) {
      try {
        await this.parts.services.ask({ service, path: `accounts/${account}/standing` }, voice);
        return;
      } catch (fault) {
        last = fault;
        if (fault instanceof Unanswered && fault.status === 403) break;
      }
    }
    throw refusalOf(last);
  }
}

/** A service's refusal as the desk says it; what is neither is ours to answer for. */
function refusalOf(fault: unknown): unknown {
  if (!(fault instanceof Unanswered)) return fault;
  if (fault.status === 403) return refuse('not-for-you');
  return fault.status === 404 ? refuse('not-found') : unavailable();
}
