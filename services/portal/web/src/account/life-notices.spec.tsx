import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { MemoryRouter } from 'react-router';
import { CalledElsewhere, collaborationOn } from './called-elsewhere.js';
import { EndedActivity } from './ended-activity.js';
import { Quarters } from './quarters.js';

/** As it is read, its spaces those of a keyboard. */
const read = (shown: ReactNode): string =>
  renderToStaticMarkup(<MemoryRouter>{shown}</MemoryRouter>)
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ([.,])/g, '$1')
    .trim();

describe('F61 — what the home says after the end of an activity', () => {
  type Shown = Parameters<typeof EndedActivity>[0]['situation'];
  const ended: Shown = {
    ...({ state: 'ended', regime: 'common', endedOn: '2016-04-30', endCause: 'cessation' } as const),
    lastIncomes: { incomesOf: [2015, 2016], incomesBy: '2016-07-29' },
  };
  const said = (changes: Partial<Shown> = {}, today = '2016-05-20') =>
    read(<EndedActivity situation={{ ...ended, ...changes }} today={today} />);

  it('since when, why, and the incomes to declare within ninety days: 30 April + 90 = 29 July', () =>
    expect(said()).toBe(
      'Votre activité a pris fin le 30 avril 2016 Cessation d’activité. Plus rien n’est appelé ni prélevé pour la suite. ' +
        'Déclarez vos revenus de 2015 et 2016 au plus tard le 29 juillet 2016. ' +
        'Vos cotisations définitives sont alors calculées : un reste vous est demandé, un trop-versé vous est remboursé.',
    ));

  it.each([
    ['past the day', {}, '2016-07-30', 'devaient être déclarés le 29 juillet 2016 au plus tard'],
    ['all declared', { lastIncomes: { incomesOf: [], incomesBy: '2016-07-29' } }, '2016-05-20', 'Vos derniers revenus sont déclarés.'],
    ['of a micro-entrepreneur', { regime: 'micro-social' }, '2016-05-20', 'Déclarez le chiffre d’affaires de votre dernière période'],
    ['struck off ex officio', { endCause: 'ex-officio' }, '2016-05-20', 'Radiation d’office, faute de revenu déclaré'],
    ['settled', { state: 'settled' }, '2016-12-01', 'Vos cotisations définitives sont calculées. S’il vous reste'],
  ] as const)('%s', (_, changes, today, words) => expect(said(changes, today)).toContain(words));

  it('begun and ended the same day, nothing is due and nothing remains to be done', () =>
    expect(said({ endCause: 'not-begun' })).toBe(
      'Votre activité a pris fin le 30 avril 2016 Activité terminée le jour de son début : rien n’est dû. Plus rien n’est appelé ni prélevé pour la suite.',
    ));

  it('says nothing to somebody at work', () =>
    expect(said({ state: 'active', endedOn: null, endCause: null, lastIncomes: null })).toBe(''));
});

describe('F61 — what a collaborating spouse reads', () => {
  const collaboration = {
    ...{ headAccount: '1200000000176', from: '2016-05-01', to: '2020-06-30' },
    options: [{ option: 'third-of-pass', from: '2016-05-01' }, { option: 'shared-half', from: '2020-01-01' }], // prettier-ignore
  };
  const said = (today: string) => read(<CalledElsewhere collaboration={collaboration} today={today} />);

  it('on whose account they are called, since when, and on which base that day', () => {
    expect(said('2016-05-20')).toContain(
      'Depuis le 1er mai 2016, vos cotisations sont appelées au chef d’entreprise, sur son compte n° 12 000000001 76.',
    );
    expect(said('2016-05-20')).toContain('Leur base : un tiers du plafond de la sécurité sociale.');
    expect(said('2020-01-01')).toContain('Leur base : la moitié du revenu, retirée de celui du chef d’entreprise');
    expect(said('2016-05-20')).toContain('À ce titre, rien n’est appelé sur votre compte. Vos droits, eux, sont les vôtres.');
  });

  it.each([
    ['2016-04-30', undefined],
    ['2016-05-01', collaboration],
    ['2020-06-30', collaboration],
    ['2020-07-01', undefined],
  ])('on %s', (day, expected) => expect(collaborationOn([collaboration], day)).toEqual(expected));
});

describe('I5 — the quarters of a collaborating spouse', () => {
  type Rights = Parameters<typeof Quarters>[0]['rights'];
  const year2016 = { year: 2016, validated: 0, possible: 0 } as Rights['quarters'][number];
  const rightsOf = (validated: number): Rights => ({
    ...{ account: '0400000000157', day: '2016-05-20', upToDate: { value: 'yes', reasons: [] } },
    quarters: [{ ...year2016, validated, possible: validated }],
    ...{ quartersValidated: validated, quartersPossible: validated, restsOn: { vector: {}, fingerprint: '', flows: {} } },
  });
  const said = (validated: number, head?: string) => read(<Quarters rights={rightsOf(validated)} head={head} />);
  const notYet =
    'Les cotisations payées pour vous sur le compte n° 12 000000001 76 valident des trimestres à votre nom : ils ne sont pas encore comptés ici.';

  it('a year of their own that opens none is no answer: nothing says that they have none', () =>
    expect(said(0, '1200000000176')).toBe(notYet));

  it('those of an activity of their own are counted, and the others said not to be yet', () => {
    expect(said(4, '1200000000176')).toContain('4 trimestres validés par vos paiements.');
    expect(said(4, '1200000000176')).toContain(notYet);
  });

  it('who was never a spouse reads what there is', () => expect(said(0)).toContain('2016 aucun'));
});
