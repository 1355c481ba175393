import type { Collaboration, Dependant, FamilyPage, Spouse } from '../../../src/face/family.js';
import { CalledElsewhere, collaborationOn } from '../account/called-elsewhere.js';
import { ActForm, Done, Foldable } from '../acts/act-form.js';
import { usePage } from '../asking/queries.js';
import { DayText, printedAccount } from '../ui/figures.js';
import { Page, Section } from '../ui/page.js';
import { Asked, Nothing, PartOf } from '../ui/states.js';
import { DependantTable } from './dependant-table.js';
import { spouseOptionName, spouseOptions } from '../words/file.js';

/** Who is covered through the person, and who works with them. */
export function Family() {
  const page = usePage<FamilyPage>('my', 'family');
  return (
    <Page title="Ma famille" lead="Les personnes couvertes avec vous, et votre conjoint s’il travaille dans l’entreprise.">
      <Asked query={page}>
        {({ today, parts }) => (
          <>
            <PartOf part={parts.situation}>
              {({ collaborations }) => <Collaborations collaborations={collaborations} today={today} />}
            </PartOf>
            <Section title="Mes ayants droit">
              <PartOf part={parts.household}>{(dependants) => <Dependants dependants={dependants} />}</PartOf>
              <Foldable title="Rattacher un enfant">
                <ActForm
                  to="my/acts/dependant"
                  button="Rattacher"
                  also={{ reason: 'child' }}
                  fields={[
                    { name: 'familyName', kind: 'text', label: 'Nom de l’enfant', max: 80 },
                    { name: 'givenNames', kind: 'text', label: 'Prénoms', max: 120 },
                    { name: 'birthDate', kind: 'day', label: 'Né(e) le' },
                    { name: 'from', kind: 'day', label: 'Rattaché à partir du' },
                  ]}
                  done={() => <Done title="L’enfant est rattaché à votre compte." />}
                />
              </Foldable>
            </Section>
            {isSpouse(parts, today) ? null : (
              <Section title="Mon conjoint collaborateur">
                <PartOf part={parts.spouses}>{(spouses) => <Spouses spouses={spouses} />}</PartOf>
              </Section>
            )}
          </>
        )}
      </Asked>
    </Page>
  );
}

/** Who works for another's business as their spouse has none of their own. */
const isSpouse = ({ situation, spouses }: FamilyPage['parts'], today: string): boolean =>
  situation.state === 'ok' &&
  collaborationOn(situation.data.collaborations, today) !== undefined &&
  spouses.state === 'ok' &&
  spouses.data.length === 0;

/** Whose collaborating spouse the person is, and was. */
function Collaborations({ collaborations, today }: { readonly collaborations: readonly Collaboration[]; readonly today: string }) {
  const current = collaborationOn(collaborations, today);
  return (
    <>
      {current === undefined ? null : <CalledElsewhere collaboration={current} today={today} />}
      {collaborations
        .filter(({ to }) => to !== null && to < today)
        .map(({ headAccount, from, to }) => (
          <p key={`${headAccount} ${from}`} className="small soft">
            Conjoint collaborateur du compte n° {printedAccount(headAccount)}, du <DayText of={from} /> au <DayText of={to ?? from} />.
          </p>
        ))}
    </>
  );
}

function Dependants({ dependants }: { readonly dependants: readonly Dependant[] }) {
  if (dependants.length === 0) return <DependantTable dependants={dependants} />;
  return (
    <>
      <DependantTable dependants={dependants} />
      <Foldable title="Mettre fin à un rattachement">
        <ActForm
          to="my/acts/dependant-end"
          button="Mettre fin"
          fields={[
            {
              name: 'dependant',
              kind: 'select',
              label: 'Qui',
              choices: dependants.map(({ id, givenNames, familyName }) => ({ value: id, text: `${givenNames} ${familyName}` })),
            },
            { name: 'on', kind: 'day', label: 'Dernier jour' },
            { name: 'reason', kind: 'text', label: 'Motif', max: 140 },
          ]}
          done={() => <Done title="Le rattachement a une fin." />}
        />
      </Foldable>
    </>
  );
}

function Spouses({ spouses }: { readonly spouses: readonly Spouse[] }) {
  const current = spouses.find(({ to }) => to === null);
  return (
    <>
      {spouses.length === 0 ? (
        <Nothing>
          Aucun conjoint collaborateur n’est déclaré. Il se déclare auprès du centre de formalités des entreprises, qui nous le transmet.
        </Nothing>
      ) : (
        <ul className="plain-list">
          {spouses.map(({ spouseAccount, from, to, options }) => (
            <li key={`${spouseAccount} ${from}`}>
              <p>
                Compte n° {printedAccount(spouseAccount)}, depuis le <DayText of={from} />
                {to === null ? '' : ', terminé'}.
              </p>
              {options.map((option) => (
                <p key={option.from} className="small soft">
                  À partir du <DayText of={option.from} /> : {spouseOptionName(option.option).toLowerCase()}.
                </p>
              ))}
            </li>
          ))}
        </ul>
      )}
      {current === undefined ? null : (
        <Foldable title="Choisir une autre base de cotisation">
          <ActForm
            to="my/acts/spouse-option"
            button="Choisir cette base"
            fields={[
              { name: 'option', kind: 'choice', label: 'Base des cotisations de retraite du conjoint', choices: spouseOptions },
              { name: 'reason', kind: 'text', label: 'Motif', max: 140 },
            ]}
            done={() => <Done title="Le choix est enregistré ; il vaut à partir du jour que dit la liste." />}
          />
        </Foldable>
      )}
    </>
  );
}
