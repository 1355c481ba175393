import { AccountNumber, Day } from '@isu/values';
import { acceptBySilence, decideAcre, requestAcre } from './acre-request.js';

const account = AccountNumber.make('26', 1).toString();
const ask = (today: string, complete = true) => requestAcre({ account, startedOn: '2016-01-01', complete }, Day.of(today));

describe('F61 — ACCRE (collection.md 1.7)', () => {
  it('is asked for until the 45th day: 1 January + 45 = 15 February', () => {
    expect(ask('2016-02-15')).toMatchObject({ requestedOn: '2016-02-15', decideBy: '2016-03-15', decision: null });
    expect(() => ask('2016-02-16')).toThrow(expect.objectContaining({ code: 'acre-too-late' }));
    expect(() => ask('2016-02-01', false)).toThrow(expect.objectContaining({ code: 'acre-incomplete' }));
  });

  it('is decided within a month of the receipt; after it, silence has accepted', () => {
    const request = ask('2016-01-31');
    expect(request.decideBy).toBe('2016-02-29');
    const refused = decideAcre(request, { granted: false, reason: 'Activité antérieure' }, Day.of('2016-02-29'));
    expect(refused).toMatchObject({ decision: 'refused', decidedOn: '2016-02-29', bySilence: false });
    expect(() => decideAcre(request, { granted: false, reason: 'Trop tard' }, Day.of('2016-03-01'))).toThrow(expect.objectContaining({ code: 'acre-decided' })); // prettier-ignore
    expect(acceptBySilence(request)).toMatchObject({ decision: 'granted', decidedOn: '2016-03-01', bySilence: true });
    expect(() => decideAcre(refused, { granted: true, reason: 'Encore' }, Day.of('2016-02-29'))).toThrow(expect.objectContaining({ code: 'acre-decided' })); // prettier-ignore
  });
});
