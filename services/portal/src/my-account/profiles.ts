import type { AccountView } from '@isu/account';
import type { HostContext } from '@isu/chassis';
import type { Regime } from '@isu/contracts';
import type { Identity } from '../face/desk.js';
import type { PersonCard } from '../face/my-account.js';
import type { Service } from '../face/parts.js';
import type { Tab } from '../face/session.js';
import type { Parts } from '../questions/parts.js';
import type { Voice } from '../questions/services.js';
import { refuse } from '../refusals.js';

/** Those that fold the account, nearest to the figures first. Any of them can answer for it. */
export const viewers = ['collection', 'urssaf-sync', 'benefits'] as const satisfies readonly Service[];

/** F85: what a micro-entrepreneur has no use for, and what nobody else has. */
export const hiddenTabs = (regime: Regime): readonly Tab[] =>
  regime === 'micro-social' ? ['incomes', 'contributions', 'instalments'] : ['declaration'];

export interface Profile {
  readonly displayName: string | null;
  readonly regime: Regime | null;
}

const keptMs = 30_000;
const mostKept = 10_000;

/** Who the account is of, as far as screens need to know. */
export class Profiles {
  private readonly known = new Map<string, { readonly regime: Regime; readonly at: number }>();

  constructor(
    private readonly parts: Parts,
    private readonly context: Pick<HostContext, 'clock'>,
  ) {}

  async of(account: string, voice: Voice): Promise<Profile> {
    const [identity, regime] = await Promise.all([
      this.parts.of<Identity>('affiliation', `insured-persons/${account}/identity`, voice),
      this.regimeOf(account, voice),
    ]);
    const displayName = identity.state === 'ok' ? `${firstOf(identity.data.givenNames)} ${identity.data.familyName}` : null;
    return { displayName, regime };
  }

  /** A tab that the status hides is not there: not on the screen, and not for who types its address (F85). */
  async mustShow(tab: Tab, account: string, voice: Voice): Promise<void> {
    const regime = await this.regimeOf(account, voice);
    if (regime !== null && hiddenTabs(regime).includes(tab)) throw refuse('not-found');
  }

  /** Every page asks; a change of status may take half a minute to show. */
  private async regimeOf(account: string, voice: Voice): Promise<Regime | null> {
    const now = this.context.clock.now().getTime();
    const known = this.known.get(account);
    if (known && now - known.at < keptMs) return known.regime;
    const regime = await this.askRegime(account, voice);
    if (this.known.size >= mostKept) this.known.clear();
    if (regime !== null) this.known.set(account, { regime, at: now });
    return regime;
  }

  /** Affiliation says it; while it is away, the account that the others hold says it too. */
  private async askRegime(account: string, voice: Voice): Promise<Regime | null> {
    const card = await this.parts.of<PersonCard>('affiliation', `insured-persons/${account}`, voice);
    if (card.state === 'ok') return card.data.regime;
    const view = await this.parts.fromAny<AccountView>(viewers, `accounts/${account}/view`, voice);
    return view.state === 'ok' ? (view.data.book.person?.regime ?? null) : null;
  }
}

const firstOf = (givenNames: string): string => givenNames.split(/[\s,]+/u, 1)[0] ?? '';
