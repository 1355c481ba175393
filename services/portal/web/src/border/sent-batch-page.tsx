import { useState } from 'react';
import { Link, useParams } from 'react-router';
import type { SentBatch, SentBatchPage as Sent, SentLine } from '../../../src/face/border.js';
import { usePage } from '../asking/queries.js';
import { factName } from '../desk/fact-words.js';
import { WhyAmount } from '../derivation/why.js';
import { Button } from '../ui/button.js';
import { DayText, InstantText } from '../ui/figures.js';
import { Badge, Notice } from '../ui/notice.js';
import { Page, Section } from '../ui/page.js';
import { Asked, Nothing, PartOf, Trouble } from '../ui/states.js';
import { Table } from '../ui/table.js';
import { Terms } from '../ui/terms.js';
import { flowName } from './border-words.js';
import { problemName, reasonName, SentState, sentOutcomes, whySent } from './sent-words.js';
import { useAct } from './use-act.js';

/** One batch of ours: what its partner said of it, line by line, and what was withdrawn and told again. */
export function SentBatchPage() {
  const { partner = '', flow = '', number = '' } = useParams();
  const [starts, setStarts] = useState<readonly number[]>([]);
  const after = starts.at(-1);
  const path = `flows/${partner}/${flow}/sent-batches/${number}`;
  const asked = usePage<Sent>('desk', after === undefined ? path : `${path}?after=${String(after)}`);
  return (
    <Page title={`Lot envoyé n° ${number}`} lead={flowName({ partner, flow })}>
      <p>
        <Link to={`/bureau/flux/${partner}/${flow}/envois`}>Tous les lots envoyés de ce flux</Link>
      </p>
      <Asked query={asked}>
        {({ parts }) => (
          <PartOf part={parts.sent}>
            {({ batch, items, next }) => (
              <>
                <Acknowledgement batch={batch} />
                <Lines items={items} batch={batch} />
                <div className="row">
                  {starts.length === 0 ? null : <Button onPress={() => setStarts(starts.slice(0, -1))}>Lignes précédentes</Button>}
                  {next === null ? null : <Button onPress={() => setStarts([...starts, next])}>Lignes suivantes</Button>}
                </div>
              </>
            )}
          </PartOf>
        )}
      </Asked>
    </Page>
  );
}

function Acknowledgement({ batch }: { readonly batch: SentBatch }) {
  const { businessDate, count, digest, acknowledgedAt, accepted, refused, lateSince, lastProblem, isLost } = batch;
  return (
    <Section title="Reçu du partenaire" beside={<SentState batch={batch} />}>
      <Terms
        of={[
          ['Journée', <DayText key="day" of={businessDate} />],
          ['Lignes', String(count)],
          ['Total de contrôle', <WhyAmount key="total" why={whySent(batch)} />],
          ['Reçu le', acknowledgedAt === null ? '—' : <InstantText key="at" of={acknowledgedAt} />],
          ...(accepted === null || refused === null
            ? []
            : ([['Lignes prises, refusées', `${String(accepted)}, ${String(refused)}`]] as const)),
          ...(lateSince === null ? [] : ([['Attendu depuis le', <DayText key="late" of={lateSince} />]] as const)),
          ...(lastProblem === null ? [] : ([['Dernier envoi', problemName(lastProblem)]] as const)),
          ['Empreinte', <code key="digest">{digest}</code>],
        ]}
      />
      {acknowledgedAt !== null || isLost ? null : <SendAgain batch={batch} />}
    </Section>
  );
}

/** The same bytes once more: the partner knows the batch by its number, and takes it once. */
function SendAgain({ batch: { partner, flow, number } }: { readonly batch: SentBatch }) {
  const act = useAct<undefined>(() => ({
    method: 'POST',
    path: `flows/${partner}/${flow}/sent-batches/${String(number)}/sendings`,
    body: {},
  }));
  return (
    <>
      {act.isSuccess ? (
        <Notice tone="good">
          <p>Le lot part de nouveau, sans attendre ; il est encore attendu tant que le partenaire n’en a pas donné le reçu.</p>
        </Notice>
      ) : null}
      {act.isError ? <Trouble error={act.error} /> : null}
      <Button onPress={() => act.mutate(undefined)} isDisabled={act.isPending}>
        Renvoyer ce lot
      </Button>
    </>
  );
}

const Lines = ({ items, batch }: { readonly items: readonly SentLine[]; readonly batch: SentBatch }) => (
  <Section title="Ligne par ligne">
    <p className="soft measure">
      Les lignes des comptes de vos caisses. Ce qu’un partenaire refuse est retiré du lot, signalé, et redit dans un lot suivant.
    </p>
    {items.length === 0 ? (
      <Nothing>
        {batch.count === 0
          ? 'Ce lot est vide : il n’y avait rien à dire ce jour-là.'
          : 'Aucune ligne de vos caisses dans cette partie du lot.'}
      </Nothing>
    ) : (
      <Table
        caption="Lignes du lot"
        hideCaption
        rows={items}
        keyOf={({ line }) => String(line)}
        columns={[
          { name: 'Ligne', cell: ({ line }) => String(line) },
          { name: 'Compte', cell: ({ account }) => <Link to={`/bureau/comptes/${account}`}>{account}</Link> },
          { name: 'Ce qu’elle dit', cell: ({ tells }) => factName(tells) },
          { name: 'Issue', cell: ({ outcome }) => <Badge tone={sentOutcomes[outcome].tone}>{sentOutcomes[outcome].text}</Badge> },
          { name: 'Motif', cell: ({ reason }) => (reason === null ? '' : reasonName(reason)) },
          { name: 'Redite', cell: (line) => <ToldAgain line={line} batch={batch} /> },
        ]}
      />
    )}
  </Section>
);

function ToldAgain({ line: { outcome, toldAgainIn }, batch: { partner, flow } }: { readonly line: SentLine; readonly batch: SentBatch }) {
  if (outcome !== 'withdrawn') return null;
  if (toldAgainIn === null) return <>au prochain lot</>;
  return <Link to={`/bureau/flux/${partner}/${flow}/envois/${String(toldAgainIn)}`}>lot n° {toldAgainIn}</Link>;
}
