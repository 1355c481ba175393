import type { Fund, FundMessage, FundPage, News } from '../../../src/face/file.js';
import { ActForm, Done } from '../acts/act-form.js';
import { usePage } from '../asking/queries.js';
import { DayText, InstantText } from '../ui/figures.js';
import { Page, Section } from '../ui/page.js';
import { Asked, Nothing, PartOf } from '../ui/states.js';
import { Terms } from '../ui/terms.js';
import { messageSubjectName, messageSubjects } from '../words/file.js';

/** F8, F9: my caisse, its news, and a message to it, which gets a receipt. */
export function MyFund() {
  const page = usePage<FundPage>('my', 'fund');
  return (
    <Page title="Ma caisse" lead="Qui s’occupe de vous, quand l’appeler, ce qu’elle annonce.">
      <Asked query={page}>
        {({ parts: { fund, news, messages } }) => (
          <>
            <Section title="Coordonnées et horaires">
              <PartOf part={fund}>{(known) => <Coordinates fund={known} />}</PartOf>
            </Section>
            <Section title="Actualités">
              <PartOf part={news}>{(known) => <NewsList news={known} />}</PartOf>
            </Section>
            <Section title="Écrire à ma caisse">
              <ActForm<FundMessage>
                to="my/acts/fund-message"
                button="Envoyer"
                fields={[
                  { name: 'subject', kind: 'select', label: 'Sujet', choices: messageSubjects },
                  { name: 'text', kind: 'long', label: 'Message', max: 2_000 },
                ]}
                done={({ reference, answerBy }) => (
                  <Done title={`Votre message est arrivé, sous la référence ${reference}.`}>
                    <p>
                      Une réponse vous est due au plus tard le <DayText of={answerBy} />.
                    </p>
                  </Done>
                )}
              />
              <PartOf part={messages}>{(known) => <Sent messages={known} />}</PartOf>
            </Section>
          </>
        )}
      </Asked>
    </Page>
  );
}

const Coordinates = ({ fund: { name, address, phone, benefitsPhone, email, openingHours } }: { readonly fund: Fund }) => (
  <Terms
    of={[
      ['Caisse', name],
      ['Adresse', address],
      [
        'Téléphone (cotisations)',
        <a key="phone" href={`tel:${phone.replaceAll(' ', '')}`}>
          {phone}
        </a>,
      ],
      [
        'Téléphone (prestations)',
        <a key="benefits" href={`tel:${benefitsPhone.replaceAll(' ', '')}`}>
          {benefitsPhone}
        </a>,
      ],
      [
        'Adresse électronique',
        <a key="email" href={`mailto:${email}`}>
          {email}
        </a>,
      ],
      ['Horaires', openingHours],
    ]}
  />
);

function NewsList({ news }: { readonly news: readonly News[] }) {
  if (news.length === 0) return <Nothing>Votre caisse n’annonce rien en ce moment.</Nothing>;
  return news.map(({ id, title, text, publishedAt }) => (
    <article key={id} className="stack-tight">
      <h3>{title}</h3>
      <p className="measure">{text}</p>
      <p className="small soft">
        Publié le <InstantText of={publishedAt} />
      </p>
    </article>
  ));
}

function Sent({ messages }: { readonly messages: readonly FundMessage[] }) {
  return messages.map(({ reference, subject, receivedAt, answerBy, text, answer }) => (
    <details key={reference}>
      <summary>
        {messageSubjectName(subject)}, {reference}
        <span className="soft small">
          {' '}
          — reçu le <InstantText of={receivedAt} />
          {answer === null ? (
            <>
              , réponse attendue pour le <DayText of={answerBy} />
            </>
          ) : (
            ', répondu'
          )}
        </span>
      </summary>
      <p className="measure">{text}</p>
      {answer === null ? null : (
        <blockquote className="measure">
          <p>{answer}</p>
        </blockquote>
      )}
    </details>
  ));
}
