import { useState } from 'react';
import { Link } from 'react-router';
import type { Counts, Worklist, WorklistItem, WorklistPage } from '../../../src/face/border.js';
import { usePage } from '../asking/queries.js';
import { anomalyName, anomalyTypes } from '../desk/desk-words.js';
import { Button } from '../ui/button.js';
import { Select } from '../ui/fields.js';
import { DayText, InstantText, parisDayOf, printedAccount } from '../ui/figures.js';
import { Badge } from '../ui/notice.js';
import { Page, Section } from '../ui/page.js';
import { Asked, Nothing, PartOf } from '../ui/states.js';
import { Table } from '../ui/table.js';
import { agentText, type Colleagues } from './border-words.js';

const everything = '';

interface Filter {
  readonly state: string;
  readonly type: string;
  readonly whose: string;
}

/** The worklist of the joint cell: age and owner of each file (F51), how many in each region (F53). */
export function AnomaliesPage() {
  const [filter, setFilter] = useState<Filter>({ state: 'open', type: everything, whose: everything });
  // Where each page of the list begins; the first begins at nothing.
  const [starts, setStarts] = useState<readonly string[]>([]);
  const change = (changed: Partial<Filter>) => {
    setFilter({ ...filter, ...changed });
    setStarts([]);
  };
  const asked = usePage<WorklistPage>('desk', addressOf(filter, starts.at(-1)));
  return (
    <Page
      title="Anomalies"
      lead="Ce sur quoi les deux organismes ne s’accordent pas, dans votre région. Tant qu’une anomalie est ouverte, rien n’est opposé à la personne."
    >
      <Filters filter={filter} change={change} />
      <Asked query={asked}>
        {({ me, names, parts }) => (
          <>
            <PartOf part={parts.worklist}>
              {(worklist) => (
                <>
                  <List worklist={worklist} colleagues={{ me, names }} isOpen={filter.state === 'open'} />
                  <div className="row">
                    {starts.length === 0 ? null : <Button onPress={() => setStarts(starts.slice(0, -1))}>Page précédente</Button>}
                    {worklist.next === null ? null : (
                      <Button onPress={() => setStarts([...starts, worklist.next ?? ''])}>Page suivante</Button>
                    )}
                  </div>
                </>
              )}
            </PartOf>
            <PartOf part={parts.counts}>{(counts) => <Regions counts={counts} nameOf={namesOf(parts.funds)} />}</PartOf>
          </>
        )}
      </Asked>
    </Page>
  );
}

function addressOf({ state, type, whose }: Filter, after: string | undefined): string {
  const query = new URLSearchParams({ state });
  if (type !== everything) query.set('type', type);
  if (whose !== everything) query.set('mine', 'true');
  if (after !== undefined) query.set('after', after);
  return `anomalies?${query.toString()}`;
}

function Filters({ filter, change }: { readonly filter: Filter; readonly change: (changed: Partial<Filter>) => void }) {
  return (
    <div className="row row-end no-print">
      <Select
        label="État"
        value={filter.state}
        change={(state) => change({ state })}
        options={[
          { value: 'open', text: 'Ouvertes' },
          { value: 'closed', text: 'Réglées' },
        ]}
      />
      <Select
        label="Nature"
        value={filter.type}
        change={(type) => change({ type })}
        options={[{ value: everything, text: 'Toutes' }, ...anomalyTypes.map((type) => ({ value: type, text: anomalyName(type) }))]}
      />
      <Select
        label="Suivies par"
        value={filter.whose}
        change={(whose) => change({ whose })}
        options={[
          { value: everything, text: 'Tous' },
          { value: 'me', text: 'Moi' },
        ]}
      />
    </div>
  );
}

function List({
  worklist: { items },
  colleagues,
  isOpen,
}: {
  readonly worklist: Worklist;
  readonly colleagues: Colleagues;
  readonly isOpen: boolean;
}) {
  if (items.length === 0) {
    return (
      <Section title={isOpen ? 'Ouvertes' : 'Réglées'}>
        <Nothing>{isOpen ? 'Aucune anomalie ouverte ici.' : 'Aucune anomalie réglée ici.'}</Nothing>
      </Section>
    );
  }
  return (
    <Section title={isOpen ? 'Ouvertes, la plus ancienne d’abord' : 'Réglées, la dernière d’abord'}>
      <Table
        caption="Anomalies"
        hideCaption
        rows={items}
        keyOf={({ id }) => id}
        columns={[
          { name: 'Nature', cell: ({ id, type }) => <Link to={`/bureau/anomalies/${id}`}>{anomalyName(type)}</Link> },
          // Two of one kind on one account differ by this alone.
          { name: 'Cause', cell: ({ cause }) => cause },
          { name: 'Compte', cell: ({ account }) => <span className="nowrap">{printedAccount(account)}</span> },
          { name: 'Ouverte', cell: (item) => <Opened item={item} /> },
          isOpen
            ? { name: 'Suivie par', cell: (item) => <Owner item={item} colleagues={colleagues} /> }
            : { name: 'Réglée', cell: (item) => <Settled item={item} /> },
        ]}
      />
    </Section>
  );
}

const Opened = ({ item }: { readonly item: WorklistItem }) => (
  <span>
    <DayText of={parisDayOf(item.openedAt)} />, <span className="nowrap">{ageOf(item)}</span>
  </span>
);

export const ageOf = ({ ageDays }: Pick<WorklistItem, 'ageDays'>): string =>
  ageDays === 0 ? 'aujourd’hui' : ageDays === 1 ? '1 jour' : `${String(ageDays)} jours`;

function Owner({ item: { assignedTo, proposedBy }, colleagues }: { readonly item: WorklistItem; readonly colleagues: Colleagues }) {
  return (
    <span>
      {agentText(assignedTo, colleagues)}{' '}
      {proposedBy === null ? null : <Badge tone="wait">{proposedBy === colleagues.me ? 'Votre proposition attend' : 'À approuver'}</Badge>}
    </span>
  );
}

function Settled({ item: { closedAt, settledBy } }: { readonly item: WorklistItem }) {
  if (closedAt === null) return null;
  return (
    <span>
      <InstantText of={closedAt} />
      {settledBy === null ? null : <>, {settledBy}</>}
    </span>
  );
}

/** `13` as « 13, Provence-Alpes »; the code alone while affiliation does not answer. */
function namesOf(funds: WorklistPage['parts']['funds']): (code: string) => string {
  const names = new Map(funds.state === 'ok' ? funds.data.map(({ code, name }) => [code, name]) : []);
  return (code) => [code, names.get(code)].filter(Boolean).join(', ');
}

interface RegionsProps {
  readonly counts: Counts;
  readonly nameOf: (fund: string) => string;
}

function Regions({ counts: { regions }, nameOf }: RegionsProps) {
  if (regions.length === 0) return null;
  return (
    <Section title="Par région">
      <Table
        caption="Anomalies ouvertes, région par région"
        hideCaption
        rows={regions}
        keyOf={({ fund }) => fund}
        columns={[
          { name: 'Caisse', cell: ({ fund }) => nameOf(fund) },
          { name: 'Ouvertes', isNumber: true, cell: ({ open }) => String(open) },
          { name: 'Sans suivi', isNumber: true, cell: ({ unassigned }) => String(unassigned) },
          { name: 'À approuver', isNumber: true, cell: ({ waitingForApproval }) => String(waitingForApproval) },
          {
            name: 'La plus ancienne',
            cell: ({ oldestOpenedAt }) => (oldestOpenedAt === null ? '' : <DayText of={parisDayOf(oldestOpenedAt)} />),
          },
        ]}
      />
    </Section>
  );
}
