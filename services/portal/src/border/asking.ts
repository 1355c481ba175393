import { unavailable } from '@isu/chassis';
import { Unanswered, type Question, type Services, type Voice } from '../questions/services.js';
import { refuse } from '../refusals.js';

/** Why urssaf-sync did not do what was asked, where the desk can say it in its own words. */
const relayed = [
  'own-proposal',
  'money-settled',
  'proposal-pending',
  'proposal-decided',
  'anomaly-closed',
  'correction-without-payment',
  'batch-acknowledged',
  'batch-lost',
] as const;

/** Asks, and refuses in the portal's words what was refused. */
export async function asking<T>(services: Services, question: Question, voice: Voice): Promise<T> {
  try {
    return await services.ask<T>(question, voice);
  } catch (fault) {
    throw refusalOf(fault);
  }
}

function refusalOf(fault: unknown): unknown {
  if (!(fault instanceof Unanswered)) return fault;
  const known = relayed.find((code) => code === fault.code);
  if (known !== undefined) return refuse(known);
  if (fault.status === 403) return refuse('not-for-you');
  return fault.status === 404 ? refuse('not-found') : unavailable();
}
