import type { Collaboration } from '../../../src/face/family.js';
import { DayText, printedAccount } from '../ui/figures.js';
import { Notice } from '../ui/notice.js';
import { spouseOptionName } from '../words/file.js';

/** Whose collaborating spouse the person is on a day. */
export const collaborationOn = (collaborations: readonly Collaboration[], day: string): Collaboration | undefined =>
  collaborations.find(({ from, to }) => from <= day && (to === null || to >= day));

/** The base that counts on a day. */
const baseOn = ({ options }: Collaboration, day: string): string => {
  const chosen = options.findLast(({ from }) => from <= day) ?? options[0];
  return chosen === undefined ? '' : spouseOptionName(chosen.option).toLowerCase();
};

/** A collaborating spouse is called for nothing on their own account: where it is called, and on what base. */
export const CalledElsewhere = ({ collaboration, today }: { readonly collaboration: Collaboration; readonly today: string }) => (
  <Notice title="Vous êtes conjoint collaborateur">
    <p>
      Depuis le <DayText of={collaboration.from} />, vos cotisations sont appelées au chef d’entreprise, sur son compte n°{' '}
      {printedAccount(collaboration.headAccount)}. Leur base : {baseOn(collaboration, today)}.
    </p>
    <p>À ce titre, rien n’est appelé sur votre compte. Vos droits, eux, sont les vôtres.</p>
  </Notice>
);
