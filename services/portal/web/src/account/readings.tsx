import type { Reading, ReadingsPage } from '../../../src/face/my-account.js';
import { usePage } from '../asking/queries.js';
import { InstantText } from '../ui/figures.js';
import { Page, Section } from '../ui/page.js';
import { Asked, Nothing, PartOf } from '../ui/states.js';
import { organisationName, roleName } from '../words/people.js';

/** Who opened the account, when and why (I9). Which agent it was is for the auditor. */
export function Readings() {
  const page = usePage<ReadingsPage>('my', 'readings');
  return (
    <Page
      title="Qui a consulté mon compte"
      lead="Chaque ouverture de votre compte par un organisme est notée, avec son motif. Ces notes ne peuvent être ni modifiées ni effacées."
    >
      <Asked query={page}>
        {({ readings, parts }) => (
          <Section title="Consultations">
            {Object.entries(parts).map(([service, part]) => (
              <PartOf key={service} part={part}>
                {() => null}
              </PartOf>
            ))}
            {readings.length === 0 ? <Nothing>Personne n’a consulté votre compte, à part vous.</Nothing> : null}
            <ul className="plain-list">
              {readings.map((reading) => (
                <li key={`${reading.firstAt} ${reading.organisation} ${reading.purpose}`}>
                  <ReadingLine reading={reading} />
                </li>
              ))}
            </ul>
          </Section>
        )}
      </Asked>
    </Page>
  );
}

export function ReadingLine({ reading: { firstAt, organisation, role, purpose } }: { readonly reading: Reading }) {
  return (
    <p>
      <strong>{organisationName(organisation)}</strong>, {roleName(role)}
      <br />
      <span className="soft small">
        le <InstantText of={firstAt} />
      </span>
      <br />
      Motif : {purpose === '' ? 'non précisé' : purpose}
    </p>
  );
}
