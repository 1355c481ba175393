import { Link, useParams } from 'react-router';
import type { AnomalyDetail, AnomalyPage as Anomaly } from '../../../src/face/border.js';
import { usePage } from '../asking/queries.js';
import { anomalyName } from '../desk/desk-words.js';
import { Terms } from '../ui/terms.js';
import { Button } from '../ui/button.js';
import { InstantText, printedAccount } from '../ui/figures.js';
import { Badge } from '../ui/notice.js';
import { Page, Section } from '../ui/page.js';
import { Asked, Nothing, PartOf, Trouble } from '../ui/states.js';
import { AnomalyDetails } from './anomaly-details.js';
import { ageOf } from './anomalies-page.js';
import { agentText, originName, type Colleagues } from './border-words.js';
import { Proposals } from './proposals.js';
import { useAct } from './use-act.js';

/** One anomaly: what each of the two says, who has it, and what would settle it, under four eyes. */
export function AnomalyPage() {
  const { id = '' } = useParams();
  const asked = usePage<Anomaly>('desk', `anomalies/${id}`);
  return (
    <Page title="Anomalie" lead="Une personne de la cellule propose ce qui la règle ; une autre l’approuve.">
      <p>
        <Link to="/bureau/anomalies">Toutes les anomalies</Link>
      </p>
      <Asked query={asked}>
        {({ me, names, parts }) => (
          <PartOf part={parts.anomaly}>
            {(anomaly) => (
              <>
                <What anomaly={anomaly} />
                <Owner anomaly={anomaly} colleagues={{ me, names }} />
                <Proposals anomaly={anomaly} colleagues={{ me, names }} />
              </>
            )}
          </PartOf>
        )}
      </Asked>
    </Page>
  );
}

function What({ anomaly }: { readonly anomaly: AnomalyDetail }) {
  const { type, cause, account, origin, openedAt, closedAt, settledBy, details } = anomaly;
  return (
    <Section title={anomalyName(type)} beside={closedAt === null ? <Badge tone="wait">Ouverte</Badge> : <Badge tone="good">Réglée</Badge>}>
      <p>{cause}</p>
      <Terms
        of={[
          ['Compte', <Link key="account" to={`/bureau/comptes/${account}`}>{`n° ${printedAccount(account)}`}</Link>],
          ['Trouvée par', originName(origin)],
          ['Ouverte le', <InstantText key="opened" of={openedAt} />],
          ['Âge', ageOf(anomaly)],
          ...(closedAt === null ? [] : [['Réglée le', <InstantText key="closed" of={closedAt} />] as const]),
          ...(settledBy === null ? [] : [['Par', settledBy] as const]),
        ]}
      />
      <AnomalyDetails details={details} />
    </Section>
  );
}

function Owner({
  anomaly: { id, assignedTo, assignedAt, closedAt },
  colleagues,
}: {
  readonly anomaly: AnomalyDetail;
  readonly colleagues: Colleagues;
}) {
  const assigning = useAct<'me' | 'nobody'>((to) => ({ method: 'PUT', path: `anomalies/${id}/assignment`, body: { to } }));
  if (closedAt !== null) return null;
  const isMine = assignedTo === colleagues.me;
  return (
    <Section title="Suivi">
      {assignedTo === null ? (
        <Nothing>Personne ne suit encore cette anomalie.</Nothing>
      ) : (
        <p>
          Suivie par {agentText(assignedTo, colleagues)}
          {assignedAt === null ? null : (
            <>
              {' '}
              depuis le <InstantText of={assignedAt} />
            </>
          )}
          .
        </p>
      )}
      <div className="row">
        <Button isDisabled={assigning.isPending} onPress={() => assigning.mutate(isMine ? 'nobody' : 'me')}>
          {isMine ? 'La rendre' : 'La prendre'}
        </Button>
      </div>
      {assigning.isError ? <Trouble error={assigning.error} /> : null}
    </Section>
  );
}
