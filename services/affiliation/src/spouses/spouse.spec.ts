import { AccountNumber, Day } from '@isu/values';
import type { ChangeDraft, PersonChange } from '../history/person-change.js';
import { chooseOption, endSpouse, linkSpouse, spousesOf, type SpouseDemand } from './spouse.js';

const [head, spouse] = [AccountNumber.make('12', 1).toString(), AccountNumber.make('12', 2).toString()];
const after = (changes: readonly PersonChange[], drafts: readonly ChangeDraft[]): PersonChange[] => [
  ...changes,
  ...drafts.map((draft, rank) => ({
    ...draft,
    version: changes.length + rank + 1,
    learnedAt: '2016-05-20T08:00:00.000Z',
    by: { sub: 'rsi:12', organisation: 'rsi', role: 'agent' },
  })),
];
const at = (changes: readonly PersonChange[], today = '2016-05-20') => ({
  account: head,
  changes,
  today: Day.of(today),
  correlation: head,
});
const demand: SpouseDemand = {
  ...{ spouseAccount: spouse, bond: 'pacs', employees: 19, from: Day.of('2016-05-01'), option: null, reason: 'Mention au registre' },
};
const linked = after([], linkSpouse(demand, at([])).changes);
const choose = (option: 'half-of-income' | 'shared-third', today: string, changes = linked) =>
  chooseOption({ option, reason: 'Choix écrit' }, at(changes, today));

describe('F61 — conjoint collaborateur (CSS D. 633-19-2; collection.md 1.4)', () => {
  it('without a choice, cotises on a third of the PASS; the other services hear the option, not the name', () => {
    expect(linkSpouse(demand, at([])).facts[0]).toMatchObject({
      type: 'affiliation.spouse-linked.v1',
      data: { spouseAccount: spouse, option: 'third-of-pass', from: '2016-05-01' },
    });
  });

  it('a choice within 60 days of the entry counts from the entry: 1 May + 60 = 30 June', () => {
    expect(choose('half-of-income', '2016-06-30').facts[0]?.data).toMatchObject({ option: 'half-of-income', from: '2016-05-01' });
  });

  it('later, the option is kept three years, and another is chosen before 1 December for the next year', () => {
    expect(() => choose('half-of-income', '2016-07-01')).toThrow(expect.objectContaining({ code: 'option-kept' }));
    expect(choose('half-of-income', '2019-11-30').facts[0]?.data).toMatchObject({ from: '2020-01-01' });
    expect(choose('half-of-income', '2019-12-01').facts[0]?.data).toMatchObject({ from: '2021-01-01' });
  });

  it('shows every option with its day, and the end', () => {
    const chosen = after(linked, choose('shared-third', '2019-11-30').changes);
    const ended = after(chosen, endSpouse({ on: Day.of('2020-06-30'), reason: 'Divorce' }, at(chosen, '2020-07-01')).changes);
    expect(spousesOf(ended)).toEqual([
      {
        ...{ spouseAccount: spouse, from: '2016-05-01', to: '2020-06-30' },
        options: [{ option: 'third-of-pass', from: '2016-05-01' }, { option: 'shared-third', from: '2020-01-01' }], // prettier-ignore
      },
    ]);
    expect(endSpouse({ on: Day.of('2020-06-30'), reason: 'Divorce' }, at(chosen)).facts[0]?.data).toEqual({
      ...{ spouseAccount: spouse, option: 'shared-third', from: '2016-05-01', to: '2020-06-30' },
    });
  });

  it.each<[string, string, () => unknown]>([
    ['twenty employees', 'too-many-employees', () => linkSpouse({ ...demand, employees: 20 }, at([]))],
    ['the head', 'spouse-is-head', () => linkSpouse({ ...demand, spouseAccount: head }, at([]))],
    ['a second spouse', 'spouse-linked', () => linkSpouse(demand, at(linked))],
    ['an option without a spouse', 'no-spouse', () => choose('half-of-income', '2016-05-20', [])],
    ['the option in force', 'nothing-changes', () => chooseOption({ option: 'third-of-pass', reason: 'Choix' }, at(linked))],
    ['an end before the entry', 'end-before-start', () => endSpouse({ on: Day.of('2016-04-30'), reason: 'x' }, at(linked))],
  ])('I8 refuses %s', (_, code, act) => expect(act).toThrow(expect.objectContaining({ code })));
});
