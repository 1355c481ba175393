import { useState } from 'react';
import { Link } from 'react-router';
import type { ToBeMatchedPage as Page_, WaitingMoney } from '../../../src/face/to-be-matched.js';
import { usePage } from '../asking/queries.js';
import { WhyAmount } from '../derivation/why.js';
import { Button } from '../ui/button.js';
import { DayText } from '../ui/figures.js';
import { Badge } from '../ui/notice.js';
import { Page, Section } from '../ui/page.js';
import { Asked, Nothing, PartOf } from '../ui/states.js';
import { Table } from '../ui/table.js';
import { meansName } from '../words/payments.js';
import { ageOf } from './anomalies-page.js';
import { partnerName } from './border-words.js';
import { whyWaiting } from './why-waiting.js';

/** F81, S2: money without an account, the oldest first; nothing is notified to whom it could free of a debt. */
export function ToBeMatchedPage() {
  // Where each page of the list begins; the first begins at nothing.
  const [starts, setStarts] = useState<readonly string[]>([]);
  const after = starts.at(-1);
  const asked = usePage<Page_>('desk', after === undefined ? 'to-be-matched' : `to-be-matched?after=${after}`);
  return (
    <Page
      title="Encaissements à identifier"
      lead="L’argent reçu dont nous ne savons pas encore à qui il est. Tant qu’il pourrait régler une dette, rien n’est notifié à celui qui la doit."
    >
      <Asked query={asked}>
        {({ me, parts }) => (
          <PartOf part={parts.waiting}>
            {({ items, next }) => (
              <>
                <Waiting items={items} me={me} />
                <div className="row">
                  {starts.length === 0 ? null : <Button onPress={() => setStarts(starts.slice(0, -1))}>Page précédente</Button>}
                  {next === null ? null : <Button onPress={() => setStarts([...starts, next])}>Page suivante</Button>}
                </div>
              </>
            )}
          </PartOf>
        )}
      </Asked>
    </Page>
  );
}

function Waiting({ items, me }: { readonly items: readonly WaitingMoney[]; readonly me: string }) {
  return (
    <Section title="En attente, le plus ancien d’abord">
      {items.length === 0 ? (
        <Nothing>Tout ce qui a été reçu a un compte.</Nothing>
      ) : (
        <Table
          caption="Encaissements à identifier"
          hideCaption
          rows={items}
          keyOf={({ id }) => id}
          columns={[
            { name: 'Reçu le', cell: (money) => <Named money={money} /> },
            { name: 'Âge', cell: ageOf },
            { name: 'Montant', isNumber: true, cell: (money) => <WhyAmount why={whyWaiting(money)} /> },
            {
              name: 'Moyen',
              cell: ({ means, kind }) => (means === null ? (kind === 'reversal' ? 'Rejet sans son paiement' : '') : meansName(means)),
            },
            { name: 'Par', cell: ({ partner, reference }) => `${partnerName(partner)}, ${reference}` },
            { name: 'État', cell: (money) => <State money={money} me={me} /> },
          ]}
        />
      )}
    </Section>
  );
}

const Named = ({ money: { id, kind, valueOn } }: { readonly money: WaitingMoney }) =>
  kind === 'reversal' ? (
    <DayText of={valueOn} />
  ) : (
    <Link to={`/bureau/encaissements/${id}`}>
      <DayText of={valueOn} />
    </Link>
  );

function State({ money: { isReturned, proposedBy }, me }: { readonly money: WaitingMoney; readonly me: string }) {
  if (isReturned) return <Badge>Rendu</Badge>;
  if (proposedBy === null) return <Badge tone="wait">À identifier</Badge>;
  return <Badge tone="wait">{proposedBy === me ? 'Votre proposition attend' : 'À approuver'}</Badge>;
}
