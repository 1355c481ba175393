import { Day } from '@isu/values';
import { returnReasonOf } from './return-reason.js';

const on = Day.of('2016-05-20');

describe('F32 — what is done about a debit that comes back, by the reason of the bank', () => {
  it.each([
    ['AM04', 'carry'],
    ['AM01', 'carry'],
    ['MS03', 'carry'],
    ['AC01', 'suspend-mandate'],
    ['AC04', 'suspend-mandate'],
    ['RC01', 'suspend-mandate'],
    ['MD01', 'revoke-mandate'],
    ['MD02', 'revoke-mandate'],
    ['MD06', 'reopen'],
    ['MD07', 'freeze-account'],
    ['MS02', 'leave-unpaid'],
    ['SL01', 'leave-unpaid'],
    ['FF01', 're-present'],
    ['ED05', 're-present'],
  ])('%s: %s', (code, action) => expect(returnReasonOf(code, on)).toMatchObject({ code, action, isKnown: true }));

  it('reads the code before the words of the bank', () => {
    expect(returnReasonOf('AC04 compte clos', on)).toMatchObject({ code: 'AC04', action: 'suspend-mandate' });
  });

  it('makes nobody pay for a code that it does not know, nor calls it ours', () => {
    expect(returnReasonOf('ZZ99', on)).toEqual({ code: 'ZZ99', action: 're-present', isKnown: false, isOurFault: false });
    expect(returnReasonOf('impayé', on)).toMatchObject({ action: 're-present', isKnown: false });
  });

  it('is ours when the format or the chain of banks failed, and nothing else is', () => {
    const ours = 'AM04 AC04 MD06 MD07 MS02 FF01 AG02 FOCR DNOR CNOR ED05'.split(' ').filter((code) => returnReasonOf(code, on).isOurFault);
    expect(ours).toEqual(['FF01', 'AG02', 'FOCR', 'DNOR', 'CNOR', 'ED05']);
  });
});
