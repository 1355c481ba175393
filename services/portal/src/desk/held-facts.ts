import type { FactsPage, HeldFact, Viewer } from '../face/desk.js';
import type { Part, Service } from '../face/parts.js';
import { mapPart, type Parts } from '../questions/parts.js';
import type { Voice } from '../questions/services.js';

/** As the timeline room of each service answers. */
interface Timeline {
  readonly items: readonly (Omit<HeldFact, 'learnedAt'> & { readonly learnedAt: string })[];
  readonly next: string | null;
}

export const viewers = ['collection', 'benefits', 'urssaf-sync'] as const satisfies readonly Viewer[];
const pageLength = 500;
/** Far above any account's history; one that has more shows its first. */
const mostPages = 10;

type Whole = Part<Timeline['items']>;

/** Every fact of the account as each service holds it, one line a fact, with the moment at which each of them learned it. */
export async function heldFacts(parts: Parts, account: string, voice: Voice): Promise<Pick<FactsPage, 'facts' | 'parts'>> {
  const timelines = await Promise.all(
    viewers.map(async (viewer) => [viewer, await wholeTimeline(parts, viewer, { account, voice })] as const),
  );
  const counted = timelines.map(([viewer, part]) => [viewer, mapPart(part, (items) => ({ count: items.length }))] as const);
  return { facts: merged(timelines), parts: Object.fromEntries(counted) as FactsPage['parts'] };
}

async function wholeTimeline(parts: Parts, viewer: Viewer, { account, voice }: { account: string; voice: Voice }): Promise<Whole> {
  const items: Timeline['items'][number][] = [];
  let after = '';
  for (let page = 0; page < mostPages; page += 1) {
    const path = `accounts/${account}/timeline?limit=${String(pageLength)}${after === '' ? '' : `&after=${encodeURIComponent(after)}`}`;
    const part = await parts.of<Timeline>(viewer, path, voice);
    if (part.state !== 'ok') return part;
    items.push(...part.data.items);
    if (part.data.next === null) break;
    after = part.data.next;
  }
  return { state: 'ok', from: viewer satisfies Service, data: items };
}

/** Latest recorded first. */
export function merged(timelines: readonly (readonly [Viewer, Whole])[]): HeldFact[] {
  const answered = timelines.flatMap(([viewer, part]) => (part.state === 'ok' ? [[viewer, part.data] as const] : []));
  const nobodyYet = Object.fromEntries(answered.map(([viewer]) => [viewer, null]));
  const facts = new Map<string, HeldFact>();
  for (const [viewer, items] of answered) {
    for (const { learnedAt, ...fact } of items) {
      const known = facts.get(fact.id);
      facts.set(fact.id, { ...fact, ...known, learnedAt: { ...(known?.learnedAt ?? nobodyYet), [viewer]: learnedAt } });
    }
  }
  return [...facts.values()].sort((a, b) => (a.recordedAt === b.recordedAt ? b.seq - a.seq : a.recordedAt < b.recordedAt ? 1 : -1));
}
