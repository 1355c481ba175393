import type { AssessmentVersion, ContributionsPage } from '../../../src/face/my-account.js';
import { usePage, useSession } from '../asking/queries.js';
import { Page } from '../ui/page.js';
import { Asked, PartOf, Waiting } from '../ui/states.js';
import { Tabs } from '../ui/tabs.js';
import { AssessmentTable } from './assessment-table.js';
import { FoldedAssessments } from './folded-assessments.js';
import { Recapitulation } from './recapitulation.js';
import { useChosenYear, YearChoice } from './year-choice.js';

/** F23–F25: what a year asks, provisionally, definitively, and the difference. */
export function Contributions() {
  const session = useSession();
  const today = session.data?.today;
  return (
    <Page
      title="Cotisations annuelles"
      lead="D’abord calculées à titre provisoire, vos cotisations deviennent définitives quand le revenu de l’année est connu : c’est la régularisation."
    >
      {today === undefined ? <Waiting /> : <OfYear current={Number(today.slice(0, 4))} />}
    </Page>
  );
}

function OfYear({ current }: { readonly current: number }) {
  const [year, choose] = useChosenYear(current);
  const page = usePage<ContributionsPage>('my', `contributions/${String(year)}`);
  const known = page.data?.parts.account;
  const years = known?.state === 'ok' ? known.data.figures.years : [current];
  return (
    <>
      <YearChoice label="Année des cotisations" years={years} year={year} choose={choose} />
      <Asked query={page}>
        {({ parts }) =>
          parts.versions.state === 'ok' ? (
            <Versions key={year} year={year} versions={parts.versions.data.versions} />
          ) : (
            <>
              <PartOf part={parts.versions}>{() => null}</PartOf>
              <PartOf part={parts.account}>{({ figures }) => <FoldedAssessments year={year} assessments={figures.assessments} />}</PartOf>
            </>
          )
        }
      </Asked>
    </>
  );
}

function Versions({ year, versions }: { readonly year: number; readonly versions: readonly AssessmentVersion[] }) {
  const definitive = versions.findLast(({ stage }) => stage === 'definitive');
  const provisional = versions.findLast(({ stage }) => stage !== 'definitive');
  return (
    <Tabs
      label={`Cotisations ${String(year)}`}
      initial={definitive === undefined ? 'provisionnelles' : 'definitives'}
      tabs={[
        {
          id: 'provisionnelles',
          title: 'Provisionnelles',
          content: (
            <AssessmentTable
              version={provisional}
              absent={
                definitive === undefined
                  ? `Aucune cotisation n’est encore calculée pour ${String(year)}.`
                  : `Le revenu de ${String(year)} était déjà connu au premier calcul : il n’y a pas eu de cotisations provisionnelles.`
              }
            />
          ),
        },
        {
          id: 'definitives',
          title: 'Définitives',
          content: (
            <AssessmentTable
              version={definitive}
              absent={`Elles seront calculées quand votre revenu de ${String(year)} sera connu, l’année suivante.`}
            />
          ),
        },
        { id: 'recapitulatif', title: 'Récapitulatif', content: <Recapitulation provisional={provisional} definitive={definitive} /> },
      ]}
    />
  );
}
