import type { AccountGlance, HomePage, PersonCard, Reading } from '../../../src/face/my-account.js';
import type { Situation as File } from '../../../src/face/file.js';
import type { Part, Proven } from '../../../src/face/parts.js';
import type { InsuredVisitor } from '../../../src/face/session.js';
import { Link } from 'react-router';
import { AccountProof } from './account-proof.js';
import { usePage } from '../asking/queries.js';
import type { MenuEntry } from '../layout/menu.js';
import { WhyAmount } from '../derivation/why.js';
import { DayText, printedAccount, printedSiret } from '../ui/figures.js';
import { Notice } from '../ui/notice.js';
import { Page, Section } from '../ui/page.js';
import { Asked, Nothing, PartOf } from '../ui/states.js';
import { groupName } from '../words/people.js';
import { ageText } from '../words/payments.js';
import { soldeOf, whyBalance } from './balance.js';
import { CalledElsewhere, collaborationOn } from './called-elsewhere.js';
import { EndedActivity } from './ended-activity.js';
import { LiveBadge } from './live-account.js';
import { Messages } from './messages.js';
import { Quarters } from './quarters.js';
import { ReadingLine } from './readings.js';
import { NextDue, Situation } from './situation.js';
import { whyPayment } from './why-payment.js';

/** Where the person stands, in one look: next due date, balance, up to date or what is awaited, messages. */
export function Home({ who, services }: { readonly who: InsuredVisitor; readonly services: readonly MenuEntry[] }) {
  const page = usePage<HomePage>('my', 'home');
  return (
    <Page
      title={who.displayName === null ? 'Bonjour' : `Bonjour ${who.displayName}`}
      lead={page.data ? <Lead page={page.data} /> : undefined}
    >
      <Asked query={page}>
        {({ today, parts }) => (
          <>
            {parts.person.state === 'ok' && parts.person.data.mergedInto ? <LedOn into={parts.person.data.mergedInto} /> : null}
            <LifeOf situation={parts.situation} today={today} />
            <div className="cards">
              {who.hiddenTabs.includes('instalments') ? null : (
                <Section title="Prochaine échéance">
                  <PartOf part={parts.standing}>{(standing) => <NextDue standing={standing} />}</PartOf>
                </Section>
              )}
              <Section title="Solde">
                <PartOf part={parts.account}>{(account) => <Balance account={account} />}</PartOf>
              </Section>
            </div>
            <Section title="Votre situation" beside={<LiveBadge />}>
              <PartOf part={parts.standing}>{(standing) => <Situation standing={standing} />}</PartOf>
              <PartOf part={parts.account}>{({ figures }) => <OnTheirWay glance={figures} today={today} />}</PartOf>
            </Section>
            <Section title="Messages">
              <PartOf part={parts.account}>{({ figures }) => <Messages messages={figures.messages} services={services} />}</PartOf>
            </Section>
            <Section title="Mes services en ligne">
              <Services services={services} />
            </Section>
            <div className="cards">
              <Section title="Trimestres de retraite">
                <PartOf part={parts.rights}>{(rights) => <Quarters rights={rights} head={lastHeadOf(parts.situation)} />}</PartOf>
              </Section>
              <Section title="Votre compte a été consulté">
                <PartOf part={parts.readings}>{(readings) => <LastReadings readings={readings} />}</PartOf>
              </Section>
            </div>
            <Section title="Votre profil">
              <PartOf part={parts.person}>
                {(person) => <Profile person={person} endedOn={parts.situation.state === 'ok' ? parts.situation.data.endedOn : null} />}
              </PartOf>
            </Section>
          </>
        )}
      </Asked>
    </Page>
  );
}

/** The account was withdrawn while the person was signed in: at the next sign-in they are led to the one that goes on. */
const LedOn = ({ into }: { readonly into: string }) => (
  <Notice tone="wait" title={`Ce compte a été réuni à votre autre compte, n° ${printedAccount(into)}`}>
    <p>
      Plus rien n’est appelé ici. Vos paiements et vos déclarations sont sur l’autre compte : déconnectez-vous, puis revenez, vous y serez.
    </p>
  </Notice>
);

