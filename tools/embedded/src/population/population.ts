import type { IncomeRecord } from '@isu/contracts';
import { movesFor, type Asker, type PartnerSeries, type PaymentMove, type SystemClient } from '@isu/isu';
import { demoPopulation, inventedSiret, type Persona } from '@isu/testing';
import { Day } from '@isu/values';
import type { MovableClock } from '@isu/chassis';
import { tellPartnerOf } from '../first-night.js';
import type { SystemWatch } from '../system-watch.js';
import type { DemoUrssaf } from './demo-urssaf.js';

/** A person of the demonstration, once affiliated. */
export interface DemoPerson {
  readonly key: string;
  readonly name: string;
  readonly account: string;
  readonly about: string;
}

interface Living {
  readonly persona: Persona;
  readonly account: string;
}

export interface World {
  readonly client: SystemClient;
  readonly clock: MovableClock;
  readonly urssaf: DemoUrssaf;
  /** Through which people declare. */
  readonly netEntreprises: PartnerSeries;
  readonly watch: SystemWatch;
  readonly today: Day;
  /** Declarations that somebody else will make, for a story: `karim/2015`. */
  readonly withheld?: ReadonlySet<string>;
}

const purpose = 'Peuplement de la démonstration';
const agent: Asker = { role: 'agent-national', org: 'rsi', purpose };
const operator: Asker = { role: 'operator', purpose };

/** The system opens on this day: those who were at work before are affiliated then. */
const opening = Day.of('2015-01-02');
const declarationDay = 12;
/** When some of them stopped paying, and when one paid twice or had a debit returned. */
const troubles = { stoppedFrom: '2015-10-01', incidentMonth: '2015-06' };
/** Number of an establishment that nobody has registered with. */
const secondShop = 9_001;

/**
 * Gives fifty people several years of history, each act recorded on its own day: affiliations, declarations in May, yearly
 * calls in January, and what Urssaf banked, month after month. Everything goes through REST, as it would in life.
 */
export async function populate(world: World): Promise<DemoPerson[]> {
  const history = new History(world);
  for (let month = opening.firstOfMonth(); month.atMost(world.today); month = month.plusMonths(1)) await history.liveThrough(month);
  await history.endOn(world.today);
  return history.people();
}

class History {
  private readonly waiting = [...demoPopulation()];
  private readonly living: Living[] = [];
  private moves: PaymentMove[] = [];

  constructor(private readonly world: World) {}

  async liveThrough(month: Day): Promise<void> {
    const begun = this.beginningIn(month);
    const isCalled = month.month === 1 && month.year > opening.year;
    if (begun.length > 0 || isCalled) {
      await this.onDay(Day.max(month.plusDays(1), opening), async () => {
        await this.affiliate(begun);
        if (isCalled) await this.callYear(month.year);
      });
    }
    const declaring = Day.at(month.year, month.month, declarationDay);
    if (month.month === 5 && declaring.atMost(this.world.today)) {
      await this.bankUntil(declaring.minusDays(1));
      await this.onDay(declaring, () => this.declare(month.year - 1));
    }
    await this.bankUntil(month.lastOfMonth());
  }

  /** The last business day before today is told whole, and closed: figures are those of that accounting day. */
  async endOn(today: Day): Promise<void> {
    const { clock, client, watch } = this.world;
    await this.publishNews();
    const eve = today.minusDays(1);
    if (this.lastBanked === null || this.lastBanked.isBefore(eve)) await this.bank(eve, []);
    await this.world.netEntreprises.send(eve.iso, []);
    await watch.untilQuiet();
    clock.moveTo(today);
    await client.post(`/api/collection/v1/accounting-days/${eve.iso}/close`, { as: operator, json: {} });
    await tellPartnerOf(eve, client);
    await watch.untilQuiet();
  }

  /** Two caisses have something to say to their own insured. */
  private async publishNews(): Promise<void> {
    const news: readonly (readonly [string, string, string])[] = [
      [
        '12',
        'Payer en ligne',
        'Depuis mai 2016, une échéance se paie aussi en ligne, depuis Mon compte.\nActualité inventée pour la démonstration.',
      ],
      ['26', 'Votre accueil de Lyon', 'L’accueil de Lyon reçoit sur rendez-vous le mercredi.\nActualité inventée pour la démonstration.'],
    ];
    for (const [fund, title, text] of news) {
      await this.world.client.post(`/api/affiliation/v1/funds/${fund}/news`, { as: agent, json: { title, text } });
    }
  }

  people(): DemoPerson[] {
    return this.living.map(({ persona: { key, firstName, lastName, about }, account }) => ({
      key,
      account,
      about,
      name: `${firstName} ${lastName}`,
    }));
  }

  private lastBanked: Day | null = null;

  /** Those who have begun by the end of the month, and are not affiliated yet. */
  private beginningIn(month: Day): Persona[] {
    const begun = this.waiting.filter((persona) => Day.of(persona.startedOn).atMost(month.lastOfMonth()));
    for (const persona of begun) this.waiting.splice(this.waiting.indexOf(persona), 1);
    return begun;
  }

  private async affiliate(due: readonly Persona[]): Promise<void> {
    const accounts = await inSmallGroups(due, (persona) => this.register(persona));
    this.living.push(...due.map((persona, rank) => ({ persona, account: accounts[rank] ?? '' })));
    await this.world.watch.untilQuiet();
    await inSmallGroups(due, async (persona, rank) => this.choosePeriodicity(persona, accounts[rank] ?? ''));
    await inSmallGroups(due, async (persona, rank) => this.sayMore(persona, accounts[rank] ?? ''));
  }

