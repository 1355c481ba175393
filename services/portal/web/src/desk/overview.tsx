import type { DeskAccountPage, Identity } from '../../../src/face/desk.js';
import type { PersonCard } from '../../../src/face/my-account.js';
import type { Standing } from '@isu/account';
import { whysOf, type AccountWhys } from './account-whys.js';
import type { OpenedAccount } from './account-desk.js';
import { Agreement } from './agreement.js';
import { Both } from './both.js';
import { balanceNames, upToDateStates } from './desk-words.js';
import { WhyAmount } from '../derivation/why.js';
import type { Why } from '../derivation/why-subject.js';
import { Link } from 'react-router';
import { Amount, DayText, InstantText, printedAccount, printedIban, printedNir, printedSiret } from '../ui/figures.js';
import { Badge, Notice } from '../ui/notice.js';
import { Page, Section } from '../ui/page.js';
import { PartOf } from '../ui/states.js';
import { groupName } from '../words/people.js';
import { balanceTerms, bothViews, paired } from './two-organisations.js';
import { Terms } from '../ui/terms.js';

/** What an agent of either organisation must see first: the same account, the same figures, and who the person is. */
export function Overview({ account, page }: OpenedAccount) {
  const { parts, today } = page;
  return (
    <Page title="Vue d’ensemble" lead={<>Situation au {<DayText of={today} />}</>}>
      {parts.person.state === 'ok' && parts.person.data.mergedInto ? <GoesOn into={parts.person.data.mergedInto} /> : null}
      <Agreement account={account} page={page} />
      <div className="desk-pair">
        <Balances page={page} />
        <Section title="Situation">
          <PartOf part={parts.standing}>
            {(standing) => <StandingTerms standing={standing} whys={whysOf(bothViews(parts.views))?.('rsi') ?? null} />}
          </PartOf>
        </Section>
      </div>
      <div className="desk-pair">
        <Section title="Identité">
          <PartOf part={parts.identity}>{(identity) => <IdentityTerms identity={identity} />}</PartOf>
        </Section>
        <Section title="Activité">
          <PartOf part={parts.person}>{(person) => <PersonTerms person={person} />}</PartOf>
        </Section>
      </div>
      <p className="small soft">
        Compte ouvert pour le motif « {page.opening.purpose} » jusqu’au <InstantText of={page.opening.endsAt} />. La personne voit cette
        ouverture dans son compte.
      </p>
    </Page>
  );
}

/** This account was a second one of the same person: nothing is called or paid here any more (S3). */
const GoesOn = ({ into }: { readonly into: string }) => (
  <Notice tone="wait" title={`Compte réuni au compte n° ${printedAccount(into)}`}>
    <p>
      Tout continue sous l’autre numéro : ce qui était payé ici y a été repris à sa date.{' '}
      <Link to={`/bureau/comptes/${into}`}>Ouvrir le compte conservé</Link>
    </p>
  </Notice>
);

/** The five balances that two agents compare by telephone. */
function Balances({ page }: { readonly page: DeskAccountPage }) {
  const views = bothViews(page.parts.views);
  const whys = whysOf(views);
  if (whys === null) {
    return (
      <Section title="Solde">
        <Notice tone="wait">
          <p>Aucun service ne donne le compte pour l’instant.</p>
        </Notice>
      </Section>
    );
  }
  return (
    <Section title="Solde">
      <Terms
        of={balanceTerms.map((term) => [
          balanceNames[term],
          <Both key={term} of={paired(views, ({ book }) => book.balance[term])} why={(_, who) => whys(who).balance(term)} />,
        ])}
      />
    </Section>
  );
}

function StandingTerms({ standing, whys }: { readonly standing: Standing; readonly whys: AccountWhys | null }) {
  const state = upToDateStates[standing.upToDate];
  const { nextDue } = standing;
  const figure = (amount: string, why: (whys: AccountWhys) => Why) =>
    whys === null ? <Amount of={amount} /> : <WhyAmount why={why(whys)} amount={amount} />;
  return (
    <>
      <div>
        <Badge tone={state.tone}>{state.text}</Badge>
      </div>
      {standing.reasons.length === 0 ? null : (
        <ul className="small">
          {standing.reasons.map((reason, rank) => (
            <li key={`${reason.code} ${String(rank)}`}>{reason.text}</li>
          ))}
        </ul>
      )}
      <Terms
        of={[
          ['Exigible', figure(standing.due, (why) => why.asked('Exigible', standing.due, (dueOn) => dueOn <= standing.day))],
          ['En retard', figure(standing.late, (why) => why.asked('En retard', standing.late, (dueOn) => dueOn < standing.day))],
          [
            'Prochaine échéance',
            nextDue === null ? (
              'aucune'
            ) : (
              <>
                {figure(nextDue.amount, (why) => why.nextDue(nextDue))} le <DayText of={nextDue.dueOn} />
              </>
            ),
          ],
        ]}
      />
    </>
  );
}

function IdentityTerms({ identity }: { readonly identity: Identity }) {
  return (
    <Terms
      of={[
        ['Nom', identity.familyName],
        ['Prénoms', identity.givenNames],
        ['Né(e) le', <DayText key="born" of={identity.birthDate} />],
        ['N° de sécurité sociale', <span key="nir">{printedNir(identity.nir)}</span>],
        ['IBAN', identity.iban ? printedIban(identity.iban) : 'aucun'],
        ['Courriel', identity.email ?? 'aucun'],
        ['Téléphone', identity.phone ?? 'aucun'],
        ['Adresse', identity.address ?? 'inconnue'],
      ]}
    />
  );
}

function PersonTerms({ person }: { readonly person: PersonCard }) {
  const regime = person.regime === 'micro-social' ? 'Micro-entrepreneur' : 'Droit commun';
  return (
    <Terms
      of={[
        ['Groupe', groupName(person.group)],
        ['Régime', regime],
        ['Caisse', `${person.fund} — ${person.fundName}`],
        ['Département', person.department],
        ['Début d’activité', <DayText key="started" of={person.startedOn} />],
        ...(person.siret ? [['SIRET', printedSiret(person.siret)] as const] : []),
        ...(person.activity ? [['Activité', person.activity] as const] : []),
        ...(person.naf ? [['Code NAF', person.naf] as const] : []),
      ]}
    />
  );
}
