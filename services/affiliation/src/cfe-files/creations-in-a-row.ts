import { Refusal, type ServiceContext } from '@isu/chassis';
import type { EntityManager } from 'typeorm';
import type { Acting } from '../acting.js';
import { checkRegistration, type RegisterPerson } from '../insured-persons/insured-person.js';
import type { Registrations } from '../insured-persons/registrations.js';
import { refuse } from '../refusals.js';
import { findFormalities, type CfeLine, type EarlierFormality, type OpenCfeFile, type WaitingLine } from './cfe-file.table.js';
import type { Creation } from './cfe-format.js';
import type { Formalities } from './formalities.js';
import { linePlace, met, refusedLine, toldBefore } from './line-outcome.js';

interface Parts {
  readonly formalities: Formalities;
  readonly registrations: Registrations;
}

/** A line as far as it can be judged before anybody is registered. */
type Judged = { readonly waiting: WaitingLine } & (
  | { readonly kind: 'settled'; readonly line: CfeLine }
  | { readonly kind: 'demand'; readonly demand: RegisterPerson }
);

/** Creations that follow one another in a file, of people whom nobody knows: registered together, in the same statements. */
export class CreationsInARow {
  constructor(
    private readonly context: Pick<ServiceContext, 'clock' | 'protection'>,
    private readonly parts: Parts,
  ) {}

  /**
   * The outcomes of as many of these lines, from the first, as can be carried out together. None when the first is something else, or is about
   * somebody known: what it does then depends on what they are.
   */
  async carryOut(tx: EntityManager, file: OpenCfeFile, waiting: readonly WaitingLine[], acting: Acting): Promise<CfeLine[]> {
    const creations = creationsFirst(waiting);
    if (creations.length === 0) return [];
    const judged = await this.untilSomebodyKnown(tx, await this.judge(tx, file, creations, acting));
    const demands = judged.flatMap((each) => (each.kind === 'demand' ? [each.demand] : []));
    const registered = await this.parts.registrations.register(tx, demands, acting);
    const accounts = new Map(demands.map((demand, rank) => [demand, registered[rank]?.account.toString()]));
    return judged.map((each): CfeLine => {
      if (each.kind === 'settled') return each.line;
      const account = accounts.get(each.demand);
      // Somebody else registered them at this very moment.
      if (account === undefined) return refusedLine(each.waiting, refuse('already-registered', { account: null }));
      return { ...met(each.waiting), outcome: 'applied', account };
    });
  }

  private async judge(tx: EntityManager, file: OpenCfeFile, creations: readonly WaitingLine[], acting: Acting): Promise<Judged[]> {
    const references = creations.map(({ reference }) => reference);
    const earlier = await findFormalities(tx, file.centre, references);
    const texts = await this.context.protection.openMany(
      tx,
      linePlace,
      creations.map(({ sealed }) => ({ personId: file.intake, sealed })),
    );
    return Promise.all(
      creations.map((waiting, rank) =>
        this.judgeLine(waiting, { event: JSON.parse(texts[rank] ?? '') as Creation, earlier: earlier.get(waiting.reference), acting }),
      ),
    );
  }

  private async judgeLine(
    waiting: WaitingLine,
    { event, earlier, acting }: { event: Creation; earlier: EarlierFormality | undefined; acting: Acting },
  ): Promise<Judged> {
    if (earlier) return { waiting, kind: 'settled', line: toldBefore(waiting, earlier) };
    try {
      return { waiting, kind: 'demand', demand: await this.parts.formalities.demandOf(event, acting) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { waiting, kind: 'settled', line: refusedLine(waiting, error) };
    }
  }

  /** Cut before the first person who has an account, or is met a second time; what the route would refuse of the others is refused here. */
  private async untilSomebodyKnown(tx: EntityManager, judged: readonly Judged[]): Promise<Judged[]> {
    const demands = judged.flatMap((each) => (each.kind === 'demand' ? [each.demand] : []));
    const known = await this.parts.registrations.known(tx, demands);
    const isKnown = new Map(demands.map((demand, rank) => [demand, known[rank] === true]));
    const begun = new Set<string>();
    const cut = judged.findIndex((each) => {
      if (each.kind === 'settled') return false;
      const nir = each.demand.nir.toString();
      const isAgain = begun.has(nir);
      begun.add(nir);
      return isAgain || isKnown.get(each.demand) === true;
    });
    return (cut === -1 ? judged : judged.slice(0, cut)).map((each) => this.checked(each));
  }

  private checked(judged: Judged): Judged {
    if (judged.kind === 'settled') return judged;
    try {
      checkRegistration(judged.demand, this.context.clock.today());
      return judged;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { waiting: judged.waiting, kind: 'settled', line: refusedLine(judged.waiting, error) };
    }
  }
}

/** The creations that come first, up to a formality that is named a second time: it depends on what became of the one before. */
function creationsFirst(waiting: readonly WaitingLine[]): WaitingLine[] {
  const references = new Set<string>();
  const end = waiting.findIndex(({ event, reference }) => {
    const isNew = !references.has(reference);
    references.add(reference);
    return event !== 'creation' || !isNew;
  });
  return end === -1 ? [...waiting] : waiting.slice(0, end);
}
