import type { AccountView, Standing } from '@isu/account';
import type { HostContext } from '@isu/chassis';
import type {
  AccountPeriods,
  AssessmentVersions,
  ContributionsPage,
  HomePage,
  IncomesPage,
  InstalmentsPage,
  PaymentsPage,
  PersonCard,
  ReadingsPage,
  Rights,
  SummaryPage,
} from '../face/my-account.js';
import type { Situation } from '../face/file.js';
import type { Part } from '../face/parts.js';
import type { Parts } from '../questions/parts.js';
import type { Voice } from '../questions/services.js';
import { assessmentsOf, dueDatesOf, glanceOf, incomesOf, paymentsOf, periodsOf, type Between } from './account-parts.js';
import { viewers } from './profiles.js';
import { lastReadings, readingsOf } from './readings.js';

interface Asked {
  readonly account: string;
  readonly voice: Voice;
}

/** Two days that may be left out: the civil year of the business day is then meant. */
export interface Bounds {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Composes the pages of one account. Each part is asked at the same time as the others, and none waits for another. */
export class MyAccount {
  constructor(
    private readonly parts: Parts,
    private readonly context: Pick<HostContext, 'clock'>,
  ) {}

  async home({ account, voice }: Asked): Promise<HomePage> {
    const [person, situation, view, standing, rights, readings] = await Promise.all([
      this.parts.of<PersonCard>('affiliation', `insured-persons/${account}`, voice),
      this.parts.of<Situation>('affiliation', `insured-persons/${account}/situation`, voice),
      this.view({ account, voice }),
      this.standing({ account, voice }),
      this.parts.of<Rights>('benefits', `accounts/${account}/rights`, voice),
      readingsOf(this.parts, account, voice),
    ]);
    return this.page({ person, situation, account: glanceOf(view), standing, rights, readings: lastReadings(readings) });
  }

  /** Now, or as collection knew it on a day (I7): no other service knew the same things on the same day. */
  async summary({ account, voice }: Asked, on: string | undefined): Promise<SummaryPage> {
    const known = on === undefined ? '' : `?on=${on}`;
    const [periods, view, standing] = await Promise.all([
      this.parts.of<AccountPeriods>('collection', `accounts/${account}/periods${known}`, voice),
      on === undefined
        ? this.view({ account, voice })
        : this.parts.of<AccountView>('collection', `accounts/${account}/view${known}`, voice),
      this.standing({ account, voice }),
    ]);
    return this.page({ periods, account: periodsOf(view), standing });
  }

  async incomes(asked: Asked, year: number | undefined): Promise<IncomesPage> {
    return this.page({ incomes: incomesOf(await this.view(asked), year) });
  }

  async contributions({ account, voice }: Asked, year: number): Promise<ContributionsPage> {
    const [versions, view] = await Promise.all([
      this.parts.of<AssessmentVersions>('collection', `accounts/${account}/assessments/${String(year)}/versions`, voice),
      this.view({ account, voice }),
    ]);
    return this.page({ versions, account: assessmentsOf(view, year) });
  }

  async instalments(asked: Asked, bounds: Bounds): Promise<InstalmentsPage> {
    const [view, standing] = await Promise.all([this.view(asked), this.standing(asked)]);
    const judged = { today: this.context.clock.today().iso, standing: standing.state === 'ok' ? standing.data : null };
    return this.page({ instalments: dueDatesOf(view, this.between(bounds), judged) });
  }

  async payments(asked: Asked, bounds: Bounds): Promise<PaymentsPage> {
    return this.page({ payments: paymentsOf(await this.view(asked), this.between(bounds)) });
  }

  async readings({ account, voice }: Asked): Promise<ReadingsPage> {
    const found = await readingsOf(this.parts, account, voice);
    return { today: this.context.clock.today().iso, ...found };
  }

  view({ account, voice }: Asked): Promise<Part<AccountView>> {
    return this.parts.fromAny<AccountView>(viewers, `accounts/${account}/view`, voice);
  }

  standing({ account, voice }: Asked): Promise<Part<Standing>> {
    return this.parts.fromAny<Standing>(viewers, `accounts/${account}/standing`, voice);
  }

  private between({ from, to }: Bounds): Between {
    const { year } = this.context.clock.today();
    return { from: from ?? `${String(year)}-01-01`, to: to ?? `${String(year)}-12-31` };
  }

  private page<P>(parts: P): { today: string; parts: P } {
    return { today: this.context.clock.today().iso, parts };
  }
}