  private async register(persona: Persona): Promise<string> {
    const { body } = await this.world.client.post<{ account: string }>('/api/affiliation/v1/insured-persons', {
      as: agent,
      json: {
        nir: persona.nir,
        familyName: persona.lastName,
        givenNames: persona.firstName,
        birthDate: persona.bornOn,
        group: persona.group,
        startedOn: persona.startedOn,
        department: departmentOf(persona.address.postcode),
        fund: persona.fund,
        email: persona.email,
        phone: '01 99 00 00 00',
        address: `${persona.address.line}, ${persona.address.postcode} ${persona.address.city}`,
        iban: persona.iban,
        siret: persona.siret,
        activity: persona.activity,
        naf: persona.naf,
      },
    });
    return body.account;
  }

  /** What makes something to see on the screens: a mandate for who pays by direct debit, a second shop for Sophie. */
  private async sayMore({ key, means }: Persona, account: string): Promise<void> {
    const { client } = this.world;
    const person = `/api/affiliation/v1/insured-persons/${account}`;
    if (means === 'direct-debit') {
      const { body } = await client.get<{ digest: string }>(`${person}/mandate-text`, agent);
      await client.post(`${person}/mandates`, { as: agent, json: { digest: body.digest, accepted: true } });
    }
    if (key === 'sophie') {
      await client.post(`${person}/establishments`, {
        as: agent,
        json: {
          siret: inventedSiret(secondShop),
          naf: '47.76Z',
          openedOn: '2014-03-01',
          legalForm: 'ei',
          reason: 'Second magasin, déclaration P2',
        },
      });
    }
  }

  private async choosePeriodicity({ periodicity }: Persona, account: string): Promise<void> {
    const chosen = periodicity.kind === 'quarterly' ? 'quarterly' : `monthly-${String(periodicity.day)}`;
    if (chosen === 'monthly-5') return;
    await this.world.client.ask('PUT', `/api/collection/v1/accounts/${account}/periodicity`, { as: agent, json: { periodicity: chosen } });
  }

  private async callYear(year: number): Promise<void> {
    await this.world.client.post('/api/collection/v1/runs/provisional', { as: operator, json: { year } });
  }

  /** In one batch of the day, which collection takes in sets. */
  private async declare(year: number): Promise<void> {
    const receivedOn = this.world.clock.today().iso;
    const records = this.living.flatMap(({ persona, account }): IncomeRecord[] => {
      const [amount, reference] = [persona.incomes[year], `${persona.key}/${String(year)}`];
      if (amount === undefined || year < opening.year - 1 || this.world.withheld?.has(reference)) return [];
      return [{ type: 'income', reference, account, year, amount, receivedOn, declarant: 'insured' }];
    });
    await this.world.netEntreprises.send(receivedOn, records);
  }

  /** Something happens to the schedules on a day; afterwards the people know their due dates. */
  private async onDay(day: Day, act: () => Promise<void>): Promise<void> {
    this.world.clock.moveTo(day);
    await act();
    await this.world.watch.untilQuiet();
    await this.plan(day);
  }

  /** Everybody knows what is called from now on: what was planned for these due dates is planned again. */
  private async plan(from: Day): Promise<void> {
    const persons = new Map(this.living.map(({ account, persona }) => [account, persona]));
    const announced = await this.world.watch.announcedFrom(from.iso);
    const known = new Set(announced.map(({ account, id }) => `${account}-${id}`));
    this.moves = this.moves.filter(({ record }) => !isAbout(record.reference, known));
    this.moves.push(
      ...announced.flatMap((instalment) => {
        const persona = persons.get(instalment.account);
        return persona ? movesFor({ ...persona, ...troubles }, instalment) : [];
      }),
    );
  }

  /** What was banked since the last time is told at once, in the order of its days: each line bears its own. */
  private async bankUntil(day: Day): Promise<void> {
    const until = Day.min(day, this.world.today.minusDays(1));
    const ready = this.moves.filter(({ on }) => on.atMost(until)).sort((one, other) => one.on.iso.localeCompare(other.on.iso));
    this.moves = this.moves.filter(({ on }) => on.isAfter(until));
    const last = ready.at(-1);
    if (last) await this.bank(last.on, ready);
  }

  private async bank(day: Day, moves: readonly PaymentMove[]): Promise<void> {
    this.world.clock.moveTo(day);
    await this.world.urssaf.send(
      day.iso,
      moves.map(({ record }) => record),
    );
    this.lastBanked = day;
    await this.world.watch.untilPlaced();
  }
}

const isAbout = (reference: string, instalments: ReadonlySet<string>): boolean =>
  instalments.has(reference.replace(/-(?:bis|retour)$/, ''));

/** Postcodes of Corsica begin with 20: Ajaccio is 2A, Bastia 2B. */
function departmentOf(postcode: string): string {
  if (postcode.startsWith('20')) return Number(postcode) < 20200 ? '2A' : '2B';
  return postcode.startsWith('97') ? postcode.slice(0, 3) : postcode.slice(0, 2);
}

/** A few requests at a time, answers in the order of the list. */
async function inSmallGroups<T, R>(list: readonly T[], ask: (one: T, rank: number) => Promise<R>, size = 8): Promise<R[]> {
  const answers: R[] = [];
  for (let start = 0; start < list.length; start += size) {
    answers.push(...(await Promise.all(list.slice(start, start + size).map((one, index) => ask(one, start + index)))));
  }
  return answers;
}
