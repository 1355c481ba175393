import { authorOfType, sha256, writeFact, type Author, type Fact, type FactDraft } from '@isu/contracts';

/** Where an author stands in one of its streams: its last number there and the digest of that fact. */
export interface StreamHead {
  readonly seq: number;
  readonly digest: string | null;
}

/** A fact with its exact wire text and the digest that the next one will name. */
export interface WrittenFact {
  readonly fact: Fact;
  readonly text: string;
  readonly digest: string;
}

export interface Numbering {
  readonly author: Author;
  /** The heads of the streams concerned, locked; moved forward as facts are numbered. */
  readonly heads: Map<string, StreamHead>;
  /** As many positions as drafts, ascending. */
  readonly positions: readonly string[];
  readonly recordedAt: string;
  readonly correlation: string;
  newId(): string;
}

/** The consumer refuses more, whatever the bus would carry: a fact is an account of one event, not a file. */
export const maxFactBytes = 256 * 1024;

/** Gives each draft its number, its link to the fact before it, and its digest, in the order of the drafts. */
export function numberFacts(drafts: readonly FactDraft[], numbering: Numbering): WrittenFact[] {
  return drafts.map((draft, index) => {
    const head = numbering.heads.get(draft.stream) ?? { seq: 0, digest: null };
    const position = numbering.positions[index];
    if (position === undefined) throw new RangeError('Each fact needs a position of its own.');
    const written = write(envelopeOf(draft, { head, position, numbering }));
    numbering.heads.set(draft.stream, { seq: written.fact.seq, digest: written.digest });
    return written;
  });
}

function envelopeOf(draft: FactDraft, { head, position, numbering }: { head: StreamHead; position: string; numbering: Numbering }): Fact {
  const { author, recordedAt } = numbering;
  if (authorOfType(draft.type) !== author) throw new TypeError(`${author} is not the author of ${draft.type} (I1).`);
  // By name, as in its text: put in another order there, every fact would be copied once more.
  return {
    cause: draft.cause ?? null,
    correlation: draft.correlation ?? numbering.correlation,
    data: draft.data,
    datacontenttype: 'application/json',
    effectiveon: draft.effectiveOn,
    id: numbering.newId(),
    position,
    previous: head.digest,
    seq: head.seq + 1,
    source: `/isu/${author}`,
    specversion: '1.0',
    subject: draft.stream,
    time: recordedAt,
    type: draft.type,
  };
}

function write(envelope: Fact): WrittenFact {
  const { fact, text } = writeFact(envelope);
  const bytes = Buffer.byteLength(text);
  if (bytes > maxFactBytes) throw new RangeError(`A fact ${envelope.type} of ${bytes} bytes is over the limit of ${maxFactBytes}.`);
  return { fact, text, digest: sha256(text) };
}
