import type { AcreRequest } from '../../../../src/face/desk-file.js';
import type { Spouse } from '../../../../src/face/family.js';
import type { FundMessage } from '../../../../src/face/file.js';
import { ActForm, Done, Foldable } from '../../acts/act-form.js';
import { DayText, printedAccount } from '../../ui/figures.js';
import { Nothing } from '../../ui/states.js';
import { messageSubjectName, spouseOptionName, spouseOptions } from '../../words/file.js';
import { reason } from './fields.js';

type To = (act: string) => string;

const bonds = [
  { value: 'marriage', text: 'Mariage' },
  { value: 'pacs', text: 'Pacs' },
];

/** The collaborating spouse: the entry, the base of their pensions, the end. */
export function SpouseActs({ spouses, to }: { readonly spouses: readonly Spouse[]; readonly to: To }) {
  const current = spouses.find((spouse) => spouse.to === null);
  return (
    <>
      {spouses.map((spouse) => (
        <SpouseLine key={`${spouse.spouseAccount} ${spouse.from}`} spouse={spouse} />
      ))}
      {current === undefined ? <LinkSpouse to={to} /> : <ChangeSpouse to={to} />}
    </>
  );
}

function SpouseLine({ spouse }: { readonly spouse: Spouse }) {
  const option = spouse.options.at(-1)?.option;
  return (
    <p>
      Conjoint collaborateur, compte n° {printedAccount(spouse.spouseAccount)}, depuis le <DayText of={spouse.from} />
      {spouse.to === null ? null : (
        <>
          {' '}
          jusqu’au <DayText of={spouse.to} />
        </>
      )}
      {option === undefined ? null : ` : ${spouseOptionName(option)}`}
    </p>
  );
}

const LinkSpouse = ({ to }: { readonly to: To }) => (
  <Foldable title="Enregistrer un conjoint collaborateur">
    <ActForm
      to={to('spouse')}
      button="Enregistrer le conjoint"
      fields={[
        {
          name: 'spouseAccount',
          kind: 'text',
          label: 'Compte du conjoint',
          help: 'Affiliez d’abord la personne, au jour de son entrée : rien n’est appelé sur son propre compte.',
          max: 20,
          input: { inputMode: 'numeric', autoComplete: 'off' },
        },
        { name: 'bond', kind: 'select', label: 'Lien', choices: bonds },
        { name: 'employees', kind: 'text', label: 'Salariés de l’entreprise', isNumber: true, max: 6, input: { inputMode: 'numeric' } },
        { name: 'from', kind: 'day', label: 'Collabore depuis le' },
        { name: 'option', kind: 'select', label: 'Assiette choisie', choices: spouseOptions, isOptional: true },
        reason,
      ]}
      done={() => <Done title="Le conjoint est enregistré : ses cotisations sont appelées sur ce compte." />}
    />
  </Foldable>
);

const ChangeSpouse = ({ to }: { readonly to: To }) => (
  <>
    <Foldable title="Changer l’assiette du conjoint">
      <ActForm
        to={to('spouse-option')}
        button="Enregistrer l’assiette"
        fields={[{ name: 'option', kind: 'select', label: 'Assiette', choices: spouseOptions }, reason]}
        done={() => <Done title="L’assiette est enregistrée, avec le jour où elle compte." />}
      />
    </Foldable>
    <Foldable title="Enregistrer la fin de la collaboration">
      <ActForm
        to={to('spouse-end')}
        button="Enregistrer la fin"
        fields={[{ name: 'on', kind: 'day', label: 'Dernier jour de collaboration' }, reason]}
        done={() => <Done title="La collaboration est terminée." />}
      />
    </Foldable>
  </>
);

/** Aid to business creators: asked for here where the form came on paper; Urssaf decides. */
export function AcreActs({ requests, to }: { readonly requests: readonly AcreRequest[]; readonly to: To }) {
  const waiting = requests.find(({ decision }) => decision === null);
  return (
    <>
      {requests.map((request) => (
        <p key={request.requestedOn}>
          Demandée le <DayText of={request.requestedOn} /> : {decisionText(request)}
        </p>
      ))}
      {waiting === undefined ? (
        <Foldable title="Enregistrer une demande d’Accre">
          <ActForm
            to={to('acre-request')}
            button="Enregistrer la demande"
            fields={[{ name: 'complete', kind: 'yes-no', label: 'Le dossier est complet' }]}
            done={() => <Done title="La demande est enregistrée : sans décision dans le mois, l’aide est accordée." />}
          />
        </Foldable>
      ) : (
        <Foldable title="Décider de l’Accre (Urssaf)">
          <ActForm
            to={to('acre-decision')}
            button="Enregistrer la décision"
            fields={[{ name: 'granted', kind: 'yes-no', label: 'L’aide est accordée' }, reason]}
            done={() => <Done title="La décision est enregistrée ; les cotisations suivent." />}
          />
        </Foldable>
      )}
    </>
  );
}

function decisionText({ decision, bySilence, decideBy }: AcreRequest) {
  if (decision === null) {
    return (
      <>
        décision attendue avant le <DayText of={decideBy} />
      </>
    );
  }
  return `${decision === 'granted' ? 'accordée' : 'refusée'}${bySilence ? ', faute de décision dans le mois' : ''}`;
}

/** The certified number takes the place of the provisional one. */
export const NirAct = ({ to }: { readonly to: To }) => (
  <Foldable title="Remplacer un numéro provisoire par le numéro certifié">
    <ActForm
      to={to('nir')}
      button="Remplacer le numéro"
      fields={[
        {
          name: 'nir',
          kind: 'text',
          label: 'Numéro de sécurité sociale certifié',
          help: 'Quinze chiffres, avec la clé. L’ancien numéro continue de trouver la personne.',
          max: 25,
          input: { autoComplete: 'off' },
        },
        reason,
      ]}
      done={() => <Done title="Le numéro est certifié." />}
    />
  </Foldable>
);

/** What the person wrote to their caisse and what it has not answered yet. */
export function FundMessageAnswers({ messages, to }: { readonly messages: readonly FundMessage[]; readonly to: To }) {
  const waiting = messages.filter(({ answeredAt }) => answeredAt === null);
  if (waiting.length === 0) return <Nothing>Aucun message n’attend de réponse.</Nothing>;
  return waiting.map(({ reference, subject, text, answerBy }) => (
    <div key={reference} className="stack-tight">
      <p>
        {messageSubjectName(subject)}, n° {reference}, à répondre avant le <DayText of={answerBy} />
      </p>
      <p className="small soft">{text}</p>
      <Foldable title={`Répondre au message n° ${reference}`}>
        <ActForm
          to={to('fund-message-answer')}
          also={{ reference }}
          button="Envoyer la réponse"
          fields={[{ name: 'text', kind: 'long', label: 'Réponse', max: 2_000 }]}
          done={() => <Done title="La réponse est envoyée à la personne." />}
        />
      </Foldable>
    </div>
  ));
}
