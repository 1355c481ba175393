import { useState } from 'react';
import type { FactsPage as Facts, HeldFact, Viewer } from '../../../src/face/desk.js';
import { usePage } from '../asking/queries.js';
import { Button } from '../ui/button.js';
import { Select } from '../ui/fields.js';
import { DayText, InstantText } from '../ui/figures.js';
import { Page, Section } from '../ui/page.js';
import { Asked, Nothing } from '../ui/states.js';
import type { OpenedAccount } from './account-desk.js';
import { authorName, factGist, factName } from './fact-words.js';
import { Terms } from '../ui/terms.js';

const everything = '';
const shownAtOnce = 40;

/** Everything that was ever said of the account: who said it, when it took effect, when it was recorded, when each learned it (I7). */
export function FactsPage({ account }: OpenedAccount) {
  const asked = usePage<Facts>('desk', `accounts/${account}/facts`);
  return (
    <Page
      title="Faits"
      lead="Tout ce qui a été dit du compte, et par qui. Un fait n’est jamais modifié : une correction est un fait de plus."
    >
      <Asked query={asked}>{(answer) => <Timeline answer={answer} />}</Asked>
    </Page>
  );
}

function Timeline({ answer: { facts, parts } }: { readonly answer: Facts }) {
  const [author, setAuthor] = useState(everything);
  const [type, setType] = useState(everything);
  const [most, setMost] = useState(shownAtOnce);
  const kept = facts.filter((fact) => (author === everything || fact.author === author) && (type === everything || fact.type === type));
  const missing = Object.values(parts).flatMap((part) => (part.state === 'ok' ? [] : [part.says]));
  return (
    <Section title={`${String(kept.length)} ${kept.length === 1 ? 'fait' : 'faits'}`}>
      {missing.map((says) => (
        <Nothing key={says}>{says}</Nothing>
      ))}
      <div className="row row-end">
        <Select
          label="Auteur"
          value={author}
          change={setAuthor}
          options={optionsOf(
            facts.map((fact) => fact.author),
            authorName,
          )}
        />
        <Select
          label="Nature"
          value={type}
          change={setType}
          options={optionsOf(
            facts.map((fact) => fact.type),
            factName,
          )}
        />
      </div>
      <ol className="desk-facts">
        {kept.slice(0, most).map((fact) => (
          <li key={fact.id}>
            <FactCard fact={fact} />
          </li>
        ))}
      </ol>
      {kept.length > most ? (
        <Button onPress={() => setMost(most + shownAtOnce)}>Montrer les {Math.min(shownAtOnce, kept.length - most)} suivants</Button>
      ) : null}
    </Section>
  );
}

const optionsOf = (values: readonly string[], nameOf: (value: string) => string) => [
  { value: everything, text: 'Tous' },
  ...[...new Set(values)].sort().map((value) => ({ value, text: nameOf(value) })),
];

const learners: Readonly<Record<Viewer, string>> = { collection: 'Recouvrement', benefits: 'RSI', 'urssaf-sync': 'Urssaf' };

function FactCard({ fact }: { readonly fact: HeldFact }) {
  const learned = (Object.entries(fact.learnedAt) as [Viewer, string | null][]).map(
    ([viewer, at]) => [`Appris par ${learners[viewer]}`, at === null ? 'pas encore' : <InstantText key={viewer} of={at} />] as const,
  );
  const gist = factGist(fact.data);
  const waiting = learned.some(([, at]) => at === 'pas encore');
  return (
    <details className="desk-details desk-fact" data-waiting={waiting}>
      <summary>
        <span className="desk-fact-title">
          {factName(fact.type)}
          {gist === null ? null : <span className="desk-fact-gist"> — {gist}</span>}
        </span>
        <span className="soft small">
          {authorName(fact.author)} n° {fact.seq} · effet <DayText of={fact.effectiveOn} /> · enregistré{' '}
          <InstantText of={fact.recordedAt} />
          {waiting ? ' · pas encore connu de tous' : ''}
        </span>
      </summary>
      <Terms
        of={[
          ...learned,
          ['Identifiant', <code key="id">{fact.id}</code>],
          ['Empreinte du fait', <code key="digest">{fact.digest}</code>],
          ...(fact.cause === null ? [] : [['Fait qui l’a entraîné', <code key="cause">{fact.cause}</code>] as const]),
        ]}
      />
      {fact.data === null ? (
        <Nothing>Le contenu de ce fait touche à la santé : votre fonction n’y donne pas accès.</Nothing>
      ) : (
        <pre
          className="desk-json"
          tabIndex={0}
          role="region"
          aria-label={`Contenu du fait ${String(fact.seq)} de ${authorName(fact.author)}`}
        >
          {JSON.stringify(fact.data, null, 2)}
        </pre>
      )}
    </details>
  );
}
