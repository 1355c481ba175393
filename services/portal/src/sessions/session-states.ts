import type { IncomingMessage } from 'node:http';
import type { HostContext } from '@isu/chassis';
import type { Doors, SessionState, Visitor } from '../face/session.js';
import { hiddenTabs, type Profiles } from '../my-account/profiles.js';
import type { Voices } from '../questions/voices.js';
import { csrfTokenOf } from './csrf.js';
import { idleMinutes, type InsuredSession, type Session } from './session.js';

interface StateParts {
  readonly context: Pick<HostContext, 'clock'>;
  readonly profiles: Profiles;
  readonly voices: Voices;
  readonly doors: Doors;
}

/** What a page is told of the session it is in. */
export class SessionStates {
  constructor(private readonly parts: StateParts) {}

  get doors(): Doors {
    return this.parts.doors;
  }

  async of({ cookie, session }: { cookie: string; session: Session | null }, request: IncomingMessage): Promise<SessionState> {
    const { context, doors } = this.parts;
    const who = session === null ? ({ kind: 'nobody' } as const) : await this.visitor(session, request);
    return { csrfToken: csrfTokenOf(cookie), who, today: context.clock.today().iso, doors };
  }

  private async visitor(session: Session, request: IncomingMessage): Promise<Visitor> {
    const limits = { endsAt: session.endsAt.toISOString(), idleMinutes };
    if (session.kind === 'agent') return { kind: 'agent', ...session.office, ...limits };
    return { kind: 'insured', account: session.account, ...(await this.profile(session, request)), ...limits };
  }

  /** Nothing is hidden while nobody says what the status is: the pages themselves will say what is missing. */
  private async profile(session: InsuredSession, request: IncomingMessage) {
    const { displayName, regime } = await this.parts.profiles.of(session.account, this.parts.voices.insured(session, request));
    return { displayName, hiddenTabs: regime === null ? [] : hiddenTabs(regime) };
  }
}
