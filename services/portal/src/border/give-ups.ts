import type { HostContext } from '@isu/chassis';
import type { FlowStanding } from '../face/border.js';
import type { GiveUp, GiveUpRequest, GiveUpsPage } from '../face/give-ups.js';
import type { Parts } from '../questions/parts.js';
import type { Services, Voice } from '../questions/services.js';
import { refuse } from '../refusals.js';
import { asking } from './asking.js';
import type { Asker } from './border.js';
import type { FlowKey } from './flow-key.js';

interface GiveUpsParts {
  readonly context: Pick<HostContext, 'clock'>;
  readonly services: Services;
  readonly parts: Parts;
}

const service = 'urssaf-sync';

/** Batches that will never come, at the desk: what is missing, and under four eyes to go on without it. */
export class GiveUps {
  constructor(private readonly parts: GiveUpsParts) {}

  async page({ partner, flow }: FlowKey, { me, voice }: Asker): Promise<Omit<GiveUpsPage, 'names'>> {
    const path = `flows/${partner}/${flow}`;
    const [standing, giveUps] = await Promise.all([
      this.parts.parts.ofKnown<FlowStanding>(service, path, voice),
      this.parts.parts.ofKnown<{ items: readonly GiveUp[] }>(service, `${path}/give-ups`, voice),
    ]);
    if (standing === null || giveUps === null) throw refuse('not-found');
    return { today: this.parts.context.clock.today().iso, parts: { flow: standing, giveUps }, me };
  }

  async propose(key: FlowKey, { key: idempotencyKey, ...json }: GiveUpRequest, voice: Voice): Promise<void> {
    await asking(this.parts.services, { service, path: pathOf(key), json, idempotencyKey }, voice);
  }

  async approve(key: FlowKey, id: string, voice: Voice): Promise<void> {
    await asking(this.parts.services, { service, path: `${pathOf(key)}/${id}/approval`, json: {} }, voice);
  }

  async refuse(key: FlowKey, { id, reason }: { id: string; reason: string }, voice: Voice): Promise<void> {
    await asking(this.parts.services, { service, path: `${pathOf(key)}/${id}/refusal`, json: { reason } }, voice);
  }
}

const pathOf = ({ partner, flow }: FlowKey): string => `flows/${partner}/${flow}/give-ups`;
