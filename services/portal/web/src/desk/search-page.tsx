import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { Opening, SearchAnswer, SearchRequest } from '../../../src/face/desk.js';
import { tell } from '../asking/portal.js';
import { Button } from '../ui/button.js';
import { Choices, Field } from '../ui/fields.js';
import { printedAccount } from '../ui/figures.js';
import { Page, Section } from '../ui/page.js';
import { Nothing, Trouble } from '../ui/states.js';
import { Table } from '../ui/table.js';
import { groupName } from '../words/people.js';
import { isPurpose, PurposeField, purposeMissing } from './purpose-field.js';
import { questions, searchOf, type SearchBy } from './search-words.js';

export interface PurposeKept {
  readonly purpose: string;
  readonly setPurpose: (purpose: string) => void;
}

/** Finding an account. What is typed travels in a body, never in an address. */
export function SearchPage({ purpose, setPurpose }: PurposeKept) {
  const searching = useMutation({ mutationFn: (request: SearchRequest) => tell<SearchAnswer>('POST', 'desk/searches', request) });
  return (
    <Page
      title="Chercher un compte"
      lead="Vous trouvez les comptes de votre région ; chaque recherche et chaque ouverture sont inscrites au journal."
    >
      <section className="card">
        <SearchForm
          purpose={purpose}
          setPurpose={setPurpose}
          search={(request) => searching.mutate(request)}
          isSearching={searching.isPending}
        />
      </section>
      {searching.isError ? <Trouble error={searching.error} /> : null}
      {searching.data ? <Found answer={searching.data} purpose={purpose} /> : null}
    </Page>
  );
}

interface SearchFormProps extends PurposeKept {
  readonly search: (request: SearchRequest) => void;
  readonly isSearching: boolean;
}

function SearchForm({ purpose, setPurpose, search, isSearching }: SearchFormProps) {
  const [by, setBy] = useState<SearchBy>('account');
  const [text, setText] = useState('');
  const [givenNames, setGivenNames] = useState('');
  const [isAsked, setAsked] = useState(false);
  const read = searchOf({ by, text, givenNames, purpose });
  const { label, help, inputMode } = questions[by];
  const choose = (value: string) => {
    setBy(value as SearchBy);
    setText('');
    setAsked(false);
  };
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if ('request' in read && isPurpose(purpose)) search(read.request);
  };
  return (
    <form className="desk-search" onSubmit={submit} noValidate>
      <Choices
        label="Chercher par"
        value={by}
        choose={choose}
        choices={Object.entries(questions).map(([value, question]) => ({ value, text: question.label }))}
      />
      <div className="fields">
        <Field
          key={by}
          label={label}
          help={help}
          inputMode={inputMode}
          value={text}
          onChange={setText}
          autoComplete="off"
          error={isAsked && 'error' in read ? read.error : null}
        />
        {by === 'name' ? (
          <Field label="Prénom, si vous le connaissez" value={givenNames} onChange={setGivenNames} autoComplete="off" />
        ) : null}
        <PurposeField value={purpose} change={setPurpose} error={isAsked && !isPurpose(purpose) ? purposeMissing : null} />
        <div className="row">
          <Button type="submit" kind="main" isDisabled={isSearching}>
            {isSearching ? 'Recherche…' : 'Chercher'}
          </Button>
        </div>
      </div>
    </form>
  );
}

function Found({ answer: { found, more }, purpose }: { readonly answer: SearchAnswer; readonly purpose: string }) {
  const navigate = useNavigate();
  const opening = useMutation({
    mutationFn: (account: string) => tell<Opening>('POST', 'desk/openings', { account, purpose: purpose.trim() }),
    onSuccess: ({ account }) => navigate(`/bureau/comptes/${account}`),
  });
  return (
    <Section title="Comptes trouvés">
      <p role="status" className="soft">
        {countText(found.length)}
        {more ? ' Il y en a d’autres : précisez votre recherche.' : ''}
      </p>
      {opening.isError ? <Trouble error={opening.error} /> : null}
      {found.length === 0 ? (
        <Nothing>Une personne d’une autre région n’apparaît pas ici : sa caisse la voit.</Nothing>
      ) : (
        <Table
          caption="Comptes trouvés"
          hideCaption
          rows={found}
          keyOf={({ account }) => account}
          columns={[
            { name: 'Personne', cell: ({ displayName }) => displayName },
            { name: 'Compte', cell: ({ account }) => <span className="nowrap">{printedAccount(account)}</span> },
            { name: 'Née en', cell: ({ birthYear }) => String(birthYear) },
            { name: 'Groupe', cell: ({ group }) => groupName(group) },
            { name: 'Caisse', cell: ({ fund, fundName }) => `${fund} — ${fundName}` },
            {
              name: 'Ouvrir',
              cell: ({ account, displayName }) => (
                <Button
                  onPress={() => opening.mutate(account)}
                  isDisabled={opening.isPending}
                  aria-label={`Ouvrir le compte de ${displayName}`}
                >
                  Ouvrir
                </Button>
              ),
            },
          ]}
        />
      )}
    </Section>
  );
}

function countText(count: number): string {
  if (count === 0) return 'Aucun compte de votre région ne répond à cette recherche.';
  return count === 1 ? '1 compte.' : `${String(count)} comptes.`;
}
