import type { BankDetails, Contact, FilePage, FileParts, MandateText } from '../../../src/face/file.js';
import { ActForm, Done, Foldable } from '../acts/act-form.js';
import { usePage } from '../asking/queries.js';
import { hasStatus } from '../asking/refused.js';
import { DayText, InstantText, printedAccount, printedIban, printedNir } from '../ui/figures.js';
import { Page, Section } from '../ui/page.js';
import { Asked, Nothing, PartOf } from '../ui/states.js';
import { Terms } from '../ui/terms.js';
import { organisationName } from '../words/people.js';
import { endCauseName, regimeName, stateName } from '../words/file.js';
import { groupName } from '../words/people.js';
import { EstablishmentTable } from './establishment-table.js';

/** F12–F15: general information in four parts, and what one may correct of it. */
export function MyFile() {
  const page = usePage<FilePage>('my', 'file');
  return (
    <Page
      title="Informations générales"
      lead="Ce que votre caisse et l’Urssaf savent de vous. Une correction vaut aussitôt pour les deux, avec sa date et son auteur."
    >
      <Asked query={page}>
        {({ parts }) => (
          <>
            <Section title="Mes données personnelles">
              <Personal parts={parts} />
            </Section>
            <Section title="Mon activité professionnelle">
              <Professional parts={parts} />
            </Section>
            <Section title="Mes établissements">
              <PartOf part={parts.businesses}>{({ establishments }) => <EstablishmentTable establishments={establishments} />}</PartOf>
            </Section>
            <Section title="Mes coordonnées bancaires">
              <Bank parts={parts} />
            </Section>
          </>
        )}
      </Asked>
    </Page>
  );
}

function Personal({ parts: { identity, contact } }: { readonly parts: FileParts }) {
  return (
    <>
      <PartOf part={identity}>
        {({ familyName, givenNames, birthDate, nir }) => (
          <Terms
            of={[
              ['Nom', familyName],
              ['Prénoms', givenNames],
              ['Né(e) le', <DayText key="birth" of={birthDate} />],
              ['Numéro de sécurité sociale', printedNir(nir)],
            ]}
          />
        )}
      </PartOf>
      <PartOf part={contact}>{(known) => <ContactOf contact={known} to="my/acts/contact" />}</PartOf>
    </>
  );
}

/** How the person is reached, and the correction of it; a reason where somebody else corrects it. */
export function ContactOf({ contact, to, asksWhy }: ContactProps) {
  const { email, phone, address, changedAt, changedBy } = contact;
  return (
    <>
      <Terms
        of={[
          ['Adresse', address ?? 'non renseignée'],
          ['Adresse électronique', email ?? 'non renseignée'],
          ['Téléphone', phone ?? 'non renseigné'],
        ]}
      />
      <p className="small soft">
        Connu ainsi depuis le <InstantText of={changedAt} />, {changedByText(changedBy)}.
      </p>
      <ContactForm contact={contact} to={to} asksWhy={asksWhy} />
    </>
  );
}

interface ContactProps {
  readonly contact: Contact;
  readonly to: string;
  readonly asksWhy?: boolean;
}

function ContactForm({ contact: { version, address, email, phone }, to, asksWhy = false }: ContactProps) {
  return (
    <Foldable title="Corriger les coordonnées">
      <ActForm
        key={version}
        to={to}
        version={version}
        button="Enregistrer"
        fields={[
          {
            name: 'address',
            kind: 'text',
            label: 'Adresse postale',
            start: address ?? '',
            isOptional: true,
            emptyIsNone: true,
            max: 250,
            input: { autoComplete: 'street-address' },
          },
          {
            name: 'email',
            kind: 'text',
            label: 'Adresse électronique',
            start: email ?? '',
            isOptional: true,
            emptyIsNone: true,
            input: { type: 'email', autoComplete: 'email' },
          },
          {
            name: 'phone',
            kind: 'text',
            label: 'Téléphone',
            help: 'Par exemple 06 12 34 56 78.',
            start: phone ?? '',
            isOptional: true,
            emptyIsNone: true,
            input: { type: 'tel', autoComplete: 'tel' },
          },
          ...(asksWhy ? [{ name: 'reason', kind: 'text', label: 'Motif', max: 140 } as const] : []),
        ]}
        done={() => <Done title="C’est corrigé, pour le RSI et pour l’Urssaf." />}
      />
    </Foldable>
  );
}

const changedByText = (changedBy: string | null): string => {
  if (changedBy === null) return 'depuis l’affiliation';
  return changedBy === 'isu' ? 'corrigé par la personne elle-même' : `corrigé par ${organisationName(changedBy)}`;
};

