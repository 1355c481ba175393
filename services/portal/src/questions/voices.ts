import { correlationOf, type HostContext } from '@isu/chassis';
import type { IncomingMessage } from 'node:http';
import type { Agents } from '../agents/agents.js';
import { refuse } from '../refusals.js';
import type { AgentSession, InsuredSession } from '../sessions/session.js';
import type { PortalSettings } from '../settings.js';
import { asserting } from './assertion.js';
import type { Voice } from './services.js';

/** In whose name services are asked: always whoever looks, so that the services' own policy decides and their journal names them. */
export class Voices {
  private readonly assertionOf: (account: string) => Promise<string>;

  constructor(
    private readonly context: Pick<HostContext<PortalSettings>, 'tokens' | 'clock' | 'settings'>,
    private readonly agents: Agents,
  ) {
    const { settings, clock } = context;
    this.assertionOf = asserting({ key: settings.assertionKey, issuer: settings.issuer, clock });
  }

  /** An insured person, by our word to the issuer that they are signed in. */
  insured({ account }: InsuredSession, request: IncomingMessage): Voice {
    const token = () => this.context.tokens.onAssertionOf(account, () => this.assertionOf(account));
    return { token, correlation: correlationOf(request) };
  }

  /** An agent, by the token that their own issuer gave, which says that we carry it; and why they look. */
  async agent({ id }: AgentSession, request: IncomingMessage, purpose?: string): Promise<Voice> {
    const held = await this.agents.tokenOf(id);
    if (!held) throw refuse('sign-in-required');
    const token = () => this.context.tokens.onBehalfOf(held);
    return { token, correlation: correlationOf(request), ...(purpose === undefined ? {} : { purpose }) };
  }
}