/** What is another than for most: an activity that has ended, somebody who is called on another's account. */
function LifeOf({ situation, today }: { readonly situation: Part<File>; readonly today: string }) {
  if (situation.state !== 'ok') return null;
  const collaboration = spouseOf(situation, today);
  return (
    <>
      <EndedActivity situation={situation.data} today={today} />
      {collaboration === undefined ? null : <CalledElsewhere collaboration={collaboration} today={today} />}
    </>
  );
}

const spouseOf = (situation: Part<File>, today: string) =>
  situation.state === 'ok' ? collaborationOn(situation.data.collaborations, today) : undefined;

/** On whose account the person is called as a spouse, or was last. */
const lastHeadOf = (situation: Part<File>) => (situation.state === 'ok' ? situation.data.collaborations.at(-1)?.headAccount : undefined);

const Lead = ({ page: { today } }: { readonly page: HomePage }) => (
  <>
    Votre compte au <DayText of={today} />.
  </>
);

function Balance({ account: { view, figures } }: { readonly account: Proven<AccountGlance> }) {
  const { balance } = figures;
  const solde = soldeOf(balance);
  return (
    <>
      <span className="figure">
        <WhyAmount why={whyBalance(balance)} />
      </span>
      <p className="soft small">
        {solde.startsWith('-')
          ? 'En votre faveur : vous avez versé plus que ce qui vous est demandé.'
          : 'Ce qui reste à payer, toutes années confondues, y compris ce qui n’est pas encore à échéance.'}
      </p>
      <Link to="/mon-compte/synthese">Voir le détail par période</Link>
      <AccountProof view={view} />
    </>
  );
}

function OnTheirWay({ glance: { inTransit }, today }: { readonly glance: AccountGlance; readonly today: string }) {
  return inTransit.map((payment) => (
    <Notice key={payment.id} tone="wait" title={`Un paiement est en route ${ageText(payment.valueOn, today)}`}>
      <p>
        <WhyAmount why={whyPayment(payment)} /> du <DayText of={payment.valueOn} /> : l’Urssaf l’a reçu et nous l’a annoncé. Il sera placé
        sur vos échéances dès son enregistrement ; d’ici là, rien ne peut vous être reproché à ce titre.
      </p>
    </Notice>
  ));
}

function Services({ services }: { readonly services: readonly MenuEntry[] }) {
  return (
    <ul className="services">
      {services.map(({ to, text }) => (
        <li key={to}>
          <Link to={to}>{text}</Link>
        </li>
      ))}
      <li>
        <Link to="/simulateur">Simulateur de cotisations</Link>
      </li>
    </ul>
  );
}

function LastReadings({ readings }: { readonly readings: readonly Reading[] }) {
  if (readings.length === 0) return <Nothing>Aucun agent n’a ouvert votre compte récemment.</Nothing>;
  return (
    <>
      {readings.slice(0, 3).map((reading) => (
        <ReadingLine key={`${reading.firstAt} ${reading.organisation}`} reading={reading} />
      ))}
      <Link to="/mon-compte/consultations">Voir toutes les consultations</Link>
    </>
  );
}

function Profile({ person, endedOn }: { readonly person: PersonCard; readonly endedOn: string | null }) {
  const { group, regime, fundName, startedOn, siret, activity } = person;
  const rows = [
    ['Activité', activity ?? groupName(group)],
    ['Groupe professionnel', groupName(group)],
    ['Façon de cotiser', regime === 'micro-social' ? 'Micro-entrepreneur (sur le chiffre d’affaires)' : 'Sur le revenu professionnel'],
    ['Caisse', fundName],
    ['SIRET', siret ? printedSiret(siret) : null],
  ] as const;
  return (
    <dl className="terms">
      {rows.map(([name, text]) =>
        text === null ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ),
      )}
      <div>
        <dt>Début d’activité</dt>
        <dd>
          <DayText of={startedOn} />
        </dd>
      </div>
      {endedOn === null ? null : (
        <div>
          <dt>Fin d’activité</dt>
          <dd>
            <DayText of={endedOn} />
          </dd>
        </div>
      )}
    </dl>
  );
}
