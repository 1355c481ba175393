import type { OutgoingMessage } from '@isu/chassis';
import type { Money, Day } from '@isu/values';
import type { LeftIncome } from './merge.js';

interface MergedAccounts {
  readonly withdrawn: string;
  readonly into: string;
  readonly received: Money;
  readonly givenBack: Money;
  readonly left: readonly LeftIncome[];
  readonly leftPeriods: readonly string[];
}

/** What the person is told once two accounts are one: under which number everything goes on, and what is theirs to decide. */
export function mergeNotice(
  { withdrawn, into, received, givenBack, left, leftPeriods }: MergedAccounts,
  { writtenOn, correlation }: { writtenOn: Day; correlation: string },
): OutgoingMessage {
  const refunds = givenBack.isPositive ? `, et ce qui vous a été remboursé, ${givenBack.print()}` : '';
  const money = received.isPositive ? `\nVos paiements, ${received.print()}${refunds}, y ont été repris à leur date.` : '';
  const questions = [
    ...left.map(wordsOf),
    ...leftPeriods.map((period) => `- période ${period} : deux chiffres d’affaires ont été déclarés`),
  ];
  const asked =
    questions.length === 0
      ? ''
      : `\n\nNous n’avons pas repris ce qui suit ; le compte conservé garde ce qu’il disait. Si ce n’est pas exact, déclarez de nouveau, ou écrivez-nous :\n\n${questions.join('\n')}`;
  return {
    ...{ account: into, kind: 'account-merged', channel: 'email', documents: [], writtenOn, correlation },
    subject: 'Vos deux comptes n’en font plus qu’un',
    text: `Bonjour,

Vous aviez deux comptes. Le compte ${withdrawn} est retiré : plus rien n’y est appelé ni prélevé. Tout continue sous le compte ${into}.${money}${asked}`,
  };
}

const wordsOf = ({ income: { year }, because }: LeftIncome): string =>
  because === 'other-declaration'
    ? `- revenu de ${year} : un autre montant avait été déclaré sur le compte retiré`
    : `- revenu de ${year} : le compte conservé n’attend pas de revenu de cette année`;
