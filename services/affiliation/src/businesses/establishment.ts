import { Day, Siret } from '@isu/values';
import { changesOf, type ChangeDraft, type PersonChange } from '../history/person-change.js';
import { refuse } from '../refusals.js';
import type { LegalForm } from './legal-form.js';

/** A place of business of the person (F14). */
export interface Establishment {
  readonly siret: string;
  readonly naf: string | null;
  readonly openedOn: string;
  readonly closedOn: string | null;
  readonly main: boolean;
}

/** The undertaking behind establishments, by its SIREN. */
export interface Business {
  readonly siren: string;
  readonly legalForm: LegalForm | null;
}

/** Every establishment there was, the main one marked, in the order in which they opened. */
export function establishmentsOf(changes: readonly PersonChange[]): Establishment[] {
  const known = new Map<string, Establishment>();
  for (const { detail } of changesOf(changes, 'establishment')) {
    const { siret, ...said } = detail as unknown as Establishment;
    if (said.main) for (const [other, one] of known) known.set(other, { ...one, main: false });
    known.set(siret, { ...(known.get(siret) ?? { naf: null, closedOn: null, main: false }), ...said, siret } as Establishment);
  }
  return [...known.values()].sort((a, b) => (a.openedOn < b.openedOn ? -1 : a.openedOn > b.openedOn ? 1 : a.siret < b.siret ? -1 : 1));
}

export function businessesOf(changes: readonly PersonChange[]): Business[] {
  const forms = new Map<string, LegalForm>();
  for (const { detail } of changesOf(changes, 'business')) {
    const { siren, legalForm } = detail as unknown as { siren: string; legalForm: LegalForm };
    forms.set(siren, legalForm);
  }
  const sirens = new Set([...establishmentsOf(changes).map(({ siret }) => siret.slice(0, 9)), ...forms.keys()]);
  return [...sirens].map((siren) => ({ siren, legalForm: forms.get(siren) ?? null }));
}

export interface Opening {
  readonly siret: Siret;
  readonly naf: string | null;
  readonly openedOn: Day;
  readonly main: boolean;
  readonly legalForm: LegalForm | null;
  readonly reason: string;
}

/** Another establishment; the first one there is open is the main one. Refused for one that is open. */
export function openEstablishment(changes: readonly PersonChange[], demand: Opening): ChangeDraft[] {
  const { siret, naf, openedOn, legalForm, reason } = demand;
  const open = openOnes(changes);
  if (open.some((one) => one.siret === siret.toString())) throw refuse('establishment-open');
  const said = { effectiveOn: openedOn.iso, reason };
  const main = demand.main || open.length === 0;
  return [
    ...(legalForm === null ? [] : [business(siret.siren.toString(), legalForm, said)]),
    {
      ...{ subject: 'establishment', change: 'opened', ...said },
      detail: { siret: siret.toString(), naf, openedOn: openedOn.iso, closedOn: null, main },
    },
  ];
}

/** An establishment closes. Refused for the main one while others are open: which one takes its place is the person's to say. */
export function closeEstablishment(
  changes: readonly PersonChange[],
  { siret, on, reason }: { siret: Siret; on: Day; reason: string },
): ChangeDraft[] {
  const open = openOnes(changes);
  const closing = mustBeOpen(open, siret);
  if (on.iso < closing.openedOn) throw refuse('closed-before-open', { openedOn: Day.of(closing.openedOn).print() });
  if (closing.main && open.length > 1) throw refuse('main-must-move');
  const detail = { siret: closing.siret, closedOn: on.iso };
  return [{ subject: 'establishment', change: 'closed', effectiveOn: on.iso, reason, detail }];
}

/** Another open establishment becomes the main one. */
export function moveMain(
  changes: readonly PersonChange[],
  { siret, from, reason }: { siret: Siret; from: Day; reason: string },
): ChangeDraft[] {
  const chosen = mustBeOpen(openOnes(changes), siret);
  if (chosen.main) throw refuse('nothing-changes');
  return [{ subject: 'establishment', change: 'main', effectiveOn: from.iso, reason, detail: { siret: chosen.siret, main: true } }];
}

const business = (siren: string, legalForm: LegalForm, said: Pick<ChangeDraft, 'effectiveOn' | 'reason'>): ChangeDraft => ({
  ...{ subject: 'business', change: 'legal-form', ...said },
  detail: { siren, legalForm },
});

const openOnes = (changes: readonly PersonChange[]): Establishment[] =>
  establishmentsOf(changes).filter(({ closedOn }) => closedOn === null);

function mustBeOpen(open: readonly Establishment[], siret: Siret): Establishment {
  const found = open.find((one) => one.siret === siret.toString());
  if (!found) throw refuse('unknown-establishment');
  return found;
}
