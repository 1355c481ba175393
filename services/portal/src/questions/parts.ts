import type { Logger } from '@isu/chassis';
import { refusalOf } from '../acts/acts.js';
import type { Part, Service } from '../face/parts.js';
import { Unanswered, type Services, type Voice } from './services.js';

const names: Readonly<Record<Service, string>> = {
  affiliation: 'L’affiliation',
  collection: 'Le recouvrement',
  benefits: 'Le service des prestations',
  'urssaf-sync': 'Le service des échanges avec l’Urssaf',
};

const says = {
  away: (service: Service) => `${names[service]} ne répond pas en ce moment : cette partie manque, le reste est à jour.`,
  unheard: (service: Service) => `${names[service]} n’a encore rien reçu de ce compte.`,
  closed: () => 'Cette partie du dossier n’est pas ouverte à votre organisme.',
};

/** How long one service may keep a page waiting before the next one that knows the same is asked beside it. */
const hedgeMs = 400;

/** Composes pages: each question becomes a part, and one that is not answered says so instead of emptying the page (F3). */
export class Parts {
  constructor(
    private readonly services: Services,
    private readonly log: Logger,
  ) {}

  async of<T>(service: Service, path: string, voice: Voice): Promise<Part<T>> {
    try {
      return { state: 'ok', from: service, data: await this.services.ask<T>({ service, path }, voice) };
    } catch (fault) {
      return this.unanswered(service, fault, voice);
    }
  }

  /** For what may not be there at all: null when the service says that it is not. */
  async ofKnown<T>(service: Service, path: string, voice: Voice): Promise<Part<T> | null> {
    try {
      return { state: 'ok', from: service, data: await this.services.ask<T>({ service, path }, voice) };
    } catch (fault) {
      return fault instanceof Unanswered && fault.status === 404 ? null : this.unanswered(service, fault, voice);
    }
  }

  /**
   * The same question to those that know the same (every service folds the same account, I4): the first answer is the answer. Asked one
   * after the other, the next as soon as one fails or is slow.
   */
  async fromAny<T>([first, ...others]: readonly [Service, ...Service[]], path: string, voice: Voice): Promise<Part<T>> {
    const mine = this.of<T>(first, path, voice);
    const [second, ...rest] = others;
    if (second === undefined) return mine;
    const early = await within(hedgeMs, mine);
    if (early?.state === 'ok' || early?.state === 'closed') return early;
    const theirs = this.fromAny<T>([second, ...rest], path, voice);
    const answered = await firstOk([mine, theirs]);
    return answered ?? mine;
  }

  private unanswered<T>(service: Service, fault: unknown, { correlation }: Voice): Part<T> {
    if (!(fault instanceof Unanswered)) throw fault;
    const { status } = fault;
    if (status === 403) return { state: 'closed', from: service, says: says.closed() };
    if (status === 404) return { state: 'missing', from: service, says: says.unheard(service) };
    // What was asked for cannot be, and the service says why: an answer for whoever asked, and nothing that is missing.
    if (status === 422) throw refusalOf(fault);
    this.log.warn({ correlation, type: service, ...(status === null ? { error: fault } : { status }) }, 'a part of a page is missing');
    return { state: 'missing', from: service, says: says.away(service) };
  }
}

export const mapPart = <T, U>(part: Part<T>, change: (data: T) => U): Part<U> =>
  part.state === 'ok' ? { ...part, data: change(part.data) } : part;

async function within<T>(ms: number, answer: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The first that is whole, or undefined when none is. */
async function firstOk<T>(parts: readonly Promise<Part<T>>[]): Promise<Part<T> | undefined> {
  const whole = parts.map(async (part) => {
    const known = await part;
    if (known.state !== 'ok') throw new Error('not answered');
    return known;
  });
  return Promise.any(whole).catch(() => undefined);
}
