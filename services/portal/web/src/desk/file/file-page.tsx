import type { DeskFilePage } from '../../../../src/face/desk-file.js';
import { usePage } from '../../asking/queries.js';
import { DependantTable } from '../../file/dependant-table.js';
import { EstablishmentTable } from '../../file/establishment-table.js';
import { ContactOf, Professional } from '../../file/my-file.js';
import { DayText, printedIban } from '../../ui/figures.js';
import { Page, Section } from '../../ui/page.js';
import { Asked, Nothing, PartOf } from '../../ui/states.js';
import { Terms } from '../../ui/terms.js';
import type { OpenedAccount } from '../account-desk.js';

/** What affiliation holds of the person; identity and NIR are on the overview, masked by the office of who looks. */
export function FilePage({ account }: OpenedAccount) {
  const asked = usePage<DeskFilePage>('desk', `accounts/${account}/file`);
  return (
    <Page title="Dossier d’affiliation" lead="Ce que l’affiliation sait de la personne aujourd’hui. Chaque version est dans l’historique.">
      <Asked query={asked}>
        {({ parts }) => (
          <>
            <Section title="Coordonnées">
              <PartOf part={parts.contact}>
                {(contact) => <ContactOf contact={contact} to={`desk/accounts/${account}/acts/contact`} asksWhy />}
              </PartOf>
            </Section>
            <Section title="Activité professionnelle">
              <Professional parts={parts} />
            </Section>
            <Section title="Établissements">
              <PartOf part={parts.businesses}>{({ establishments }) => <EstablishmentTable establishments={establishments} />}</PartOf>
            </Section>
            <Section title="Coordonnées bancaires et mandats">
              <Bank parts={parts} />
            </Section>
            <Section title="Ayants droit">
              <PartOf part={parts.family}>{(dependants) => <DependantTable dependants={dependants} />}</PartOf>
            </Section>
          </>
        )}
      </Asked>
    </Page>
  );
}

function Bank({ parts: { bankDetails, mandates } }: { readonly parts: DeskFilePage['parts'] }) {
  return (
    <>
      {bankDetails === null ? (
        <Nothing>Aucun compte bancaire n’est enregistré.</Nothing>
      ) : (
        <PartOf part={bankDetails}>
          {({ iban, version }) => <Terms of={[['IBAN', `${printedIban(iban)}, version ${String(version)}`]]} />}
        </PartOf>
      )}
      <PartOf part={mandates}>
        {(known) => (
          <Terms
            of={known.map(({ rum, signedOn, revokedOn }) => [
              `Mandat ${rum}`,
              <>
                signé le <DayText of={signedOn} />
                {revokedOn === null ? (
                  ''
                ) : (
                  <>
                    , révoqué le <DayText of={revokedOn} />
                  </>
                )}
              </>,
            ])}
          />
        )}
      </PartOf>
    </>
  );
}
