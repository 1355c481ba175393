import { readFileSync } from 'node:fs';
import { KeyRing } from '../security/protection/key-ring.js';
import { ConfigurationRefused } from './settings.js';
import type { ServiceSettings } from './service-settings.js';

/** The keys of protected fields, from the file that the settings name. Made at the first start in development, and nowhere else. */
export function keyRingOf({ environment, keyRingFile }: ServiceSettings): KeyRing {
  try {
    return environment === 'development' ? KeyRing.openOrCreate(keyRingFile) : KeyRing.parse(readFileSync(keyRingFile, 'utf8'));
  } catch {
    throw new ConfigurationRefused([
      { variable: 'ISU_KEY_RING_FILE', accepted: 'un trousseau de clés lisible (libs/chassis/src/security/README.md)' },
    ]);
  }
}
