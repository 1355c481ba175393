import { stateOf } from './account-parts.js';

const may = { id: '2016-05', dueOn: '2016-05-05', paid: '0', remaining: '768' };
const on = (today: string, standing: Parameters<typeof stateOf>[1]['standing']) => ({ today, standing });
const fine = { upToDate: 'yes', reasons: [] } as const;

describe('F29 — a due date, in a word', () => {
  it('to come, due today, paid in part, paid', () => {
    expect(stateOf(may, on('2016-05-04', fine))).toBe('to-come');
    expect(stateOf(may, on('2016-05-05', fine))).toBe('due');
    expect(stateOf({ ...may, paid: '100', remaining: '668' }, on('2016-05-04', fine))).toBe('partly-paid');
    expect(stateOf({ ...may, paid: '768', remaining: '0' }, on('2016-05-20', fine))).toBe('paid');
  });

  it('late is said of the instalments that the standing calls late', () => {
    const late = { code: 'instalment-late', instalment: '2016-05', dueOn: '2016-05-05', amount: '768', text: '' } as const;
    expect(stateOf(may, on('2016-05-20', { upToDate: 'no', reasons: [late] }))).toBe('late');
  });

  it('I5 a payment may be on its way: awaited, never late; so it is while nobody can judge', () => {
    const gap = { code: 'flow-gap', stream: 'flow/urssaf/payments', from: 4, to: 4, text: '' } as const;
    expect(stateOf(may, on('2016-05-20', { upToDate: 'unknown', reasons: [gap] }))).toBe('awaited');
    expect(stateOf(may, on('2016-05-20', null))).toBe('awaited');
  });

  it('nobody is late while we hold their money: an earlier credit covers it', () => {
    expect(stateOf(may, on('2016-05-20', fine))).toBe('covered');
  });
});
