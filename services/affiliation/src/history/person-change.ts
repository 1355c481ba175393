import type { Access } from '@isu/chassis';
import type { Group, Regime } from '@isu/contracts';

/** What a change is about. */
export const changeSubjects = [
  'situation',
  'activity',
  'business',
  'establishment',
  'contact',
  'bank-details',
  'mandate',
  'spouse',
  'dependant',
  'acre',
  'nir',
  'strike-off',
  'account',
] as const;
export type ChangeSubject = (typeof changeSubjects)[number];

/** Something about a person that changed: said once, by somebody, for a reason; with the two dates of I7. Nothing that identifies. */
export interface PersonChange {
  /** 1, 2, 3 … over all changes of the person, in the order in which we learned them. */
  readonly version: number;
  readonly subject: ChangeSubject;
  readonly change: string;
  readonly effectiveOn: string;
  readonly learnedAt: string;
  readonly by: Author;
  readonly reason: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface Author {
  readonly sub: string;
  readonly organisation: string | null;
  readonly role: string | null;
}

/** A change before it is numbered and signed. */
export type ChangeDraft = Pick<PersonChange, 'subject' | 'change' | 'effectiveOn' | 'reason' | 'detail'>;

export const authorOf = ({ subject }: Pick<Access, 'subject'>): Author => ({
  sub: subject.sub,
  organisation: subject.org,
  role: subject.role,
});

/** What the person's row says of their registration. */
export interface RegisteredRow {
  readonly group: Group;
  readonly regime: Regime;
  readonly fund: string;
  readonly department: string;
  readonly startedOn: string;
  readonly siret: string | null;
  readonly activity: string | null;
  readonly naf: string | null;
}

/** The first words about a person: the situation, the activity, the establishment that they were registered with. */
export function firstChanges({ group, regime, fund, department, startedOn, siret, activity, naf }: RegisteredRow): ChangeDraft[] {
  const said = (subject: ChangeSubject, change: string, detail: ChangeDraft['detail']): ChangeDraft => ({
    ...{ subject, change, detail },
    effectiveOn: startedOn,
    reason: null,
  });
  const register = { artisan: 'repertoire-des-metiers', commercant: 'registre-du-commerce', 'profession-liberale': 'none' }[group];
  return [
    said('situation', 'registered', { group, regime, fund, department, startedOn }),
    said('activity', 'started', { id: 1, label: activity, naf, register, startedOn }),
    ...(siret === null ? [] : [said('establishment', 'opened', { siret, naf, openedOn: startedOn, main: true })]),
  ];
}

/** The changes of one subject, oldest first. */
export const changesOf = (changes: readonly PersonChange[], subject: ChangeSubject): PersonChange[] =>
  changes.filter((change) => change.subject === subject);
