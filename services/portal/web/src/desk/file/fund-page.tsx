import { useState } from 'react';
import type { FundDeskPage, FundsPage, PublishedNews } from '../../../../src/face/desk-file.js';
import { ActForm, Done, Foldable } from '../../acts/act-form.js';
import { usePage } from '../../asking/queries.js';
import { Select } from '../../ui/fields.js';
import { DayText, InstantText, printedAccount } from '../../ui/figures.js';
import { Page, Section } from '../../ui/page.js';
import { Asked, Nothing, PartOf } from '../../ui/states.js';
import { messageSubjectName } from '../../words/file.js';
import { groups } from './fields.js';

/** F8 F9 at the caisse: what it tells its insured, and who waits for its answer. */
export function FundPage() {
  const funds = usePage<FundsPage>('desk', 'funds');
  const [code, setCode] = useState('');
  return (
    <Page title="Actualités et messages de la caisse" lead="Ce que la caisse dit à ses assurés, et les messages qui attendent sa réponse.">
      <Section title="Caisse">
        <Asked query={funds}>
          {({ parts }) => (
            <PartOf part={parts.funds}>
              {(known) => (
                <Select
                  label="Caisse"
                  value={code}
                  change={setCode}
                  options={[{ value: '', text: 'Choisissez' }, ...known.map((fund) => ({ value: fund.code, text: fund.name }))]}
                />
              )}
            </PartOf>
          )}
        </Asked>
      </Section>
      {code === '' ? null : <OfFund key={code} code={code} />}
    </Page>
  );
}

function OfFund({ code }: { readonly code: string }) {
  const asked = usePage<FundDeskPage>('desk', `funds/${code}`);
  const to = (act: string) => `desk/funds/${code}/acts/${act}`;
  return (
    <Asked query={asked}>
      {({ parts }) => (
        <>
          <Section title="Messages sans réponse">
            <PartOf part={parts.messages}>
              {(messages) =>
                messages.length === 0 ? (
                  <Nothing>Aucun message n’attend de réponse.</Nothing>
                ) : (
                  <ul>
                    {messages.map(({ reference, account, subject, answerBy }) => (
                      <li key={reference}>
                        {messageSubjectName(subject)}, n° {reference}, compte n° {printedAccount(account)}, à répondre avant le{' '}
                        <DayText of={answerBy} />
                      </li>
                    ))}
                  </ul>
                )
              }
            </PartOf>
          </Section>
          <Section title="Actualités">
            <PartOf part={parts.news}>{(news) => news.map((one) => <NewsLine key={one.id} news={one} to={to} />)}</PartOf>
            <PublishNews to={to('news')} />
          </Section>
        </>
      )}
    </Asked>
  );
}

function NewsLine({ news: { id, title, publishedAt }, to }: { readonly news: PublishedNews; readonly to: (act: string) => string }) {
  return (
    <div className="stack-tight">
      <p>
        {title}, publiée le <InstantText of={publishedAt} />
      </p>
      <Foldable title={`Retirer « ${title} »`}>
        <ActForm
          to={to('news-withdrawal')}
          also={{ news: id }}
          button="Retirer l’actualité"
          fields={[]}
          done={() => <Done title="L’actualité est retirée." />}
        />
      </Foldable>
    </div>
  );
}

const PublishNews = ({ to }: { readonly to: string }) => (
  <Foldable title="Publier une actualité">
    <ActForm
      to={to}
      button="Publier"
      fields={[
        { name: 'title', kind: 'text', label: 'Titre', max: 120 },
        { name: 'text', kind: 'long', label: 'Texte', max: 4_000 },
        { name: 'group', kind: 'select', label: 'Pour un seul groupe', choices: groups, isOptional: true },
        { name: 'until', kind: 'day', label: 'Dernier jour', isOptional: true },
      ]}
      shape={({ group, ...said }) => ({ ...said, ...(group === undefined ? {} : { groups: [group] }) })}
      done={() => <Done title="L’actualité est publiée pour les assurés de la caisse." />}
    />
  </Foldable>
);
