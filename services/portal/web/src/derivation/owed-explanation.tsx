import { Money } from '@isu/values';
import type { AssessmentVersion, ContributionsPage } from '../../../src/face/my-account.js';
import { usePage } from '../asking/queries.js';
import { parisDayOf, printed } from '../ui/figures.js';
import { Asked, Nothing, PartOf } from '../ui/states.js';
import { contributionName } from '../words/contributions.js';
import { LineExplanation } from './line-explanation.js';
import type { WhyLine, WhyOwed } from './why-subject.js';

/** The contribution of the year that an amount belongs to, as it is in force, or was known on the day of the amount. */
export function OwedExplanation({ why }: { readonly why: WhyOwed }) {
  const page = usePage<ContributionsPage>(why.area, why.path);
  return (
    <Asked query={page}>
      {({ parts }) => (
        <PartOf part={parts.versions}>{({ versions }) => <InForce why={why} version={knownVersion(versions, why.knownOn)} />}</PartOf>
      )}
    </Asked>
  );
}

/** The last that was recorded by the evening of the day. */
export const knownVersion = (versions: readonly AssessmentVersion[], knownOn: string | undefined): AssessmentVersion | undefined =>
  knownOn === undefined ? versions.at(-1) : versions.findLast(({ recordedAt }) => parisDayOf(recordedAt) <= knownOn);

function InForce({ why, version }: { readonly why: WhyOwed; readonly version: AssessmentVersion | undefined }) {
  const line = version === undefined ? null : lineOf(version, why.code);
  if (line === null) return <Nothing>Le détail de ce calcul n’est pas disponible.</Nothing>;
  const isShare = !Money.of(line.amount).equals(Money.of(why.amount));
  return (
    <>
      {isShare ? (
        <p>
          C’est une part de la cotisation « {contributionName(why.code)} » de {why.year}, qui est de <strong>{printed(line.amount)}</strong>{' '}
          pour l’année, répartie sur vos échéances. Voici le calcul de l’année :
        </p>
      ) : null}
      <LineExplanation why={line} />
    </>
  );
}

/** The derivation of one contribution of a version; null where the version's own lines are all that is left. */
export function lineOf({ year, explanation, restsOn }: AssessmentVersion, code: string): WhyLine | null {
  const line = explanation?.lines.find((candidate) => candidate.code === code);
  if (explanation === null || line === undefined) return null;
  const title = `${contributionName(code)} ${String(year)}`;
  return { kind: 'line', title, amount: line.amount, line, rules: explanation.rules, restsOn };
}
