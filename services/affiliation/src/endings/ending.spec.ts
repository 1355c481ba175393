import { AccountNumber, Day } from '@isu/values';
import { firstChanges, type ChangeDraft, type PersonChange } from '../history/person-change.js';
import { situationOn, stateOn } from '../situations/situation.js';
import { endActivity, periodOf, type EndDemand } from './ending.js';
import { reopen, type ReopeningDemand } from './reopening.js';

const today = Day.of('2016-05-20');
const account = AccountNumber.make('12', 1).toString();
const signed = (drafts: readonly ChangeDraft[], from = 1): PersonChange[] =>
  drafts.map((draft, rank) => ({
    ...draft,
    version: from + rank,
    learnedAt: '2016-05-20T08:00:00.000Z',
    by: { sub: 'rsi:12', organisation: 'rsi', role: 'agent' },
  }));
const begun = (startedOn: string): PersonChange[] =>
  signed(
    firstChanges({
      ...{ group: 'commercant', regime: 'common', fund: '12', department: '93', startedOn },
      ...{ siret: '73282932000074', activity: 'Épicier', naf: '47.11B' },
    }),
  );
const end = (on: string, changes = begun('2009-04-01'), demand: Partial<EndDemand> = {}) =>
  endActivity(
    { on: Day.of(on), cause: 'cessation', reason: 'Déclaration P4', ...demand },
    { account, changes, today, correlation: account },
  );

describe('F61 — the end of an activity (collection.md 1.6)', () => {
  it('takes effect on the day of cessation; incomes of 2015 and 2016 are due 90 days later: 30 April + 90 = 29 July', () => {
    const { ending, facts } = end('2016-04-30');
    expect(ending).toEqual({
      ...{ account, declaredOn: '2016-05-20', on: '2016-04-30', cause: 'cessation', nothingDue: false, late: false },
      ...{ struckOffBy: '2016-06-20', incomesOf: [2015, 2016], incomesBy: '2016-07-29' },
    });
    expect(facts.map(({ type, effectiveOn, data }) => [type, effectiveOn, data])).toEqual([
      ['affiliation.ended.v1', '2016-04-30', { on: '2016-04-30', cause: 'cessation' }],
    ]);
  });

  it('on 1 January counts on 31 December of the year before: nothing of the new year is due', () => {
    expect(end('2016-01-01').ending).toMatchObject({ on: '2015-12-31', incomesOf: [2014, 2015], incomesBy: '2016-03-30' });
    expect(end('2016-01-02').ending.on).toBe('2016-01-02');
  });

  it('on the day of the start leaves nothing due, on a 1 January too', () => {
    expect(end('2016-03-01', begun('2016-03-01')).ending).toMatchObject({
      on: '2016-03-01',
      cause: 'not-begun',
      nothingDue: true,
      incomesOf: [],
    });
    expect(end('2016-01-01', begun('2016-01-01')).ending).toMatchObject({ on: '2016-01-01', nothingDue: true });
  });

  it('a micro-entrepreneur declares the turnover of the last period, and no income', () => {
    const micro = signed(
      firstChanges({
        ...{ group: 'commercant', regime: 'micro-social', fund: '12', department: '93', startedOn: '2009-04-01' },
        ...{ siret: '73282932000074', activity: 'Épicier', naf: '47.11B' },
      }),
    );
    expect(end('2016-04-30', micro).ending).toMatchObject({ on: '2016-04-30', nothingDue: false, incomesOf: [] });
  });

  it('an activity begun this year has no income of the year before', () => {
    expect(end('2016-05-01', begun('2016-01-01')).ending.incomesOf).toEqual([2016]);
  });

  it.each([
    ['2016-04-20', false, '20 April + 30 = 20 May'],
    ['2016-04-19', true, '19 April + 30 = 19 May'],
  ])('of %s, declared on 20 May: late is %s (%s)', (on, late) => expect(end(on).ending.late).toBe(late));

  it('closes activities and establishments with it', () => {
    const changes = [...begun('2009-04-01'), ...signed(end('2016-04-30').changes, 4)];
    expect(stateOn(situationOn(changes, today), today, null)).toBe('ended');
    expect(changes.slice(3).map(({ subject, change }) => `${subject} ${change}`)).toEqual(['situation ended', 'establishment closed', 'activity ended']); // prettier-ignore
  });

  it.each([
    ['in advance', '2016-05-21', 'end-in-advance'],
    ['before the start', '2009-03-31', 'end-before-start'],
  ])('I8 is refused %s', (_, on, code) => expect(() => end(on)).toThrow(expect.objectContaining({ code })));

  it('I8 is refused a second time', () => {
    const ended = [...begun('2009-04-01'), ...signed(end('2016-04-30').changes, 4)];
    expect(() => end('2016-05-01', ended)).toThrow(expect.objectContaining({ code: 'activity-ended' }));
  });
});

describe('F61 — a new start after an end', () => {
  const ended = [...begun('2009-04-01'), ...signed(end('2016-04-30').changes, 4)];
  const again = (demand: Partial<ReopeningDemand> = {}, changes = ended) =>
    reopen(
      {
        ...{ startedOn: Day.of('2016-05-10'), register: 'repertoire-des-metiers', regime: 'micro-social', department: '94' },
        ...{ activity: 'Boulanger', reason: 'Nouvelle déclaration P0' },
        ...demand,
      },
      { account, changes, today, correlation: account, birthYear: 1975, bankDetailsVersion: 2 },
    );

  it('is another period on the same account: registered again, and the bank details that still hold said again', () => {
    const { facts, changes } = again();
    expect(facts.map(({ type, data }) => [type, data])).toEqual([
      ['affiliation.registered.v1', { group: 'artisan', regime: 'micro-social', startedOn: '2016-05-10', fund: '13', birthYear: 1975 }],
      ['affiliation.bank-details-changed.v1', { version: 2 }],
    ]);
    const after = [...ended, ...signed(changes, 7)];
    expect(periodOf(after)).toMatchObject({ startedOn: '2016-05-10', endedOn: null, group: 'artisan', fund: '13', department: '94' });
    expect(situationOn(after, Day.of('2016-05-09')).endedOn).toBe('2016-04-30');
  });

  it.each<[string, string, () => unknown]>([
    ['while the activity goes on', 'activity-going-on', () => again({}, begun('2009-04-01'))],
    ['on the day of the end', 'start-before-end', () => again({ startedOn: Day.of('2016-04-30') })],
    ['more than a year ahead', 'start-too-far', () => again({ startedOn: Day.of('2017-05-21') })],
    ['in a department that does not exist', 'unknown-department', () => again({ department: '20' })],
  ])('I8 is refused %s', (_, code, act) => expect(act).toThrow(expect.objectContaining({ code })));
});
