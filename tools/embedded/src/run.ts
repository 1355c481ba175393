import { createPrivateKey } from 'node:crypto';
import { developmentAgents, type DevelopmentPerson } from '@isu/issuer';
import { PartnerSeries, SystemClient } from '@isu/isu';
import { Day } from '@isu/values';
import { dayHandler } from './business-day.js';
import { compareBooksOf } from './first-night.js';
import { DemoUrssaf } from './population/demo-urssaf.js';
import { rootOf } from './front.js';
import { PopulationNote, type KeptPopulation } from './population/kept-population.js';
import { populate, type World } from './population/population.js';
import { loadUrssafBeside, type UrssafBeside, type UrssafToCome } from './simulated-urssaf.js';
import { SystemWatch } from './system-watch.js';
import type { EmbeddedSettings } from './settings.js';
import { serviceNames, serviceTitles, startSystem, type EmbeddedSystem } from './system.js';
import { welcomePage } from './welcome.js';

/** A running embedded system with its people, if it has any. */
export interface Embedded extends EmbeddedSystem {
  readonly population: KeptPopulation;
  /** Urssaf of the demonstration, its series where the population left it. */
  readonly urssaf: DemoUrssaf;
  readonly client: SystemClient;
  /** The simulated Urssaf that runs beside it, if it was asked for. */
  readonly partner: UrssafBeside | null;
}

const nobody: KeptPopulation = { people: [], series: { number: 0, digest: null } };
const demonstration = 'démonstration';

/** Starts the system and, the first time, lets its fifty people live. Ready when both are done. */
export async function startEmbedded(settings: EmbeddedSettings, withheld?: ReadonlySet<string>): Promise<Embedded> {
  const note = new PopulationNote(settings.folder);
  let population = note.read() ?? nobody;
  const isNew = settings.demo === 'on' && !note.read();
  const history = new Promised();
  if (!isNew) history.keep();
  const system = await startSystem(settings, {
    people: () => [...developmentAgents, ...population.people.map(asLogin)],
    household: () => population.people.map(({ account, name, about }) => ({ account, name, about })),
    afresh: note.wasInterrupted,
    also: [demonstration],
    historyIsWhole: history.kept,
  });
  let urssafToCome: UrssafToCome | null = null;
  try {
    const client = new SystemClient(system.url);
    const conduct = { port: settings.simulatedUrssafPort, calendar: settings.simulatedUrssaf === 'on' ? 'kept' : 'by-hand' } as const;
    // Its program is loaded while the history is told.
    if (settings.simulatedUrssaf !== 'off') urssafToCome = await urssafBeside(system, conduct);
    const urssaf = new DemoUrssaf(client, system.partnerKey.privateKey, population.series);
    const today = () => Day.of(settings.today).print();
    system.http.mountRoot(rootOf(welcomePage({ services: serviceTitles, people: () => population.people, today }), system.front));
    await untilServicesAreReady(system.url);
    if (isNew) {
      note.begin();
      const people = await livePopulation(system, { client, urssaf, today: Day.of(settings.today), ...(withheld && { withheld }) });
      population = { people, series: urssaf.series };
      note.complete(population);
      history.keep();
    }
    system.http.mount({
      name: demonstration,
      prefix: '/demonstration',
      handle: dayHandler(system.clock, system.services.handler()),
      ready: async () => ({ ready: true, checks: {} }),
    });
    const embedded = await withUrssafBeside(urssafToCome, { ...system, population, urssaf, client, partner: null });
    return isNew && settings.simulatedUrssaf === 'on' ? withFirstNight(embedded, Day.of(settings.today).minusDays(1)) : embedded;
  } catch (error) {
    await urssafToCome?.stop();
    await system.stop();
    throw error;
  }
}

/** Something that others wait for. */
class Promised {
  keep!: () => void;
  readonly kept = new Promise<void>((resolve) => {
    this.keep = resolve;
  });
}

/** The partner that anybody can play: it goes on where the demonstration's series stands. */
async function withUrssafBeside(toCome: UrssafToCome | null, embedded: Embedded): Promise<Embedded> {
  if (toCome === null) return embedded;
  const partner = await toCome.open();
  const stop = async () => {
    await partner.stop();
    await embedded.stop();
  };
  return { ...embedded, partner, stop };
}

export function urssafBeside(
  { folder, databaseUrl, url, partnerKey, netEntreprisesKey, receiptKey, log }: EmbeddedSystem,
  conduct: { readonly port: number; readonly calendar: 'kept' | 'by-hand' },
): Promise<UrssafToCome> {
  const privateKey = partnerKey.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return loadUrssafBeside({ folder, databaseUrl, systemUrl: url, privateKey, netEntreprisesKey, receiptKey, log, ...conduct });
}

/** Beside everything else: nobody waits for it, and it ends with the system. */
function withFirstNight(embedded: Embedded, evening: Day): Embedded {
  const stopping = new AbortController();
  const night = compareBooksOf(evening, embedded.client, stopping.signal).catch((error: unknown) =>
    embedded.log.warn({ error }, 'the first comparison of the books was not asked for'),
  );
  const stop = async () => {
    stopping.abort();
    await night;
    await embedded.stop();
  };
  return { ...embedded, stop };
}

/** Each service has asked the others what they hold of it, and accepts writes. */
async function untilServicesAreReady(url: string, withinMs = 60_000): Promise<void> {
  const limit = performance.now() + withinMs;
  for (;;) {
    const { services } = (await (await fetch(`${url}/health/ready`)).json()) as { services: Record<string, Record<string, string>> };
    if (serviceNames.every((name) => services[name] && Object.values(services[name]).every((check) => check === 'ok'))) return;
    if (performance.now() > limit) throw new Error(`Les services ne sont pas prêts : ${JSON.stringify(services)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function livePopulation(system: EmbeddedSystem, world: Omit<World, 'clock' | 'watch' | 'netEntreprises'>) {
  const watch = await SystemWatch.open(system.databaseUrl);
  try {
    const incomes = { partner: 'net-entreprises', flow: 'incomes' };
    const netEntreprises = new PartnerSeries(world.client, incomes, createPrivateKey(system.netEntreprisesKey));
    return await watch.withoutWaitingForTheDisk(() => populate({ ...world, netEntreprises, watch, clock: system.clock }));
  } finally {
    await watch.close();
  }
}

const asLogin = ({ account, name }: KeptPopulation['people'][number]): DevelopmentPerson => ({
  sub: `insured:${account}`,
  name,
  org: 'isu',
  role: 'insured',
  account,
});
