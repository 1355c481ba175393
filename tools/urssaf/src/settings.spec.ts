import { generateKeyPairSync } from 'node:crypto';
import { NotForProduction, urssafSettings } from './settings.js';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const told = {
  ISU_URSSAF_DATABASE_URL: 'postgres://urssaf@127.0.0.1/urssaf',
  ISU_SYSTEM_URL: 'http://127.0.0.1:8080',
  ISU_URSSAF_KEY: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  ISU_RECEIPT_PUBLIC_KEY: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
};

describe('the simulated Urssaf never runs in production', () => {
  it.each([{ NODE_ENV: 'production' }, { ISU_ENV: 'production' }, { ISU_ENV: 'staging' }])('refuses with %j', (environment) => {
    expect(() => urssafSettings({ ...told, ...environment })).toThrow(NotForProduction);
  });

  it('starts on a developer’s machine', () => {
    expect(urssafSettings(told).systemUrl).toBe('http://127.0.0.1:8080');
  });

  it('refuses what is no key', () => {
    expect(() => urssafSettings({ ...told, ISU_URSSAF_KEY: 'secret' })).toThrow(/ISU_URSSAF_KEY/);
  });
});
