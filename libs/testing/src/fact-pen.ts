import { authorOfType, digestOf, type Fact, type FactData, type FactType } from '@isu/contracts';

/** What an author says, before it is numbered. */
interface Said<T extends FactType> {
  readonly type: T;
  readonly stream: string;
  readonly data: FactData<T>;
  readonly effectiveOn: string;
  /** When its author recorded it; in the morning of its day unless told otherwise. */
  readonly time?: string;
}

/** Writes facts as their authors would who are not there: each stream numbered and chained by author. */
export class FactPen {
  private readonly last = new Map<string, Fact>();
  private positions = 0;

  constructor(private readonly newId: () => string) {}

  write<T extends FactType>({ type, stream, data, effectiveOn, time = `${effectiveOn}T08:00:00.000Z` }: Said<T>): Fact<T> {
    const author = authorOfType(type);
    const before = this.last.get(`${author} ${stream}`);
    this.positions += 1;
    const fact = {
      ...{ specversion: '1.0', id: this.newId(), source: `/isu/${author}`, type, subject: stream, time },
      ...{ datacontenttype: 'application/json', seq: (before?.seq ?? 0) + 1, previous: before ? digestOf(before) : null },
      ...{ position: String(this.positions), effectiveon: effectiveOn, correlation: this.newId(), cause: null, data },
    } as unknown as Fact<T>;
    this.last.set(`${author} ${stream}`, fact);
    return fact;
  }
}
