import { useState } from 'react';
import type { Change, DeskFilePage } from '../../../../src/face/desk-file.js';
import { usePage } from '../../asking/queries.js';
import { Select } from '../../ui/fields.js';
import { DayText, InstantText } from '../../ui/figures.js';
import { Page, Section } from '../../ui/page.js';
import { Asked, PartOf } from '../../ui/states.js';
import { Table } from '../../ui/table.js';
import { changeName, subjectName } from '../../words/file.js';
import { organisationName, roleName } from '../../words/people.js';
import type { OpenedAccount } from '../account-desk.js';

const everything = '';

/** Every version of everything: when it took effect, when we learned it, who said it, why (I7). Nothing is ever edited. */
export function HistoryPage({ account }: OpenedAccount) {
  const asked = usePage<DeskFilePage>('desk', `accounts/${account}/file`);
  return (
    <Page title="Historique du dossier" lead="Chaque changement, avec ses deux dates, qui l’a dit et pourquoi.">
      <Asked query={asked}>{({ parts }) => <PartOf part={parts.changes}>{({ changes }) => <Versions changes={changes} />}</PartOf>}</Asked>
    </Page>
  );
}

function Versions({ changes }: { readonly changes: readonly Change[] }) {
  const [subject, setSubject] = useState(everything);
  const kept = changes.filter((change) => subject === everything || change.subject === subject).toReversed();
  const subjects = [...new Set(changes.map((change) => change.subject))].sort();
  return (
    <Section title={`${String(kept.length)} ${kept.length === 1 ? 'version' : 'versions'}`}>
      <Select
        label="Sujet"
        value={subject}
        change={setSubject}
        options={[{ value: everything, text: 'Tous' }, ...subjects.map((value) => ({ value, text: subjectName(value) }))]}
      />
      <Table
        caption="Changements, du dernier appris au premier"
        hideCaption
        rows={kept}
        keyOf={({ version }) => String(version)}
        columns={[
          { name: 'Version', cell: ({ version }) => `n° ${String(version)}` },
          { name: 'Ce qui a changé', cell: ({ subject: about, change }) => changeName(about, change) },
          { name: 'Effet', cell: ({ effectiveOn }) => <DayText of={effectiveOn} /> },
          { name: 'Appris le', cell: ({ learnedAt }) => <InstantText of={learnedAt} /> },
          { name: 'Dit par', cell: sayerOf },
          { name: 'Motif', cell: ({ reason }) => reason ?? '' },
        ]}
      />
    </Section>
  );
}

function sayerOf({ organisation, role }: Change): string {
  if (role === 'insured') return 'la personne elle-même';
  if (organisation === null) return 'un service';
  return role === null ? organisationName(organisation) : `${organisationName(organisation)}, ${roleName(role)}`;
}
