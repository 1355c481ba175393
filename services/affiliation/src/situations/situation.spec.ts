import { AccountNumber, Day } from '@isu/values';
import { firstChanges, type ChangeDraft, type PersonChange, type RegisteredRow } from '../history/person-change.js';
import { activitiesOf, mainActivity, type Activity } from './activity.js';
import { changeSituation, comingChange, situationOn, stateOn, type SituationDemand } from './situation.js';

const today = Day.of('2016-05-20');
const account = AccountNumber.make('12', 1).toString();
const row: RegisteredRow = {
  ...{ group: 'commercant', regime: 'common', fund: '12', department: '93', startedOn: '2009-04-01' },
  ...{ siret: null, activity: 'Épicier', naf: '47.11B' },
};

const numbered = (drafts: readonly ChangeDraft[]): PersonChange[] =>
  drafts.map((draft, rank) => ({
    ...draft,
    version: rank + 1,
    learnedAt: '2016-05-20T08:00:00.000Z',
    by: { sub: 'rsi:12', organisation: 'rsi', role: 'agent' },
  }));
const karim = numbered(firstChanges(row));
const after = (changes: readonly PersonChange[], demand: SituationDemand): PersonChange[] => [
  ...changes,
  ...numbered(changeSituation(demand, { account, changes, today, correlation: account, transferAgreed: true }).changes).map((change) => ({
    ...change,
    version: changes.length + 1,
  })),
];
const decide = (demand: SituationDemand, transferAgreed = false) =>
  changeSituation(demand, { account, changes: karim, today, correlation: account, transferAgreed });
const on = (day: string) => Day.of(day);
const reason = 'Modification déclarée au CFE';

describe('F61 — the situation on a day', () => {
  it('is the registration until a change takes effect, and the change from that day on', () => {
    const changed = after(karim, { from: on('2016-07-01'), group: 'artisan', regime: 'micro-social', reason });
    expect(situationOn(changed, on('2016-06-30'))).toMatchObject({ group: 'commercant', regime: 'common', fund: '12' });
    expect(situationOn(changed, on('2016-07-01'))).toMatchObject({ group: 'artisan', regime: 'micro-social', fund: '12' });
    expect([comingChange(changed, today), comingChange(changed, on('2016-07-01'))]).toEqual(['2016-07-01', null]);
  });

  it('keeps group and regime apart: a micro-entrepreneur keeps the group', () => {
    const changed = after(karim, { from: on('2016-01-01'), regime: 'micro-social', reason });
    expect(situationOn(changed, today)).toMatchObject({ group: 'commercant', regime: 'micro-social' });
  });

  it('F63 a liberal is of the national caisse by profession, and the change is said as two facts', () => {
    const { facts } = decide({ from: on('2016-06-01'), group: 'profession-liberale', reason });
    expect(facts.map(({ type, data }) => [type, data])).toEqual([
      [
        'affiliation.status-changed.v1',
        { group: 'profession-liberale', regime: 'common', from: '2016-06-01', pensioner: false, otherScheme: false },
      ],
      ['affiliation.fund-changed.v1', { fund: '29', from: '2016-06-01' }],
    ]);
  });

  it('a flag is a change too, and a department of the same caisse is nobody else’s business', () => {
    expect(decide({ from: today, pensioner: true, reason }).facts[0]?.data).toMatchObject({ pensioner: true, otherScheme: false });
    const { facts, changes } = decide({ from: today, department: '75', reason });
    expect([facts, changes[0]?.detail]).toEqual([[], { department: '75' }]);
  });

  it('two agents may carry the person to another caisse', () => {
    const { facts } = decide({ from: today, department: '69', reason }, true);
    expect(facts.map(({ type, data }) => [type, data])).toEqual([['affiliation.fund-changed.v1', { fund: '26', from: '2016-05-20' }]]);
  });

  it.each<[string, string, SituationDemand]>([
    ['what is already so', 'nothing-changes', { from: today, group: 'commercant', reason }],
    ['the eve of the start', 'change-before-start', { from: on('2009-03-31'), group: 'artisan', reason }],
    ['a year and a day ahead', 'change-too-far', { from: on('2017-05-21'), group: 'artisan', reason }],
    ['a department of another caisse by one agent', 'transfer-needs-two', { from: today, department: '69', reason }],
    ['a department that does not exist', 'unknown-department', { from: today, department: '20', reason }],
  ])('I8 refuses %s', (_, code, demand) => expect(() => decide(demand)).toThrow(expect.objectContaining({ code })));

  it('I8 does not go before a change already said', () => {
    const changed = after(karim, { from: on('2016-03-01'), regime: 'micro-social', reason });
    const earlier = { from: on('2016-02-29'), group: 'artisan', reason } as const;
    expect(() => after(changed, earlier)).toThrow(expect.objectContaining({ code: 'later-change-known' }));
    expect(situationOn(after(changed, { ...earlier, from: on('2016-03-01') }), today).group).toBe('artisan');
  });

  it.each([
    ['2009-03-31', 'pending'],
    ['2009-04-01', 'active'],
    ['2016-04-30', 'active'],
    ['2016-05-01', 'ended'],
    ['2016-05-19', 'ended'],
    ['2016-05-20', 'settled'],
  ] as const)('on %s the person is %s: begun on 1 April 2009, ended on 30 April 2016, settled on 20 May', (day, state) => {
    const situation = { ...situationOn(karim, today), endedOn: '2016-04-30' };
    expect(stateOn(situation, on(day), '2016-05-20')).toBe(state);
  });
});

