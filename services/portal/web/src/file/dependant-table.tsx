import type { Dependant } from '../../../src/face/family.js';
import { DayText } from '../ui/figures.js';
import { Nothing } from '../ui/states.js';
import { Table } from '../ui/table.js';

/** Who is covered through the person, and until when. */
export function DependantTable({ dependants }: { readonly dependants: readonly Dependant[] }) {
  if (dependants.length === 0) return <Nothing>Personne n’est rattaché à ce compte.</Nothing>;
  return (
    <Table
      caption="Ayants droit"
      hideCaption
      rows={dependants}
      keyOf={({ id }) => id}
      columns={[
        { name: 'Nom', cell: ({ givenNames, familyName }) => `${givenNames} ${familyName}` },
        { name: 'Né(e) le', cell: ({ birthDate }) => <DayText of={birthDate} /> },
        { name: 'Rattaché depuis le', cell: ({ from }) => <DayText of={from} /> },
        { name: 'Jusqu’au', cell: ({ until }) => <DayText of={until} /> },
      ]}
    />
  );
}
