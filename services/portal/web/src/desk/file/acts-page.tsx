import type { DeskFilePage } from '../../../../src/face/desk-file.js';
import { ActForm, Done, Foldable } from '../../acts/act-form.js';
import { usePage } from '../../asking/queries.js';
import { EstimateForms } from '../../file/estimate.js';
import { EndingText } from '../../file/leaving.js';
import { Page, Section } from '../../ui/page.js';
import { Asked, PartOf } from '../../ui/states.js';
import { endCauses, turnoverActivities } from '../../words/file.js';
import type { OpenedAccount } from '../account-desk.js';
import { ActivityActs, EstablishmentActs } from './activity-acts.js';
import { Decisions } from './decisions.js';
import { AcreActs, FundMessageAnswers, NirAct, SpouseActs } from './person-acts.js';
import { groups, reason, registers, regimes } from './fields.js';
import { StrikeOffs } from './strike-offs.js';

/** What an agent says of a person: each act is checked by the service whose matter it is, and enters the history with its reason. */
export function ActsPage({ account }: OpenedAccount) {
  const asked = usePage<DeskFilePage>('desk', `accounts/${account}/file`);
  const to = (act: string) => `desk/accounts/${account}/acts/${act}`;
  return (
    <Page
      title="Agir sur le dossier"
      lead="Chaque acte entre dans l’historique, avec vous et votre motif. Ce qui engage le plus attend un second agent."
    >
      <Asked query={asked}>
        {({ today, parts, names }) => (
          <>
            <Section title="Déclarer pour la personne">
              <PartOf part={parts.person}>
                {({ regime }) =>
                  regime === 'micro-social' ? <DeclareTurnover to={to('turnover')} /> : <DeclareIncome account={account} today={today} />
                }
              </PartOf>
            </Section>
            <Section title="Changer la situation">
              <ChangeSituation to={to} />
              <NirAct to={to} />
            </Section>
            <Section title="Activités et établissements">
              <PartOf part={parts.activities}>{(activities) => <ActivityActs activities={activities} today={today} to={to} />}</PartOf>
              <EstablishmentActs to={to} />
            </Section>
            <Section title="Conjoint collaborateur">
              <PartOf part={parts.spouses}>{(spouses) => <SpouseActs spouses={spouses} to={to} />}</PartOf>
            </Section>
            <Section title="Aide aux créateurs (Accre)">
              <PartOf part={parts.acre}>{(requests) => <AcreActs requests={requests} to={to} />}</PartOf>
            </Section>
            <Section title="Messages à la caisse">
              <PartOf part={parts.fundMessages}>{(messages) => <FundMessageAnswers messages={messages} to={to} />}</PartOf>
            </Section>
            <Section title="Fin et reprise d’activité">
              <EndAndReopen to={to} />
            </Section>
            <Section title="Radiation d’office">
              <PartOf part={parts.strikeOffs}>{(procedures) => <StrikeOffs procedures={procedures} to={to} />}</PartOf>
            </Section>
            <Section title="À deux : transfert et réunion de comptes">
              <PartOf part={parts.proposals}>{(proposals) => <Decisions proposals={proposals} names={names} to={to} />}</PartOf>
            </Section>
          </>
        )}
      </Asked>
    </Page>
  );
}

type To = (act: string) => string;

function DeclareIncome({ account, today }: { readonly account: string; readonly today: string }) {
  const year = Number(today.slice(0, 4));
  return (
    <>
      <Foldable title="Déclarer un revenu">
        <ActForm
          to={`desk/accounts/${account}/acts/income`}
          button="Enregistrer le revenu"
          fields={[
            {
              name: 'year',
              kind: 'select',
              label: 'Année',
              isNumber: true,
              choices: [year - 1, year - 2, year - 3].map((each) => ({ value: String(each), text: String(each) })),
            },
            { name: 'amount', kind: 'amount', label: 'Revenu professionnel' },
          ]}
          done={() => <Done title="Le revenu est enregistré ; les cotisations et l’échéancier suivent." />}
        />
      </Foldable>
      <Foldable title={`Estimer le revenu de ${String(year)}`}>
        <EstimateForms area={`desk/accounts/${account}`} year={year} />
      </Foldable>
    </>
  );
}

const DeclareTurnover = ({ to }: { readonly to: string }) => (
  <Foldable title="Déclarer un chiffre d’affaires">
    <ActForm
      to={to}
      button="Enregistrer le chiffre d’affaires"
      fields={[
        {
          name: 'period',
          kind: 'text',
          label: 'Période',
          help: 'Un mois « 2016-04 » ou un trimestre « 2016-Q1 », selon le rythme choisi.',
          max: 7,
        },
        { name: 'activity', kind: 'select', label: 'Activité', choices: turnoverActivities },
        { name: 'amount', kind: 'amount', label: 'Chiffre d’affaires encaissé' },
      ]}
      done={() => <Done title="Le chiffre d’affaires est enregistré." />}
    />
  </Foldable>
);

function ChangeSituation({ to }: { readonly to: To }) {
  return (
    <>
      <Foldable title="Groupe, façon de cotiser, département">
        <ActForm
          to={to('situation-change')}
          button="Enregistrer le changement"
          fields={[
            { name: 'from', kind: 'day', label: 'À partir du' },
            { name: 'group', kind: 'select', label: 'Groupe professionnel', choices: groups, isOptional: true },
            { name: 'regime', kind: 'select', label: 'Façon de cotiser', choices: regimes, isOptional: true },
            { name: 'department', kind: 'text', label: 'Département, dans la même caisse', isOptional: true, max: 3 },
            reason,
          ]}
          done={() => <Done title="Le changement est enregistré, pour les deux organismes." />}
        />
      </Foldable>
    </>
  );
}

function EndAndReopen({ to }: { readonly to: To }) {
  return (
    <>
      <Foldable title="Enregistrer une fin d’activité">
        <ActForm
          to={to('end-of-activity')}
          button="Enregistrer la fin d’activité"
          fields={[
            { name: 'on', kind: 'day', label: 'Dernier jour d’activité' },
            { name: 'cause', kind: 'select', label: 'Cause', choices: [...endCauses, { value: 'death', text: 'Décès' }] },
            reason,
          ]}
          done={EndingText}
        />
      </Foldable>
      <Foldable title="Enregistrer une reprise d’activité">
        <ActForm
          to={to('reopening')}
          button="Enregistrer la reprise"
          fields={[
            { name: 'startedOn', kind: 'day', label: 'Premier jour de la nouvelle activité' },
            { name: 'register', kind: 'select', label: 'Registre', choices: registers },
            { name: 'regime', kind: 'select', label: 'Façon de cotiser', choices: regimes },
            { name: 'department', kind: 'text', label: 'Département de la résidence', max: 3 },
            { name: 'activity', kind: 'text', label: 'Activité', max: 120 },
            reason,
          ]}
          done={() => <Done title="Une nouvelle période d’activité est ouverte sur le même compte." />}
        />
      </Foldable>
    </>
  );
}
