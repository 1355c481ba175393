import { digestOf, type Author, type Fact, type FactData, type FactType } from '@isu/contracts';

/** Numbers in [0, 1[, the same again for the same seed. */
export type Random = () => number;

/** Mulberry32: small, good enough to shuffle test histories, and the same everywhere. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

export function uuidOf(random: Random): string {
  const hex = (length: number): string => Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('');
  return `${hex(8)}-${hex(4)}-7${hex(3)}-${'89ab'[Math.floor(random() * 4)] ?? '8'}${hex(3)}-${hex(12)}`;
}

/** Writes the facts of one stream as their authors would: numbered, chained, each with its id. */
export class FactPen {
  readonly facts: Fact[] = [];
  private readonly last = new Map<Author, Fact>();

  constructor(
    readonly stream: string,
    private readonly random: Random = seededRandom(1),
  ) {}

  write<T extends FactType>(type: T, data: FactData<T>, effectiveOn = '2016-05-20'): Fact<T> {
    return this.writeAny(type, data, effectiveOn) as Fact<T>;
  }

  /** A type that is not in the catalogue too: what a later release of an author writes. */
  writeAny(type: string, data: unknown, effectiveOn = '2016-05-20'): Fact {
    const author = type.slice(0, type.indexOf('.')) as Author;
    const before = this.last.get(author);
    const fact = {
      specversion: '1.0',
      id: uuidOf(this.random),
      source: `/isu/${author}`,
      type,
      subject: this.stream,
      time: `${effectiveOn}T10:00:00.000Z`,
      datacontenttype: 'application/json',
      seq: (before?.seq ?? 0) + 1,
      previous: before ? digestOf(before) : null,
      position: String(this.facts.length + 1),
      effectiveon: effectiveOn,
      correlation: uuidOf(this.random),
      cause: null,
      data,
    } as unknown as Fact;
    this.last.set(author, fact);
    this.facts.push(fact);
    return fact;
  }

  uuid(): string {
    return uuidOf(this.random);
  }
}
