import { useNavigate } from 'react-router';
import type { Opening } from '../../../../src/face/desk.js';
import type { FundsPage } from '../../../../src/face/desk-file.js';
import type { Fund } from '../../../../src/face/file.js';
import type { ActFieldShape } from '../../acts/act-field.js';
import { ActForm, Done } from '../../acts/act-form.js';
import { tell } from '../../asking/portal.js';
import { usePage } from '../../asking/queries.js';
import { printedAccount } from '../../ui/figures.js';
import { Page, Section } from '../../ui/page.js';
import { Asked, PartOf } from '../../ui/states.js';
import { groups, regimes } from './fields.js';

/** F61: somebody begins an activity and is affiliated; the account exists at both organisations from then on. */
export function RegisterPage() {
  const funds = usePage<FundsPage>('desk', 'funds');
  const navigate = useNavigate();
  const open = async ({ account }: { readonly account: string }) => {
    await tell<Opening>('POST', 'desk/openings', { account, purpose: 'Affiliation' });
    await navigate(`/bureau/comptes/${account}/dossier`);
  };
  return (
    <Page title="Affilier une personne" lead="Le compte est ouvert aussitôt au RSI et à l’Urssaf, et la personne en est prévenue.">
      <Section title="La personne et son activité">
        <Asked query={funds}>
          {({ parts }) => (
            <PartOf part={parts.funds}>
              {(known) => (
                <ActForm<{ account: string }>
                  to="desk/registrations"
                  button="Affilier"
                  fields={fieldsOf(known)}
                  then={(card) => void open(card)}
                  done={({ account }) => <Done title={`La personne est affiliée sous le n° ${printedAccount(account)}.`} />}
                />
              )}
            </PartOf>
          )}
        </Asked>
      </Section>
    </Page>
  );
}

const fieldsOf = (funds: readonly Pick<Fund, 'code' | 'name'>[]): readonly ActFieldShape[] => [
  {
    name: 'nir',
    kind: 'text',
    label: 'Numéro de sécurité sociale',
    help: 'Quinze chiffres, avec la clé.',
    max: 25,
    input: { autoComplete: 'off' },
  },
  { name: 'familyName', kind: 'text', label: 'Nom de famille', max: 80, input: { autoComplete: 'off' } },
  { name: 'givenNames', kind: 'text', label: 'Prénoms', max: 120, input: { autoComplete: 'off' } },
  { name: 'birthDate', kind: 'day', label: 'Né(e) le' },
  { name: 'group', kind: 'select', label: 'Groupe professionnel', choices: groups },
  { name: 'regime', kind: 'select', label: 'Façon de cotiser', choices: regimes, start: 'common' },
  { name: 'activity', kind: 'text', label: 'Activité', isOptional: true, max: 120 },
  { name: 'startedOn', kind: 'day', label: 'Premier jour d’activité' },
  { name: 'department', kind: 'text', label: 'Département de la résidence', max: 3 },
  {
    name: 'fund',
    kind: 'select',
    label: 'Caisse',
    help: 'Celle de la profession et du département.',
    choices: funds.map(({ code, name }) => ({ value: code, text: `${code} — ${name}` })),
  },
  {
    name: 'siret',
    kind: 'text',
    label: 'SIRET',
    isOptional: true,
    max: 20,
    input: { inputMode: 'numeric', autoComplete: 'off' },
  },
  { name: 'address', kind: 'text', label: 'Adresse postale', isOptional: true, max: 250, input: { autoComplete: 'off' } },
  {
    name: 'email',
    kind: 'text',
    label: 'Adresse électronique',
    isOptional: true,
    input: { type: 'email', autoComplete: 'off' },
  },
  { name: 'phone', kind: 'text', label: 'Téléphone', isOptional: true, input: { type: 'tel', autoComplete: 'off' } },
];
