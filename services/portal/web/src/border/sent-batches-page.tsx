import { useState } from 'react';
import { Link, useParams } from 'react-router';
import type { SentBatch, SentBatchesPage as Sent } from '../../../src/face/border.js';
import { usePage } from '../asking/queries.js';
import { WhyAmount } from '../derivation/why.js';
import { Button } from '../ui/button.js';
import { DayText } from '../ui/figures.js';
import { Page, Section } from '../ui/page.js';
import { Asked, Nothing, PartOf } from '../ui/states.js';
import { Table } from '../ui/table.js';
import { flowName } from './border-words.js';
import { SentState, whySent } from './sent-words.js';

/** What we sent on a flow of ours, the latest first, each with what its partner said of it. */
export function SentBatchesPage() {
  const { partner = '', flow = '' } = useParams();
  // Where each page of the list ends; the first ends at the last batch.
  const [ends, setEnds] = useState<readonly number[]>([]);
  const before = ends.at(-1);
  const path = `flows/${partner}/${flow}/sent-batches`;
  const asked = usePage<Sent>('desk', before === undefined ? path : `${path}?before=${String(before)}`);
  return (
    <Page title="Lots envoyés" lead={flowName({ partner, flow })}>
      <p>
        <Link to="/bureau/flux">Tous les flux</Link>
      </p>
      <Asked query={asked}>
        {({ parts }) => (
          <PartOf part={parts.batches}>
            {({ items, next }) => (
              <>
                <Batches items={items} />
                <div className="row">
                  {ends.length === 0 ? null : <Button onPress={() => setEnds(ends.slice(0, -1))}>Plus récents</Button>}
                  {next === null ? null : <Button onPress={() => setEnds([...ends, next])}>Plus anciens</Button>}
                </div>
              </>
            )}
          </PartOf>
        )}
      </Asked>
    </Page>
  );
}

const Batches = ({ items }: { readonly items: readonly SentBatch[] }) => (
  <Section title="Du plus récent au plus ancien">
    {items.length === 0 ? (
      <Nothing>Rien n’a encore été envoyé sur ce flux.</Nothing>
    ) : (
      <Table
        caption="Lots envoyés"
        hideCaption
        rows={items}
        keyOf={({ number }) => String(number)}
        columns={[
          {
            name: 'Lot',
            cell: ({ partner, flow, number }) => <Link to={`/bureau/flux/${partner}/${flow}/envois/${String(number)}`}>n° {number}</Link>,
          },
          { name: 'Journée', cell: ({ businessDate }) => <DayText of={businessDate} /> },
          { name: 'Lignes', isNumber: true, cell: ({ count }) => String(count) },
          { name: 'Total de contrôle', isNumber: true, cell: (batch) => <WhyAmount why={whySent(batch)} /> },
          { name: 'Reçu du partenaire', cell: (batch) => <SentState batch={batch} /> },
        ]}
      />
    )}
  </Section>
);
