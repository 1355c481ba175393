import type { FrontDefinition } from '@isu/chassis';
import { personKeyMigration } from '@isu/chassis';
import { deliveries } from './migrations/0003-deliveries.js';
import { logins } from './migrations/0002-logins.js';
import { agentNames } from './migrations/0004-agent-names.js';
import { sessions } from './migrations/0001-sessions.js';
import { buildPortal, type PortalSurroundings } from './portal.module.js';
import { sessionCookie } from './sessions/cookie.js';
import { PortalSettings } from './settings.js';

/** Mon compte and the agents' desk: who comes in, what a page is composed of, the web app. It owns no rule and writes no fact. */
export const portalWith = (surroundings: PortalSurroundings): FrontDefinition<PortalSettings> => ({
  name: 'portal',
  title: 'Portail : Mon compte et le bureau des agents',
  cookie: sessionCookie,
  migrations: [personKeyMigration, sessions, logins, deliveries, agentNames],
  settings: PortalSettings,
  build: (context) => buildPortal(context, surroundings),
});

/** As it runs in a process of its own. */
export const portal = portalWith({});

export type { PortalSurroundings } from './portal.module.js';
