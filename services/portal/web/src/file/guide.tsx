import { useState } from 'react';
import type { GuidePage, RegulationPage } from '../../../src/face/file.js';
import { usePage } from '../asking/queries.js';
import { Button } from '../ui/button.js';
import { Field } from '../ui/fields.js';
import { DayText } from '../ui/figures.js';
import { Page, Section } from '../ui/page.js';
import { Asked, Nothing, PartOf } from '../ui/states.js';

/** F10, F11: what concerns this profile, and the rules found by their words, with the figures that the calculator uses. */
export function Guide() {
  const page = usePage<GuidePage>('my', 'guide');
  return (
    <Page
      title="Guide et réglementation"
      lead="Ce qui concerne votre situation, et les règles en toutes lettres, avec leurs chiffres et leurs dates."
    >
      <Section title="Chercher une règle">
        <Search />
      </Section>
      <Section title="Votre guide">
        <Asked query={page}>
          {({ parts }) => (
            <PartOf part={parts.guide}>
              {(texts) =>
                texts.map(({ id, title, text, law }) => (
                  <details key={id}>
                    <summary>{title}</summary>
                    <p className="measure">{text}</p>
                    <p className="small soft">{law}</p>
                  </details>
                ))
              }
            </PartOf>
          )}
        </Asked>
      </Section>
    </Page>
  );
}

function Search() {
  const [typed, setTyped] = useState('');
  const [words, setWords] = useState<string | null>(null);
  const isEnough = typed.trim().length >= 2;
  return (
    <>
      <form
        className="row row-end"
        role="search"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (isEnough) setWords(typed.trim());
        }}
      >
        <Field
          label="Mots à chercher"
          help="Par exemple « indemnités journalières ». Rien de personnel."
          value={typed}
          onChange={setTyped}
          maxLength={100}
          autoComplete="off"
        />
        <Button type="submit" kind="main" isDisabled={!isEnough}>
          Chercher
        </Button>
      </form>
      {words === null ? null : <Found words={words} />}
    </>
  );
}

function Found({ words }: { readonly words: string }) {
  const page = usePage<RegulationPage>('my', `regulation?words=${encodeURIComponent(words)}`);
  return (
    <Asked query={page}>
      {({ parts }) => (
        <PartOf part={parts.texts}>
          {(texts) => (
            <>
              <p role="status" className="soft">
                {texts.length === 0
                  ? `Aucune règle ne contient « ${words} ».`
                  : `${String(texts.length)} ${texts.length === 1 ? 'règle trouvée' : 'règles trouvées'}.`}
              </p>
              {texts.map(({ id, title, law, values }) => (
                <details key={id}>
                  <summary>{title}</summary>
                  <p className="small soft">{law}</p>
                  {values.length === 0 ? <Nothing>Aucune valeur ce jour-là.</Nothing> : null}
                  <dl className="terms">
                    {values.map(({ label, from, until, value }) => (
                      <div key={`${label} ${from}`}>
                        <dt>
                          {label}
                          <span className="small">
                            {' '}
                            depuis le <DayText of={from} />
                            {until === null ? null : (
                              <>
                                , jusqu’au <DayText of={until} />
                              </>
                            )}
                          </span>
                        </dt>
                        <dd>{value}</dd>
                      </div>
                    ))}
                  </dl>
                </details>
              ))}
            </>
          )}
        </PartOf>
      )}
    </Asked>
  );
}
