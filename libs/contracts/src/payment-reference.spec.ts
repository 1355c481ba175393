import { AccountNumber } from '@isu/values';
import { paymentReferenceOf, readPaymentReference } from './payment-reference.js';

const account = AccountNumber.make('13', 12345).toString();

describe('ISO 11649 — the reference of a notice', () => {
  it.each(['2016-05', '2016-Q2', '2016-R1'])('F81 says the account and the instalment %s, and is read back', (instalment) => {
    const reference = paymentReferenceOf({ account, instalment });
    expect(reference).toMatch(/^RF\d{2}[0-9A-Z]{19}$/);
    expect(readPaymentReference(reference)).toEqual({ account, instalment });
    expect(readPaymentReference(reference.toLowerCase().replace(/(.{4})/g, '$1 '))).toEqual({ account, instalment });
  });

  it('F81 reads nothing from a reference whose key is wrong, or that is none of ours', () => {
    const reference = paymentReferenceOf({ account, instalment: '2016-05' });
    const lastDigit = reference.at(-1) === '5' ? '6' : '5';
    expect(readPaymentReference(`${reference.slice(0, -1)}${lastDigit}`)).toBeNull();
    expect(readPaymentReference('RF18539007547034')).toBeNull();
    expect(readPaymentReference('merci pour tout')).toBeNull();
  });
});
