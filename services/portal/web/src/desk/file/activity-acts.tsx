import type { Activity } from '../../../../src/face/file.js';
import { ActForm, Done, Foldable } from '../../acts/act-form.js';
import { reason, registers } from './fields.js';

type To = (act: string) => string;

interface ActivityActsProps {
  readonly activities: readonly Activity[];
  readonly today: string;
  readonly to: To;
}

/** Several activities: the group follows the main one from the next 1 January. */
export function ActivityActs({ activities, today, to }: ActivityActsProps) {
  const going = activities.filter(({ endedOn }) => endedOn === null);
  const choices = going.map(({ id, label }) => ({ value: String(id), text: label ?? `Activité ${String(id)}` }));
  const activity = { name: 'activity', kind: 'select', label: 'Activité', isNumber: true, choices } as const;
  const year = Number(today.slice(0, 4));
  return (
    <>
      <Foldable title="Ajouter une activité">
        <ActForm
          to={to('activity')}
          button="Ajouter l’activité"
          fields={[
            { name: 'label', kind: 'text', label: 'Activité', max: 120 },
            { name: 'naf', kind: 'text', label: 'Code NAF', help: 'Par exemple 47.76Z.', isOptional: true, max: 6 },
            { name: 'register', kind: 'select', label: 'Registre', choices: registers },
            { name: 'startedOn', kind: 'day', label: 'Depuis le' },
            reason,
          ]}
          done={() => <Done title="L’activité est ajoutée." />}
        />
      </Foldable>
      <Foldable title="Terminer une activité parmi plusieurs">
        <ActForm
          to={to('activity-end')}
          button="Terminer l’activité"
          fields={[activity, { name: 'on', kind: 'day', label: 'Dernier jour' }, reason]}
          done={() => <Done title="L’activité est terminée ; les autres continuent." />}
        />
      </Foldable>
      <Foldable title="Dire le revenu d’une activité, pour trouver la principale">
        <ActForm
          to={to('activity-incomes')}
          button="Enregistrer le revenu de l’activité"
          fields={[
            {
              name: 'year',
              kind: 'select',
              label: 'Année',
              isNumber: true,
              choices: [year - 1, year - 2].map((each) => ({ value: String(each), text: String(each) })),
            },
            activity,
            { name: 'amount', kind: 'amount', label: 'Revenu de cette activité' },
            reason,
          ]}
          shape={({ year: of, activity: which, amount, ...said }) => ({ ...said, year: of, incomes: [{ activity: which, amount }] })}
          done={() => <Done title="Le revenu de l’activité est enregistré." />}
        />
      </Foldable>
    </>
  );
}

const siret = { name: 'siret', kind: 'text', label: 'SIRET', max: 20, input: { inputMode: 'numeric', autoComplete: 'off' } } as const;

export function EstablishmentActs({ to }: { readonly to: To }) {
  return (
    <>
      <Foldable title="Ouvrir un établissement">
        <ActForm
          to={to('establishment-opening')}
          button="Ouvrir l’établissement"
          fields={[
            siret,
            { name: 'openedOn', kind: 'day', label: 'Ouvert le' },
            { name: 'main', kind: 'tick', label: 'Il devient l’établissement principal', isOptional: true },
            reason,
          ]}
          done={() => <Done title="L’établissement est ouvert." />}
        />
      </Foldable>
      <Foldable title="Changer d’établissement principal">
        <ActForm
          to={to('main-establishment')}
          button="Changer le principal"
          fields={[siret, { name: 'from', kind: 'day', label: 'À partir du' }, reason]}
          done={() => <Done title="L’établissement principal est changé." />}
        />
      </Foldable>
      <Foldable title="Fermer un établissement">
        <ActForm
          to={to('establishment-closing')}
          button="Fermer l’établissement"
          fields={[siret, { name: 'on', kind: 'day', label: 'Fermé le' }, reason]}
          done={() => <Done title="L’établissement est fermé." />}
        />
      </Foldable>
    </>
  );
}
