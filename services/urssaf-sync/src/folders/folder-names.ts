/** What a name in a partner's inbox says of a file. */
export type FileKind = 'batch' | 'receipt' | 'signature' | 'bank-file' | 'being-written' | 'strange';

/** The folder into which the channel with the bank lays what it brings: beside those of partners, and no partner's. */
export const bankFolder = 'bank';

const plain = /^[A-Za-z0-9][A-Za-z0-9._-]{0,119}$/;
const receiptPattern = /^([a-z][a-z-]{0,30})-(\d{9})\.receipt\.json$/;

/** By its name alone, and whose folder it lies in. Names that copying programs give to what they are still writing are left alone until they change. */
export function kindOf(name: string, owner: string): FileKind {
  if (name.startsWith('.') || /\.(?:part|tmp|filepart|writing)$/.test(name)) return 'being-written';
  if (!plain.test(name)) return 'strange';
  if (owner === bankFolder) return name.endsWith('.xml') ? 'bank-file' : 'strange';
  if (name.endsWith('.sig')) return 'signature';
  if (receiptPattern.test(name)) return 'receipt';
  return name.endsWith('.ndjson') ? 'batch' : 'strange';
}

/** Our batch, as its file is called: `assessments-000000013.ndjson`. */
export const nameOfBatch = ({ flow, number }: { flow: string; number: number }): string =>
  `${flow}-${String(number).padStart(9, '0')}.ndjson`;

/** Of which batch of ours a receipt is, by its name: `assessments-000000013.receipt.json`. */
export function batchOfReceipt(name: string): { readonly flow: string; readonly number: number } | null {
  const [, flow, number] = receiptPattern.exec(name) ?? [];
  return flow === undefined || number === undefined ? null : { flow, number: Number(number) };
}

/** Without its last ending: what comes back about a file is called by it. */
export const withoutEnding = (name: string): string => name.replace(/\.(?:ndjson|receipt\.json|xml)$/, '');
