import { ConfigurationRefused, readSettings } from '@isu/chassis';
import { examplePartnerKeys, exampleReceiptKey, UrssafSyncSettings } from './settings.js';

const production = { ISU_ENV: 'production' };
const wrongIn = (variables: Record<string, string>): string[] => {
  try {
    readSettings(UrssafSyncSettings, variables);
    return [];
  } catch (error) {
    return error instanceof ConfigurationRefused ? error.wrong.map(({ variable }) => variable) : [String(error)];
  }
};

describe('the settings of urssaf-sync', () => {
  it('uses the published keys in development only', () => {
    expect(wrongIn({})).toEqual([]);
    expect(wrongIn(production)).toEqual(expect.arrayContaining(['ISU_RECEIPT_KEY', 'ISU_PARTNER_KEYS']));
    expect(wrongIn({ ...production, ISU_RECEIPT_KEY: exampleReceiptKey, ISU_PARTNER_KEYS: examplePartnerKeys })).toEqual(
      expect.arrayContaining(['ISU_RECEIPT_KEY', 'ISU_PARTNER_KEYS']),
    );
  });

  it.each(['nonsense', '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----'])('refuses a receipt key that is none: %s', (key) => {
    expect(wrongIn({ ISU_RECEIPT_KEY: key })).toEqual(['ISU_RECEIPT_KEY']);
  });

  it.each(['nonsense', '[]x', '{"urssaf":"x"}', '{"Urssaf/../":""}', 'null'])('refuses partner keys that are none: %s', (keys) => {
    expect(wrongIn({ ISU_PARTNER_KEYS: keys })).toEqual(['ISU_PARTNER_KEYS']);
  });
});