describe('F61 — several activities, one affiliation (collection.md 1.3)', () => {
  const shop: Activity = { id: 1, label: 'Épicerie', naf: null, register: 'registre-du-commerce', startedOn: '2009-04-01', endedOn: null, income: null }; // prettier-ignore
  const craft: Activity = { ...shop, id: 2, label: 'Boulangerie', register: 'repertoire-des-metiers', startedOn: '2014-01-01' };
  const advice: Activity = { ...shop, id: 3, label: 'Conseil', register: 'none', startedOn: '2015-01-01' };
  const earning = (activity: Activity, amount: string, year = 2015): Activity => ({ ...activity, income: { year, amount } });
  const mainOf = (...activities: Activity[]) => mainActivity(activities, today)?.label;

  it('the one of the répertoire des métiers is the main one, whatever it earns', () => {
    expect(mainOf(earning(shop, '40000'), earning(craft, '100'))).toBe('Boulangerie');
  });

  it('without a craft, the higher income of the last declared year decides; a loss is less than nothing', () => {
    expect(mainOf(earning(shop, '9000'), earning(advice, '10000'))).toBe('Conseil');
    expect(mainOf(earning(shop, '0'), earning(advice, '-5'))).toBe('Épicerie');
    expect(mainOf(earning(shop, '9000', 2015), earning(advice, '99999', 2014))).toBe('Épicerie');
  });

  it('at the same income, or without any, the first begun; an ended one counts no more, and none is left at the end', () => {
    expect(mainOf(advice, shop)).toBe('Épicerie');
    expect(mainOf(earning(advice, '500'), earning(shop, '500'))).toBe('Épicerie');
    expect(mainOf({ ...craft, endedOn: '2016-05-19' }, advice)).toBe('Conseil');
    expect(mainActivity([{ ...shop, endedOn: '2016-05-19' }], today)).toBeNull();
  });

  it('are folded from what was said, later words over earlier ones', () => {
    const said = numbered([
      ...firstChanges(row),
      {
        subject: 'activity',
        change: 'income',
        effectiveOn: '2016-05-20',
        reason,
        detail: { id: 1, income: { year: 2015, amount: '26000' } },
      },
      { subject: 'activity', change: 'ended', effectiveOn: '2016-05-20', reason, detail: { id: 1, endedOn: '2016-05-20' } },
    ]);
    expect(activitiesOf(said)).toEqual([
      { ...shop, label: 'Épicier', naf: '47.11B', endedOn: '2016-05-20', income: { year: 2015, amount: '26000' } },
    ]);
  });
});