export function Professional({ parts: { situation, activities, businesses } }: { readonly parts: FileParts }) {
  return (
    <>
      <PartOf part={situation}>
        {({ state, group, regime, fundName, startedOn, endedOn, endCause, collaborations }) => (
          <Terms
            of={[
              ['Situation', stateName(state)],
              ['Groupe professionnel', groupName(group)],
              ['Façon de cotiser', regimeName(regime)],
              ['Caisse', fundName],
              ['Début d’activité', <DayText key="start" of={startedOn} />],
              ...(endedOn === null
                ? []
                : ([
                    ['Fin d’activité', <DayText key="end" of={endedOn} />],
                    ['Cause', endCauseName(endCause ?? '')],
                  ] as const)),
              ...collaborations
                .filter(({ to }) => to === null)
                .map(({ headAccount }) => ['Conjoint collaborateur', `du compte n° ${printedAccount(headAccount)}`] as const),
            ]}
          />
        )}
      </PartOf>
      <PartOf part={activities}>
        {(known) => (
          <Terms
            of={known.map(({ label, naf, main, endedOn }) => [
              main && known.length > 1 ? 'Activité principale' : 'Activité',
              `${label ?? 'non précisée'}${naf === null ? '' : ` (NAF ${naf})`}${endedOn === null ? '' : ', terminée'}`,
            ])}
          />
        )}
      </PartOf>
      <PartOf part={businesses}>
        {({ businesses: known }) => <Terms of={known.map(({ legalFormLabel }) => ['Forme juridique', legalFormLabel ?? 'non précisée'])} />}
      </PartOf>
    </>
  );
}

/** The bank account and the mandate, with what may be changed of both. */
export function Bank({
  parts: { bankDetails, mandates, situation },
}: {
  readonly parts: Pick<FileParts, 'bankDetails' | 'mandates'> & Partial<Pick<FileParts, 'situation'>>;
}) {
  // What a micro-entrepreneur owes is paid with what is declared: a mandate would debit nothing.
  const isMicro = situation?.state === 'ok' && situation.data.regime === 'micro-social';
  return (
    <>
      {bankDetails === null ? (
        <Nothing>Aucun compte bancaire n’est enregistré.</Nothing>
      ) : (
        <PartOf part={bankDetails}>{({ iban }) => <Terms of={[['IBAN', printedIban(iban)]]} />}</PartOf>
      )}
      <BankForm details={bankDetails?.state === 'ok' ? bankDetails.data : null} />
      <PartOf part={mandates}>
        {(known) => {
          const inForce = known.find(({ revokedOn }) => revokedOn === null);
          if (inForce === undefined && isMicro)
            return (
              <Nothing>Les échéances d’un micro-entrepreneur ne sont pas prélevées : elles se paient en ligne ou par virement.</Nothing>
            );
          return inForce === undefined ? (
            <Foldable title="Signer un mandat de prélèvement">
              <MandateToSign hasIban={bankDetails !== null} />
            </Foldable>
          ) : (
            <>
              <Terms
                of={[
                  ['Mandat de prélèvement', `signé, référence ${inForce.rum}`],
                  ['Signé le', <DayText key="signed" of={inForce.signedOn} />],
                ]}
              />
              <Foldable title="Révoquer le mandat">
                <ActForm
                  to="my/acts/mandate-revocation"
                  also={{ rum: inForce.rum }}
                  button="Révoquer le mandat"
                  fields={[
                    {
                      name: 'reason',
                      kind: 'text',
                      label: 'Motif',
                      help: 'Vos échéances seront alors à payer par un autre moyen.',
                      max: 140,
                    },
                  ]}
                  done={() => <Done title="Le mandat est révoqué." />}
                />
              </Foldable>
            </>
          );
        }}
      </PartOf>
    </>
  );
}

function BankForm({ details }: { readonly details: BankDetails | null }) {
  return (
    <Foldable title={details === null ? 'Donner un compte bancaire' : 'Changer de compte bancaire'}>
      <ActForm
        key={details?.version ?? 0}
        to="my/acts/bank-details"
        {...(details !== null && { version: details.version })}
        button="Confirmer ce compte"
        fields={[
          {
            name: 'iban',
            kind: 'text',
            label: 'IBAN',
            help: 'Il figure sur le relevé d’identité de votre banque.',
            max: 42,
            input: { autoComplete: 'off' },
          },
          {
            name: 'sure',
            kind: 'tick',
            label: 'C’est bien mon compte : le prochain prélèvement et le prochain remboursement s’y feront.',
            isAsked: true,
          },
        ]}
        done={() => <Done title="Votre compte bancaire est enregistré." />}
      />
    </Foldable>
  );
}

/** What is signed is what was read: the text comes with its digest, which the signature repeats. */
function MandateToSign({ hasIban }: { readonly hasIban: boolean }) {
  if (!hasIban) return <Nothing>Donnez d’abord votre compte bancaire.</Nothing>;
  return <MandateTextToSign />;
}

function MandateTextToSign() {
  const text = usePage<MandateText>('my', 'mandate-text');
  if (hasStatus(text.error, 409)) return <Nothing>Un mandat est déjà signé.</Nothing>;
  return (
    <Asked query={text}>
      {({ text: words, digest }) => (
        <>
          <p className="measure mandate">{words}</p>
          <ActForm
            key={digest}
            to="my/acts/mandate"
            also={{ digest }}
            button="Signer le mandat"
            fields={[{ name: 'accepted', kind: 'tick', label: 'J’ai lu ce mandat et je le signe.' }]}
            done={() => <Done title="Le mandat est signé : la prochaine échéance sera prélevée." />}
          />
        </>
      )}
    </Asked>
  );
}
