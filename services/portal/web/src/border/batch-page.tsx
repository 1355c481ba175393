import { useState } from 'react';
import { Link, useParams } from 'react-router';
import type { BatchPage as Batch, BatchReceipt, LineRun } from '../../../src/face/border.js';
import { usePage } from '../asking/queries.js';
import { Terms } from '../ui/terms.js';
import { WhyAmount } from '../derivation/why.js';
import type { Why } from '../derivation/why-subject.js';
import { Button } from '../ui/button.js';
import { DayText } from '../ui/figures.js';
import { Badge } from '../ui/notice.js';
import { Page, Section } from '../ui/page.js';
import { Asked, Nothing, PartOf } from '../ui/states.js';
import { Table } from '../ui/table.js';
import { flowName, lineOutcomes, partnerName } from './border-words.js';
import { lineReasonName } from './line-words.js';
import { ReceivedLines } from './received-lines.js';

/** One batch, as we answered it to its partner: the signed receipt, line by line. */
export function BatchPage() {
  const { partner = '', flow = '', number = '' } = useParams();
  const [starts, setStarts] = useState<readonly number[]>([]);
  const after = starts.at(-1);
  const path = `flows/${partner}/${flow}/batches/${number}`;
  const asked = usePage<Batch>('desk', after === undefined ? path : `${path}?after=${String(after)}`);
  return (
    <Page title={`Lot n° ${number}`} lead={flowName({ partner, flow })}>
      <p>
        <Link to="/bureau/flux">Tous les flux</Link>
      </p>
      <Asked query={asked}>
        {({ parts }) => (
          <>
            <PartOf part={parts.receipt}>{(receipt) => <Receipt receipt={receipt} />}</PartOf>
            <PartOf part={parts.lines}>
              {({ businessDate, items, next }) => (
                <Section title="Ligne par ligne">
                  <p className="soft">
                    Journée du <DayText of={businessDate} />, écrite par le partenaire.
                  </p>
                  <ReceivedLines items={items} batch={{ partner, number }} />
                  <div className="row">
                    {starts.length === 0 ? null : <Button onPress={() => setStarts(starts.slice(0, -1))}>Lignes précédentes</Button>}
                    {next === null ? null : <Button onPress={() => setStarts([...starts, next])}>Lignes suivantes</Button>}
                  </div>
                </Section>
              )}
            </PartOf>
          </>
        )}
      </Asked>
    </Page>
  );
}

function Receipt({ receipt }: { readonly receipt: BatchReceipt }) {
  const { batch, digest, count, total, lines } = receipt;
  return (
    <>
      <Section title="Reçu signé" beside={<Badge tone="good">Accepté</Badge>}>
        <p className="soft measure">Le même lot reçoit toujours le même reçu, octet pour octet ; le partenaire en garde la signature.</p>
        <Terms
          of={[
            ['Nom du lot', batch.name],
            ['Lignes', String(count)],
            ['Total', <WhyAmount key="total" why={whyTotal(receipt)} amount={total} />],
            ['Empreinte', <code key="digest">{digest}</code>],
          ]}
        />
      </Section>
      <Section title="Ce qu’est devenue chaque ligne">
        {lines.length === 0 ? (
          <Nothing>Ce lot est vide : le partenaire dit qu’il n’avait rien à transmettre.</Nothing>
        ) : (
          <Table
            caption="Lignes du lot, par suites de même issue"
            hideCaption
            rows={lines}
            keyOf={({ from }) => String(from)}
            columns={[
              { name: 'Lignes', cell: linesText, total: 'Total' },
              {
                name: 'Issue',
                cell: ({ outcome }) => <Badge tone={lineOutcomes[outcome].tone}>{lineOutcomes[outcome].text}</Badge>,
              },
              { name: 'Motif', cell: ({ reason }) => (reason === undefined ? '' : lineReasonName(reason)) },
              { name: 'Nombre', isNumber: true, cell: (run) => String(run.count), total: String(count) },
              {
                name: 'Montant',
                isNumber: true,
                cell: (run) => <WhyAmount why={whyRun(run, batch)} />,
                total: <WhyAmount why={whyTotal(receipt)} />,
              },
            ]}
          />
        )}
      </Section>
    </>
  );
}

const linesText = ({ from, to }: LineRun): string => (from === to ? `Ligne ${String(from)}` : `Lignes ${String(from)} à ${String(to)}`);

const whyRun = (run: LineRun, { name, partner }: BatchReceipt['batch']): Why => ({
  kind: 'said',
  title: `${linesText(run)} : ${lineOutcomes[run.outcome].text.toLowerCase()}`,
  amount: run.total,
  says: 'Ce que le partenaire a écrit sur ces lignes : les paiements, moins les rejets.',
  traces: [
    { name: 'Annoncé par', text: partnerName(partner) },
    { name: 'Lot', text: name },
    ...(run.reason === undefined ? [] : [{ name: 'Motif', text: lineReasonName(run.reason) }]),
  ],
});

const whyTotal = ({ batch, total, lines }: BatchReceipt): Why => ({
  kind: 'sum',
  title: `Total du lot n° ${String(batch.number)}`,
  amount: total,
  remark: 'Les issues de toutes les lignes font le total de contrôle du lot, au centime près.',
  terms: lines.map((run) => ({
    text: `${linesText(run)}, ${lineOutcomes[run.outcome].text.toLowerCase()}`,
    amount: run.total,
    why: whyRun(run, batch),
  })),
});
