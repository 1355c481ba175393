import type { Establishment } from '../../../src/face/file.js';
import { DayText, printedSiret } from '../ui/figures.js';
import { Badge } from '../ui/notice.js';
import { Nothing } from '../ui/states.js';
import { Table } from '../ui/table.js';

/** F14: every establishment there was, the main one marked. */
export function EstablishmentTable({ establishments }: { readonly establishments: readonly Establishment[] }) {
  if (establishments.length === 0) return <Nothing>Aucun établissement n’est enregistré.</Nothing>;
  return (
    <Table
      caption="Établissements"
      hideCaption
      rows={establishments}
      keyOf={({ siret, openedOn }) => `${siret} ${openedOn}`}
      columns={[
        {
          name: 'SIRET',
          cell: ({ siret, main }) => (
            <>
              {printedSiret(siret)} {main ? <Badge tone="good">principal</Badge> : null}
            </>
          ),
        },
        { name: 'Activité', cell: ({ naf, nafLabel }) => nafLabel ?? naf ?? 'non précisée' },
        { name: 'Ouvert le', cell: ({ openedOn }) => <DayText of={openedOn} /> },
        { name: 'Fermé le', cell: ({ closedOn }) => (closedOn === null ? '' : <DayText of={closedOn} />) },
      ]}
    />
  );
}
