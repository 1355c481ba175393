import {
  faultsOf,
  isObject,
  isWrongEncoding,
  lineFields,
  parseStrictJson,
  UnacceptableJson,
  type Field,
  type FileFault,
  type JsonObject,
} from '@isu/chassis';
import { Money } from '@isu/values';
import type { Receipt } from '../receipts/receipt.js';
import { outcomes, type LineOutcomes } from '../placing/outcome.js';
import type { OutgoingBatch } from './outgoing-batch.table.js';
import type { SaidOfLines } from './outgoing-line.table.js';

/** What a partner's receipt says of a batch of ours, or all that is wrong with it. */
export type ReadAcknowledgement =
  | { readonly said: readonly SaidOfLines[]; readonly accepted: number; readonly refused: number }
  | { readonly faults: readonly FileFault[] };

const { digest, oneOf, optional, signedAmount, text, whole } = lineFields;

/** A receipt of a million lines, each with an outcome of its own, is not longer. */
export const longestReceiptBytes = 16 * 1024 * 1024;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const highest = 999_999_999;

const run = {
  from: whole(2, highest),
  to: whole(2, highest),
  outcome: oneOf(outcomes),
  reason: optional(text(140)),
  count: whole(1, highest),
  total: signedAmount,
} satisfies Record<keyof LineOutcomes, Field>;

const batch = { partner: text(31), flow: text(31), number: whole(1, highest), name: text(70) } satisfies Record<
  keyof Receipt['batch'],
  Field
>;

const shaped = (shape: Readonly<Record<string, Field>>) => (value: unknown) => isObject(value) && faultsOf(value, shape).length === 0;

const receipt = {
  format: oneOf(['isu-receipt/1']),
  batch: { code: 'batch-malformed', accepted: 'le lot : partner, flow, number, name', holds: shaped(batch) },
  digest,
  outcome: oneOf(['accepted']),
  count: whole(0, highest),
  total: signedAmount,
  lines: {
    code: 'lines-malformed',
    accepted: 'une liste de suites de lignes {"from","to","outcome","reason"?,"count","total"}',
    holds: (value: unknown) => Array.isArray(value) && value.every(shaped(run)),
  },
} satisfies Record<keyof Receipt, Field>;

/** Reads a receipt that is signed as it should be: that it is one, that it is of this batch, and that its lines add up to it (R10). */
export function readAcknowledgement(bytes: Uint8Array, sent: OutgoingBatch): ReadAcknowledgement {
  const read = parsed(bytes);
  if (!('receipt' in read)) return { faults: [read] };
  const faults = faultsOf(read.receipt, receipt);
  if (faults.length > 0) return { faults: faults.map((fault) => ({ line: null, ...fault })) };
  const told = read.receipt as unknown as Receipt;
  const amiss = otherBatch(told, sent) ?? linesAmiss(told.lines, sent);
  if (amiss) return { faults: [amiss] };
  const said = told.lines.map(saidOf);
  const refused = told.lines.filter((line) => saidOf(line).outcome === 'refused').reduce((sum, { count }) => sum + count, 0);
  return { said, accepted: sent.count - refused, refused };
}

function parsed(bytes: Uint8Array): { readonly receipt: JsonObject } | FileFault {
  try {
    const value = parseStrictJson(utf8.decode(bytes));
    return isObject(value) ? { receipt: value } : faultOf('', 'receipt-malformed', 'un objet JSON');
  } catch (error) {
    if (error instanceof UnacceptableJson) return faultOf('', error.code, error.accepted);
    if (isWrongEncoding(error)) return faultOf('', 'encoding', 'de l’UTF-8 sans marque d’ordre des octets');
    throw error;
  }
}

function otherBatch(told: Receipt, sent: OutgoingBatch): FileFault | null {
  const { partner, flow, number } = told.batch;
  if (partner !== sent.partner || flow !== sent.flow || number !== sent.number)
    return faultOf('batch', 'other-batch', 'le lot de l’adresse : partenaire, flux et numéro');
  if (told.digest !== sent.digest) return faultOf('digest', 'digest-differs', 'l’empreinte du lot que nous avons envoyé');
  if (told.count !== sent.count) return faultOf('count', 'count-differs', `${String(sent.count)}, le nombre de lignes du lot`);
  return Money.of(told.total).equals(sent.total) ? null : faultOf('total', 'control-total-differs', 'le total de contrôle du lot');
}

/** The runs follow each other from the first record to the last, and add up to the batch. */
function linesAmiss(lines: readonly LineOutcomes[], { count, total }: OutgoingBatch): FileFault | null {
  let next = 2;
  for (const line of lines) {
    if (line.from !== next || line.to < line.from || line.count !== line.to - line.from + 1)
      return faultOf('lines', 'lines-do-not-follow', 'des suites de lignes qui se suivent, de la ligne 2 à la dernière');
    next = line.to + 1;
  }
  if (next !== count + 2) return faultOf('lines', 'lines-do-not-add-up', `${String(count)} lignes en tout`);
  const sum = Money.sum(lines.map((line) => Money.of(line.total)));
  return sum.equals(total) ? null : faultOf('lines', 'totals-do-not-add-up', 'le total de contrôle du lot, au centime');
}

/** What they keep, or knew already, they have; the rest is ours to put right. */
const saidOf = ({ from, to, outcome, reason }: LineOutcomes): SaidOfLines => ({
  from,
  to,
  outcome: outcome === 'refused' || outcome === 'conflict' ? 'refused' : 'accepted',
  reason: reason ?? (outcome === 'conflict' ? 'conflict' : null),
});

const faultOf = (field: string, code: string, accepted: string): FileFault => ({ line: null, field, code, accepted });
