import { ActForm, Done } from '../acts/act-form.js';
import { DayText } from '../ui/figures.js';
import { Page, Section } from '../ui/page.js';
import { endCauses } from '../words/file.js';

interface Ending {
  readonly on: string;
  readonly struckOffBy: string;
  readonly incomesOf: readonly number[];
  readonly incomesBy: string;
  readonly nothingDue: boolean;
}

interface Reply {
  readonly reply: string;
  readonly sources: readonly { readonly reference: string; readonly says: string }[];
}

/** The end of an activity, and the answer to who refuses to be affiliated (F102). */
export function Leaving() {
  return (
    <Page title="Arrêter mon activité" lead="Déclarer la fin de votre activité, et savoir ce qui reste à faire.">
      <Section title="Je cesse mon activité">
        <ActForm<Ending>
          to="my/acts/end-of-activity"
          button="Déclarer la fin d’activité"
          fields={[
            { name: 'on', kind: 'day', label: 'Dernier jour d’activité' },
            { name: 'cause', kind: 'select', label: 'Cause', choices: endCauses },
            { name: 'reason', kind: 'text', label: 'Précisez en quelques mots', max: 140 },
            { name: 'sure', kind: 'tick', label: 'Je confirme : mon activité s’arrête ce jour-là.', isAsked: true },
          ]}
          done={EndingText}
        />
      </Section>
      <Section title="Je conteste mon affiliation">
        <p className="measure">
          L’affiliation est obligatoire pour qui exerce une activité indépendante. Si vous la refusez, dites pourquoi : une réponse motivée
          vous est donnée aussitôt, et votre compte demeure.
        </p>
        <ActForm<Reply>
          to="my/acts/affiliation-refusal"
          button="Demander une réponse"
          fields={[{ name: 'reason', kind: 'text', label: 'Pourquoi je refuse', max: 140 }]}
          done={({ reply, sources }) => (
            <Done title="La réponse de votre caisse">
              <p className="measure">{reply}</p>
              <ul>
                {sources.map(({ reference, says }) => (
                  <li key={reference}>
                    {reference} : {says}
                  </li>
                ))}
              </ul>
            </Done>
          )}
        />
      </Section>
    </Page>
  );
}

/** What follows an end of activity, by when. */
export const EndingText = ({ on, struckOffBy, incomesOf, incomesBy, nothingDue }: Ending) => (
  <Done title="La fin d’activité est enregistrée.">
    <p>
      Elle prend effet le <DayText of={on} /> ; la radiation suit au plus tard le <DayText of={struckOffBy} />.
    </p>
    {nothingDue ? (
      <p>Rien n’est dû.</p>
    ) : incomesOf.length === 0 ? (
      <p>Reste à déclarer le chiffre d’affaires de votre dernière période, à son échéance.</p>
    ) : (
      <p>
        Revenus à déclarer : {incomesOf.join(' et ')}, au plus tard le <DayText of={incomesBy} />.
      </p>
    )}
  </Done>
);
