import type { DataFolder } from '@isu/isu';
import { keptSecret, keptSigningKey } from './secrets.js';

/** Who exchanges batches with the embedded system, which holds their private keys too, so that anybody may play them. */
const partnersOfTheDemonstration = ['urssaf', 'net-entreprises'] as const;

/** The people of the demonstration declare their turnovers themselves; where it is off, the portal of micro-entrepreneurs may be played too. */
export const partnersWhere = (demo: 'on' | 'off'): readonly string[] =>
  demo === 'on' ? partnersOfTheDemonstration : [...partnersOfTheDemonstration, 'autoentrepreneur'];

/** Keys and secrets of this folder, drawn at the first start and kept beside the data; `variables`: what the services are told of them and of the folder. */
export function keysOf(folder: DataFolder, names: readonly string[]) {
  const keyOf = (partner: string) => keptSigningKey(folder.within(`partner-${partner}.pem`));
  const partners = { urssaf: keyOf('urssaf'), 'net-entreprises': keyOf('net-entreprises') };
  const receipts = keptSigningKey(folder.within('receipts.pem'));
  return {
    shown: { partnerKey: partners.urssaf, netEntreprisesKey: partners['net-entreprises'].privatePem, receiptKey: receipts.publicPem },
    variables: {
      ISU_DATABASE_SECRET: keptSecret(folder.within('database.secret')),
      ISU_KEY_RING_FILE: folder.within('key-ring.json'),
      ISU_LETTERS_FOLDER: folder.within('letters'),
      ISU_BANK_FOLDER: folder.within('bank'),
      ISU_RECEIPT_KEY: receipts.privatePem,
      ISU_PARTNER_KEYS: JSON.stringify(Object.fromEntries(names.map((partner) => [partner, keyOf(partner).publicPem]))),
    },
  };
}
