import { ofAccount, read, type Led } from './led.spec-kit.js';
import type { Answer } from './money-house.spec-kit.js';
import { people } from './people.spec-kit.js';
import type { Wish } from './wishes.spec-kit.js';
import type { Words } from './words.spec-kit.js';

type Json = Answer['json'];

/** Two agents sign the refund that waits for them. */
export async function signRefund(led: Led): Promise<void> {
  for (const [by, as] of [
    ['first', people.agent],
    ['second', people.colleague],
  ] as const) {
    const { refunds } = await read(led, 'refunds');
    const refund = refunds.find(({ state }: Json) => state === 'to-approve')?.id;
    if (refund === undefined) return led.act('sign', { by, answered: 'none' });
    const answer = await led.house.ask('POST', ofAccount(led, 'refund-approvals'), { as, body: { refund } });
    led.act('sign', { by, answered: answer.json.code ?? answer.json.state });
  }
}

export async function refundComesBack(led: Led, { rejected }: Words): Promise<void> {
  const { refunds } = await read(led, 'refunds');
  const refund = refunds.find(({ state }: Json) => state === 'sent' || state === 'settled');
  if (!refund) return;
  const one = { endToEnd: `REMB-${led.account}-${String(refund.number)}`, amount: refund.amount, code: 'AC04' };
  rejected.set(refund.messageId, [...(rejected.get(refund.messageId) ?? []), one]);
  led.act('refund-back', { number: refund.number });
}

export async function askRemission(led: Led, { external, granted }: Wish & { do: 'ask-remission' }): Promise<void> {
  const decisions = ofAccount(led, 'surcharge-remission-decisions');
  const asked = await led.house.ask('POST', ofAccount(led, 'surcharge-remissions'), {
    as: people.agent,
    body: { reason: 'Maladie', externalEvent: external },
  });
  // One that waits for the board stays asked: nothing new is.
  if (asked.json.code === 'remission-asked') return;
  let answered = asked.json.code;
  if (asked.status < 300) {
    const body = { remission: asked.json.id, granted, reason: 'Vu le dossier' };
    const decided = await led.house.ask('POST', decisions, { as: people.colleague, body });
    answered = decided.json.code ?? decided.json.state;
    if (decided.status >= 300) await led.house.must('POST', decisions, { as: people.colleague, body: { ...body, granted: false } });
  }
  led.act('remission', { external, granted, answered });
}
