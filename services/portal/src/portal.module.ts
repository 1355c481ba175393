import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { bodyModule, loopingWorker, type BuiltFront, type FrontContext, type Worker } from '@isu/chassis';
import { DataSource } from 'typeorm';
import { Accounting } from './accounting/accounting.js';
import { AccountingController } from './accounting/accounting.controller.js';
import { Acts } from './acts/acts.js';
import { AgentNames } from './agents/agent-names.js';
import { Agents } from './agents/agents.js';
import { AgentsController } from './agents/agents.controller.js';
import { AttemptCounts } from './attempts/attempts.js';
import { Border } from './border/border.js';
import { BorderController } from './border/border.controller.js';
import { SentBatches } from './border/sent-batches.js';
import { SentBatchesController } from './border/sent-batches.controller.js';
import { GiveUps } from './border/give-ups.js';
import { GiveUpsController } from './border/give-ups.controller.js';
import { MatchingController } from './border/matching.controller.js';
import { DelaysController } from './delays/delays.controller.js';
import { PublishedDelays } from './delays/published-delays.js';
import { Deliveries } from './deliveries/deliveries.js';
import { Desk } from './desk/desk.js';
import { DeskController } from './desk/desk.controller.js';
import { DeskFileController } from './desk/file.controller.js';
import { DemoController, DemoHousehold } from './demo/demo.controller.js';
import type { DemoPeople } from './face/session.js';
import { Files } from './file/files.js';
import { MyFileController } from './file/my-file.controller.js';
import { Mails } from './mails/mails.js';
import { Post } from './mails/post.js';
import { MyAccount } from './my-account/my-account.js';
import { MyAccountController } from './my-account/my-account.controller.js';
import { Profiles } from './my-account/profiles.js';
import { EventsController } from './news/events.controller.js';
import { News } from './news/news.js';
import { Streams } from './news/streams.js';
import { Openings } from './openings/openings.js';
import { Passwords } from './openings/passwords.js';
import { SignInController } from './openings/sign-in.controller.js';
import { webPages } from './pages/web-pages.js';
import { Hashing } from './passwords/hashing.js';
import { Parts } from './questions/parts.js';
import { Services } from './questions/services.js';
import { Voices } from './questions/voices.js';
import { doorlessRoutes, DoorGuard } from './sessions/doors.js';
import { SessionController, SessionsController } from './sessions/session.controller.js';
import { SessionStates } from './sessions/session-states.js';
import { Sessions } from './sessions/sessions.js';
import { PortalSettings } from './settings.js';

/** What the process that the portal runs in has beside it. */
export interface PortalSurroundings {
  /** The invented people of a demonstration. */
  readonly people?: () => DemoPeople['people'];
  /** Whether `/courrier` shows the e-mails that were sent. */
  readonly mailbox?: boolean;
}

/** A page waits no longer for one service; what it would have said is then missing. */
const patienceMs = 2_000;

const controllers = [
  SessionController,
  SessionsController,
  SignInController,
  AgentsController,
  MyAccountController,
  MyFileController,
  DeskController,
  DeskFileController,
  BorderController,
  SentBatchesController,
  GiveUpsController,
  MatchingController,
  AccountingController,
  EventsController,
  DelaysController,
];

@Module({})
class DoorModule {}

@Module({})
class PortalModule {}

/** The wiring by hand, read top to bottom. */
export function buildPortal(context: FrontContext<PortalSettings>, { people, mailbox = false }: PortalSurroundings): BuiltFront {
  const { settings, db, log, metrics } = context;
  const [origin = ''] = settings.origins;

  const sessions = new Sessions(context);
  const attempts = new AttemptCounts(context);
  const post = new Post({ smtpUrl: settings.smtpUrl, from: settings.mailFrom });
  const mails = new Mails(context, post);
  const services = new Services({ peersUrl: settings.peersUrl, patienceMs });
  const openings = new Openings({ context, services, attempts, mails, origin });
  const deliveries = new Deliveries({ context, services, post, origin });
  const passwords = new Passwords({ context, openings, attempts, hashing: new Hashing(metrics), sessions, mails });
  const agentNames = new AgentNames(db);
  const agents = new Agents({ context, sessions, names: agentNames });

  const [parts, voices] = [new Parts(services, log), new Voices(context, agents)];
  const [profiles, pages] = [new Profiles(parts, context), new MyAccount(parts, context)];
  const doors = { demo: settings.offersDemo && people !== undefined, mailbox };
  const states = new SessionStates({ context, profiles, voices, doors });
  const news = new News(context.bus, context);
  const streams = new Streams({ news, sessions });
  const module: DynamicModule = {
    module: PortalModule,
    controllers: [...controllers, ...(doors.demo ? [DemoController] : [])],
    providers: [
      { provide: DataSource, useValue: db },
      { provide: PortalSettings, useValue: settings },
      { provide: Sessions, useValue: sessions },
      { provide: SessionStates, useValue: states },
      { provide: Openings, useValue: openings },
      { provide: Passwords, useValue: passwords },
      { provide: Agents, useValue: agents },
      { provide: Voices, useValue: voices },
      { provide: Profiles, useValue: profiles },
      { provide: MyAccount, useValue: pages },
      { provide: Files, useValue: new Files(parts, services, agentNames, context) },
      { provide: Acts, useValue: new Acts(services) },
      { provide: AgentNames, useValue: agentNames },
      { provide: Streams, useValue: streams },
      { provide: PublishedDelays, useValue: new PublishedDelays(parts, context) },
      { provide: Desk, useValue: new Desk({ context, services, parts, pages }) },
      ...borderOf({ context, services, parts }),
      { provide: Accounting, useValue: new Accounting(parts, context) },
      ...(people ? [{ provide: DemoHousehold, useValue: { people } }] : []),
    ],
  };
  const guard = new DoorGuard({ sessions, origins: settings.origins, log });
  return {
    modules: [{ module: DoorModule, providers: [{ provide: APP_GUARD, useValue: guard }] }, bodyModule('anyone'), module],
    unguarded: doorlessRoutes,
    pages: webPages({ folder: webFolder(), issuer: settings.issuer, production: settings.environment === 'production' }),
    hangUp: () => streams.hangUp(),
    workers: [
      hearing(news, context),
      sessions.purger(),
      attemptPurger(attempts, context),
      openings.worker(),
      mails.sender(),
      ...deliveries.workers(),
    ],
  };
}

/** What comes from partners, and what we send them. */
const borderOf = (surroundings: ConstructorParameters<typeof Border>[0]): Provider[] => [
  { provide: Border, useValue: new Border(surroundings) },
  { provide: GiveUps, useValue: new GiveUps(surroundings) },
  { provide: SentBatches, useValue: new SentBatches(surroundings) },
];

/** The bus may be away when we start: screens work without news. */
const hearing = (news: News, { log }: Pick<FrontContext, 'log'>): Worker => ({
  name: 'news',
  start: () => void news.start().catch((error: unknown) => log.error({ error }, 'no news will be heard')),
  stop: () => news.stop(),
});

const attemptPurger = (attempts: AttemptCounts, { log }: Pick<FrontContext, 'log'>): Worker =>
  loopingWorker({
    name: 'attempt-purge',
    everyMs: 3_600_000,
    log,
    turn: async () => {
      await attempts.purge();
      return false;
    },
  });

/** Beside the built service; a test runs from the sources, and takes what was built last. */
function webFolder(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const beside = join(here, 'web');
  return existsSync(beside) ? beside : join(here, '..', 'dist', 'web');
}
