import { authorOfType, digestOf, type Fact, type FactDraft } from '@isu/contracts';

/** Writes the facts of other services, each stream numbered and chained by author. */
export class PeerPen {
  private readonly heads = new Map<string, Fact>();
  private written = 0;

  write({ stream, type, effectiveOn, data }: FactDraft): Fact {
    const author = authorOfType(type);
    const head = this.heads.get(`${author} ${stream}`);
    this.written += 1;
    const id = (kind: string) => `01890a5d-ac96-774b-${kind}-${String(this.written).padStart(12, '0')}`;
    const fact = {
      ...{ specversion: '1.0', id: id('bcd0'), source: `/isu/${author}`, type, subject: stream, time: '2016-05-19T09:00:00.000Z' },
      ...{ datacontenttype: 'application/json', seq: (head?.seq ?? 0) + 1, previous: head ? digestOf(head) : null },
      ...{ position: String(1_000 + this.written), effectiveon: effectiveOn, correlation: id('bcd1'), cause: null, data },
    } as unknown as Fact;
    this.heads.set(`${author} ${stream}`, fact);
    return fact;
  }
}
