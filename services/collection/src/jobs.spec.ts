import type { JobTurn } from '@isu/chassis';
import { Day } from '@isu/values';
import { jobs } from './jobs.js';

/** What the run of a date asks for, of which year. */
async function askedOn(name: string, date: string): Promise<unknown> {
  const asked: unknown[] = [];
  const runs = { run: (...words: unknown[]) => Promise.resolve(asked.push(words.slice(0, 2)) && { seen: 5, called: 3 }) };
  const job = jobs({ runs } as never).find((one) => one.name === name);
  const figures = await job?.run({ date: Day.of(date), correlation: '01890000-0000-7000-8000-00000000000d' } as JobTurn);
  expect(figures).toEqual({ 'comptes vus': 5, 'comptes appelés': 3 });
  return asked;
}

describe('What collection owes for dates', () => {
  it.each([
    ['F54 in December the calls of the year to come', 'provisional-run', '2016-12-15', ['provisional', 2017]],
    ['F72 after the deadline of the declarations, the year before', 'regularisation-run', '2016-06-30', ['regularisation', 2015]],
    ['F18 on 1 September who has not declared the year before', 'ex-officio-run', '2016-09-01', ['ex-officio', 2015]],
    ['F82 in January periods of the year before are declared still', 'turnover-reminders', '2017-01-20', ['turnover-reminders', 2016]],
    ['F82 from February on those of the year', 'turnover-reminders', '2017-02-01', ['turnover-reminders', 2017]],
    ['F82 once the last due date has passed, the year before', 'missing-turnovers', '2017-02-03', ['missing-turnovers', 2016]],
  ])('%s: %s of %s', async (_, job, date, asked) => expect(await askedOn(job, date)).toEqual([asked]));

  it.each([
    ['provisional-run', '2016-12-15'],
    ['regularisation-run', '2016-06-30'],
    ['ex-officio-run', '2016-09-01'],
    ['missing-turnovers', '2016-02-03'],
  ])('%s is owed once a year, on %s', (name, date) => {
    const calendar = jobs({} as never).find((one) => one.name === name)?.calendar;
    const days = Array.from({ length: 366 }, (_, rank) => Day.of('2016-01-01').plusDays(rank));
    expect(days.filter((day) => calendar?.includes(day)).map(({ iso }) => iso)).toEqual([date]);
  });
});
