import { closerText, daysCaughtUp, jobState, openState } from './accounting.js';

const nobody = { run: null, runDate: null, askedBy: null };
const idle = { nextOn: null, daysBehind: 0, last: null };

describe('F17 — the accounting days in words', () => {
  it('a day closed in the night after it was closed in time; three days later it was caught up by two', () => {
    // 00:10 in Paris on the 6th is 22:10 UTC on the 5th: the day after already.
    expect(daysCaughtUp('2016-05-05', '2016-05-05T22:10:00.000Z')).toBe(0);
    expect(daysCaughtUp('2016-05-05', '2016-05-05T18:00:00.000Z')).toBe(0);
    expect(daysCaughtUp('2016-05-05', '2016-05-08T08:00:00.000Z')).toBe(2);
  });

  it.each([
    ['its own run', { ...nobody, run: 'r', runDate: '2016-05-05' }, 'l’arrêté du jour'],
    ['a later run', { ...nobody, run: 'r', runDate: '2016-05-08' }, 'l’arrêté du 8 mai 2016'],
    ['a run started again', { run: 'r', runDate: '2016-05-05', askedBy: 'operator:1' }, 'l’arrêté du jour, relancé par operator:1'],
    ['somebody by hand', { ...nobody, askedBy: 'operator:2' }, 'Ana Roche, à la main'],
    ['nobody knows', nobody, 'non consigné'],
  ])('closed by %s', (_, closedBy, expected) => {
    expect(closerText('2016-05-05', closedBy, { 'operator:2': 'Ana Roche' })).toBe(expected);
  });

  it.each([
    ['2016-05-20', 'En cours'],
    ['2016-05-21', 'Lendemain : aujourd’hui est clos'],
    ['2016-05-19', 'À clore'],
  ])('the %s is open: %s', (day, text) => expect(openState(day, { today: '2016-05-20', job: idle }).text).toBe(text));

  it('the job is up to date, late, or says what its last run is doing', () => {
    const last = { date: '2016-05-18', attempts: 3, endedAt: null, askedBy: null, error: 'Un défaut' };
    expect(jobState(idle)).toEqual({ text: 'À jour', tone: 'good' });
    expect(jobState({ ...idle, daysBehind: 2 })).toEqual({ text: '2 jours de retard', tone: 'bad' });
    expect(jobState({ ...idle, daysBehind: 2, last: { ...last, state: 'retrying' } }).text).toBe('Échoué, repris tout seul');
  });
});
