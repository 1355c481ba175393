import { AccountNumber } from '@isu/values';
import { collaborationsOf } from './collaborations.js';

const [first, second, spouseAccount] = [1, 2, 3].map((rank) => AccountNumber.make('12', rank).toString()) as [string, string, string];
const said = (headAccount: string, option: 'third-of-pass' | 'shared-half', from: string, to?: string) => ({
  ...{ headAccount, spouseAccount, option, from },
  ...(to !== undefined && { to }),
});

describe('F61 — whose collaborating spouse somebody is', () => {
  it('shows each head with the bases by their days, and the end; another head begins anew', () =>
    expect(
      collaborationsOf([
        said(first, 'third-of-pass', '2016-05-01'),
        said(first, 'shared-half', '2020-01-01'),
        said(first, 'shared-half', '2016-05-01', '2020-06-30'),
        said(second, 'third-of-pass', '2021-01-01'),
      ]),
    ).toEqual([
      {
        ...{ headAccount: first, from: '2016-05-01', to: '2020-06-30' },
        options: [{ option: 'third-of-pass', from: '2016-05-01' }, { option: 'shared-half', from: '2020-01-01' }], // prettier-ignore
      },
      { headAccount: second, from: '2021-01-01', to: null, options: [{ option: 'third-of-pass', from: '2021-01-01' }] },
    ]));

  it('a choice that counts from the entry takes the place of the first base', () =>
    expect(collaborationsOf([said(first, 'third-of-pass', '2016-05-01'), said(first, 'shared-half', '2016-05-01')])).toMatchObject([
      { options: [{ option: 'shared-half', from: '2016-05-01' }] },
    ]));

  it('of nobody: none', () => expect(collaborationsOf([])).toEqual([]));
});
