import type { PeriodicityPage } from '../../../src/face/file.js';
import { ActForm, Done, Foldable } from '../acts/act-form.js';
import { usePage } from '../asking/queries.js';
import { Asked, PartOf } from '../ui/states.js';
import { Section } from '../ui/page.js';
import { periodicityName } from '../words/file.js';

/** F33, F80: how often and on which day; the year's total stays. Monthly debit is proposed first. */
export function PeriodicitySection() {
  const page = usePage<PeriodicityPage>('my', 'periodicity');
  return (
    <Section title="Rythme de paiement">
      <Asked query={page}>
        {({ parts: { schedule } }) => (
          <>
            {schedule === null ? null : (
              <PartOf part={schedule}>{({ periodicity }) => <p>Vous payez {periodicityName(periodicity)}.</p>}</PartOf>
            )}
            <Foldable title="Changer de rythme">
              <ActForm
                to="my/acts/periodicity"
                button="Changer de rythme"
                fields={[
                  {
                    name: 'periodicity',
                    kind: 'choice',
                    label: 'Je préfère payer',
                    help: 'Le total de l’année ne change pas : ce qui reste est découpé autrement, et rien n’est prélevé deux fois.',
                    choices: [
                      { value: 'monthly-5', text: 'Chaque mois, le 5', help: 'Prélevé, en douze fois : le plus régulier.' },
                      { value: 'monthly-20', text: 'Chaque mois, le 20', help: 'Prélevé, en douze fois.' },
                      { value: 'quarterly', text: 'Chaque trimestre', help: 'En quatre fois, les 5 février, mai, août et novembre.' },
                    ],
                  },
                ]}
                done={() => <Done title="C’est fait : vos échéances à venir sont découpées autrement." />}
              />
            </Foldable>
          </>
        )}
      </Asked>
    </Section>
  );
}
