import { Day } from '@isu/values';
import type { Situation } from '../situations/situation.js';
import { guideFor } from './guide.js';
import { searchRegulation } from './regulation.js';

const day = Day.of('2016-05-20');
const karim: Situation = {
  ...{ group: 'commercant', regime: 'common', fund: '12', department: '93', startedOn: '2009-04-01' },
  ...{ endedOn: null, endCause: null, pensioner: false, otherScheme: false },
};
const pagesOf = (situation: Partial<Situation>, state: 'active' | 'ended' = 'active') =>
  guideFor({ situation: { ...karim, ...situation }, state, day });
const idsOf = (...asked: Parameters<typeof pagesOf>) => pagesOf(...asked).map(({ id }) => id);

describe('F11 F7 — the guide by profile', () => {
  it.each<[string, Partial<Situation>, readonly string[]]>([
    ['a commerçant', {}, ['cotisations-commercant', 'conjoint-collaborateur']],
    ['an artisan who begins', { group: 'artisan', startedOn: '2016-01-01' }, ['creer-son-entreprise', 'debut-forfaitaire', 'cotisations-artisan', 'conjoint-collaborateur']], // prettier-ignore
    ['a liberal', { group: 'profession-liberale' }, ['cotisations-liberal']],
    ['a micro-entrepreneur', { regime: 'micro-social' }, ['micro-entrepreneur', 'conjoint-collaborateur']],
    ['a pensioner at work', { pensioner: true }, ['cotisations-commercant', 'conjoint-collaborateur', 'retraite']],
  ])('of %s', (_, situation, ids) => expect(idsOf(situation)).toEqual(ids));

  it('of somebody struck off is about what comes after, and nothing else', () => expect(idsOf({}, 'ended')).toEqual(['fin-d-activite']));

  it('F10 has the figures of 2016: PASS 38 616 €, sickness 6,5 %, sales of a micro-entrepreneur 13,4 %', () => {
    const plain = (text: string | undefined) => text?.replaceAll(/[\u00a0\u202f]/g, ' ');
    expect(plain(pagesOf({ startedOn: '2016-01-01' }).find(({ id }) => id === 'debut-forfaitaire')?.text)).toContain('38 616');
    expect(plain(pagesOf({})[0]?.text)).toContain('Maladie-maternité : 6,5 % du revenu');
    expect(plain(pagesOf({ regime: 'micro-social' })[0]?.text)).toContain('13,4 % pour les ventes');
  });

  it('F10 rests on the texts of the calculator for its figures, and cites no other but those that our sources name', () => {
    expect(pagesOf({})[0]?.law).toContain('L. 612-4');
    expect(pagesOf({ regime: 'micro-social' })[0]?.law).toContain('L. 133-6-8');
    expect(pagesOf({}, 'ended')[0]?.law).toBe('CSS, art. R. 133-26');
  });

  it('F63 sends a liberal to the CNAVPL for the pension', () => {
    expect(pagesOf({ group: 'profession-liberale' })[0]?.text).toMatch(/CNAVPL/);
  });

  it('leaves no figure unfilled, whoever reads', () => {
    for (const group of ['artisan', 'commercant', 'profession-liberale'] as const)
      for (const regime of ['common', 'micro-social'] as const)
        for (const { text } of pagesOf({ group, regime, pensioner: true, startedOn: '2016-01-01' })) expect(text).not.toMatch(/[{}]/);
  });
});

describe('F10 — the regulation, searched', () => {
  const found = (words: string, on = '2016-05-20') => searchRegulation(words, Day.of(on));

  it('finds a text by its words, accents and case aside, with its reference and the values of the day', () => {
    const [text] = found('INDEMNITES journalieres taux');
    expect([text?.title, text?.law]).toEqual(['Indemnités journalières', expect.stringContaining('D. 612-9') as unknown]);
    expect(text?.values).toContainEqual(
      expect.objectContaining({ label: 'taux des indemnités journalières', from: '2012-01-01', value: '0,7\u00a0%' }),
    );
  });

  it('says the days of force: the full rate of family allowances was another before 2014', () => {
    const full = (on: string) => found('allocations familiales', on)[0]?.values.find(({ label }) => label.startsWith('taux plein'));
    expect(full('2016-05-20')).toMatchObject({ from: '2014-01-01', value: '5,25\u00a0%' });
    expect(full('2013-12-31')).toMatchObject({ until: '2013-12-31' });
  });

  it('finds by article, and nothing for words that no text has', () => {
    expect(found('L. 6331-48').map(({ id }) => id)).toEqual(expect.arrayContaining(['training']));
    expect(found('droit maritime lunaire')).toEqual([]);
    expect(found('. ,')).toEqual([]);
  });
});
