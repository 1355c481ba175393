import type { StrikeOff } from '../../../../src/face/desk-file.js';
import { ActForm, Done, Foldable } from '../../acts/act-form.js';
import { DayText } from '../../ui/figures.js';
import { Badge } from '../../ui/notice.js';
import { reason } from './fields.js';

interface StrikeOffsProps {
  readonly procedures: readonly StrikeOff[];
  readonly to: (act: string) => string;
}

const bodies = [
  { value: 'urssaf', text: 'Urssaf' },
  { value: 'dgfip', text: 'Impôts (DGFiP)' },
  { value: 'insee', text: 'Insee' },
  { value: 'cnavpl', text: 'CNAVPL' },
  { value: 'cfe', text: 'Centre de formalités des entreprises' },
];

const stateText: Readonly<Record<string, string>> = {
  bodies: 'Les autres organismes sont consultés',
  person: 'La personne est prévenue',
  stopped: 'Arrêtée',
  decided: 'Radiation décidée',
};

/** Striking off ex officio: other bodies have fifteen days, the person a month, and one answer stops it. */
export function StrikeOffs({ procedures, to }: StrikeOffsProps) {
  const current = procedures.find(({ state }) => state === 'bodies' || state === 'person');
  return (
    <>
      {procedures.map((procedure) => (
        <Procedure key={procedure.id} procedure={procedure} />
      ))}
      {current === undefined ? (
        <Foldable title="Ouvrir une procédure">
          <ActForm
            to={to('strike-off')}
            button="Ouvrir la procédure"
            fields={[reason]}
            done={() => <Done title="La procédure est ouverte : les autres organismes ont quinze jours pour répondre." />}
          />
        </Foldable>
      ) : (
        <Steps current={current} to={to} />
      )}
    </>
  );
}

function Procedure({ procedure }: { readonly procedure: StrikeOff }) {
  const { reason: why, openedOn, bodiesUntil, personUntil, state, closedOn, closedBecause } = procedure;
  return (
    <div className="stack-tight">
      <p>
        Ouverte le <DayText of={openedOn} /> : {why} <Badge tone={state === 'decided' ? 'bad' : 'wait'}>{stateText[state] ?? state}</Badge>
      </p>
      <p className="small soft">
        Organismes jusqu’au <DayText of={bodiesUntil} />
        {personUntil === null ? null : (
          <>
            , personne jusqu’au <DayText of={personUntil} />
          </>
        )}
        {closedOn === null ? null : (
          <>
            , close le <DayText of={closedOn} />
            {closedBecause === null ? '' : ` : ${closedBecause}`}
          </>
        )}
      </p>
    </div>
  );
}

function Steps({ current: { state }, to }: { readonly current: StrikeOff; readonly to: StrikeOffsProps['to'] }) {
  return (
    <>
      <Foldable title="Un organisme répond">
        <ActForm
          to={to('strike-off-evidence')}
          button="Enregistrer la réponse"
          fields={[
            { name: 'body', kind: 'select', label: 'Organisme', choices: bodies },
            { name: 'active', kind: 'yes-no', label: 'Il a vu de l’activité' },
            { ...reason, max: 100 },
          ]}
          done={() => <Done title="La réponse est enregistrée." />}
        />
      </Foldable>
      {state === 'bodies' ? (
        <Foldable title="La personne a été prévenue">
          <ActForm
            to={to('strike-off-notice')}
            button="Enregistrer l’avis"
            fields={[{ name: 'proof', kind: 'text', label: 'Numéro de la lettre recommandée', max: 60 }]}
            done={() => <Done title="La personne a un mois pour répondre." />}
          />
        </Foldable>
      ) : null}
      <Foldable title="La personne répond">
        <ActForm
          to={to('strike-off-answer')}
          button="Enregistrer et arrêter"
          fields={[reason]}
          done={() => <Done title="La procédure est arrêtée." />}
        />
      </Foldable>
      <Foldable title="Décider la radiation">
        <ActForm
          to={to('strike-off-decision')}
          button="Radier"
          fields={[reason]}
          done={() => <Done title="La radiation est décidée ; la décision dit les voies de recours." />}
        />
      </Foldable>
    </>
  );
}
