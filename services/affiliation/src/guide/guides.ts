import type { Access, ServiceContext } from '@isu/chassis';
import type { AccountNumber, Day } from '@isu/values';
import type { History } from '../history/history.js';
import { situationOn, stateOn } from '../situations/situation.js';
import { guideFor, type GuidePage } from './guide.js';
import { searchRegulation, type RegulationText } from './regulation.js';

export class Guide {
  constructor(
    private readonly context: Pick<ServiceContext, 'clock'>,
    private readonly history: History,
  ) {}

  async ofPerson(account: AccountNumber, access: Access, on?: Day): Promise<GuidePage[]> {
    const day = on ?? this.context.clock.today();
    const situation = situationOn(await this.history.read(account, access), day);
    return guideFor({ situation, state: stateOn(situation, day, null), day });
  }

  search(words: string, on?: Day): RegulationText[] {
    return searchRegulation(words, on ?? this.context.clock.today());
  }
}
