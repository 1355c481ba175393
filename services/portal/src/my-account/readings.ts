import type { Reading, ReadingsPage } from '../face/my-account.js';
import type { Part, Service } from '../face/parts.js';
import { mapPart, type Parts } from '../questions/parts.js';
import type { Voice } from '../questions/services.js';

/** As the journal room of each service answers. */
interface Accesses {
  readonly items: readonly {
    readonly wallAt: string;
    readonly org: string;
    readonly role: string;
    readonly funds: readonly string[];
    readonly purpose: string;
    readonly operation: string;
  }[];
}

type Entry = Accesses['items'][number] & { readonly service: Service };

const services = ['affiliation', 'collection', 'benefits', 'urssaf-sync'] as const satisfies readonly Service[];
/** An opening at the desk is worth as long: what an office reads meanwhile for one purpose is one visit. */
const oneVisitMs = 1_800_000;

type Counted = ReadingsPage['parts'];

/** Who opened the account, from the journals of all services: each keeps its own, and none is left out in silence. */
export async function readingsOf(parts: Parts, account: string, voice: Voice): Promise<{ readings: Reading[]; parts: Counted }> {
  const journals = await Promise.all(services.map((service) => parts.of<Accesses>(service, `accounts/${account}/accesses`, voice)));
  const entries = journals.flatMap((part) => (part.state === 'ok' ? part.data.items.map((item) => ({ ...item, service: part.from })) : []));
  const counted = journals.map((part) => [part.from, mapPart(part, ({ items }) => ({ count: items.length }))] as const);
  return { readings: visitsOf(entries), parts: Object.fromEntries(counted) as Counted };
}

/** Latest first. */
export function visitsOf(entries: readonly Entry[]): Reading[] {
  const visits: Reading[] = [];
  for (const entry of [...entries].sort((a, b) => (a.wallAt < b.wallAt ? -1 : 1))) {
    const open = visits.findLastIndex((visit) => isSameVisit(visit, entry));
    const before = visits[open];
    const operation = { service: entry.service, operation: entry.operation, at: entry.wallAt };
    if (before) visits[open] = { ...before, lastAt: entry.wallAt, operations: [...before.operations, operation] };
    else visits.push(visitOf(entry, operation));
  }
  return visits.sort((a, b) => (a.lastAt < b.lastAt ? 1 : -1));
}

const visitOf = ({ wallAt, org, role, funds, purpose }: Entry, operation: Reading['operations'][number]): Reading => ({
  firstAt: wallAt,
  lastAt: wallAt,
  organisation: org,
  role,
  funds,
  purpose,
  operations: [operation],
});

const isSameVisit = (visit: Reading, { wallAt, org, role, funds, purpose }: Entry): boolean =>
  visit.organisation === org &&
  visit.role === role &&
  visit.purpose === purpose &&
  visit.funds.join() === funds.join() &&
  Date.parse(wallAt) - Date.parse(visit.lastAt) < oneVisitMs;

export const lastReadings = (found: { readings: readonly Reading[]; parts: Counted }): Part<readonly Reading[]> => {
  const silent = Object.values(found.parts).find((part) => part.state !== 'ok');
  if (silent && found.readings.length === 0) return silent;
  return { state: 'ok', from: 'affiliation', data: found.readings.slice(0, 3) };
};
