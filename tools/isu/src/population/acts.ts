import type { AccountView } from '@isu/account';
import { paymentReferenceOf } from '@isu/contracts';
import { Money } from '@isu/values';
import type { Draw } from '../draw.js';
import { SaidNo, SystemUnreachable, type SystemClient } from '../system-client.js';
import { activityOf } from './declaring.js';
import { agent, type Inhabitant } from './moving-in.js';

/** What people do, one thing at a time, through the doors that everybody uses. */
export const actKinds = ['payment', 'declaration', 'turnover', 'contact', 'periodicity', 'estimate'] as const;
export type ActKind = (typeof actKinds)[number];
export type ActOutcome = 'done' | 'refused' | 'nothing';

export interface Doors {
  readonly client: SystemClient;
  /** The business day of the system. */
  readonly date: string;
  /** The address of the simulated Urssaf; without it nobody pays. */
  readonly partner: string | null;
  /** Of this run: nothing that it does is what an earlier run did. */
  readonly run: string;
}

/** What this person does next: of ten acts, six are payments. A micro-entrepreneur tells turnovers, the others incomes. */
export function nextAct({ person }: Inhabitant, draw: Draw, canPay: boolean): ActKind {
  const isMicro = person.regime === 'micro-social';
  const place = draw(10);
  if (canPay && place < 6) return 'payment';
  if (place < 8) return isMicro ? 'turnover' : 'declaration';
  if (place < 9) return 'contact';
  return isMicro || draw(2) === 0 ? 'periodicity' : 'estimate';
}

/** A refusal is an answer like another: an estimate of somebody who may make none, a turnover told twice. */
export async function act(kind: ActKind, inhabitant: Inhabitant, doors: Doors, draw: Draw): Promise<ActOutcome> {
  try {
    if (kind === 'payment') return await pay(inhabitant, doors, draw);
    await says[kind](inhabitant, doors, draw);
    return 'done';
  } catch (error) {
    if (error instanceof SaidNo && error.status < 500) return 'refused';
    throw error;
  }
}

type Saying = (inhabitant: Inhabitant, doors: Doors, draw: Draw) => Promise<unknown>;

const yearOf = (date: string): number => Number(date.slice(0, 4));
/** The last quarter that is over. */
const quarterBefore = (date: string): string => {
  const quarter = Math.floor((Number(date.slice(5, 7)) - 1) / 3);
  return quarter === 0 ? `${String(yearOf(date) - 1)}-Q4` : `${String(yearOf(date))}-Q${String(quarter)}`;
};
const periodicities = ['monthly-5', 'monthly-20', 'quarterly'] as const;

const says: Readonly<Record<Exclude<ActKind, 'payment'>, Saying>> = {
  declaration: ({ account, person }, { client, date, run }, draw) => {
    const year = yearOf(date) - 1;
    const amount = String(Number(person.income(year)) + draw(500));
    return client.post(`/api/collection/v1/accounts/${account}/incomes`, {
      as: agent,
      json: { year, amount, source: 'net-entreprises' },
      key: `${run}-${account}-${String(year)}-${amount}`,
    });
  },
  turnover: ({ account, person }, { client, date }) => {
    const period = quarterBefore(date);
    return client.post(`/api/collection/v1/accounts/${account}/turnovers`, {
      as: agent,
      json: { period, activity: activityOf(person.register), amount: person.turnover(period), source: 'agent' },
    });
  },
  contact: ({ account }, { client }, draw) =>
    client.ask('PUT', `/api/affiliation/v1/insured-persons/${account}/contact`, {
      as: agent,
      json: { address: `${String(1 + draw(200))} rue des Essais, ${String(10_000 + draw(80_000))} Ville` },
    }),
  periodicity: ({ account }, { client }, draw) =>
    client.ask('PUT', `/api/collection/v1/accounts/${account}/periodicity`, {
      as: agent,
      json: { periodicity: periodicities[draw(periodicities.length)] },
    }),
  estimate: ({ account, person }, { client, date }, draw) =>
    client.post(`/api/collection/v1/accounts/${account}/estimates`, {
      as: agent,
      json: { year: yearOf(date), amount: String(Math.max(0, Number(person.income(yearOf(date))) + draw(500))), source: 'agent' },
    }),
};

/** The oldest instalment that is not paid, whole, or half of it one time in eight; banked by the simulated Urssaf, told with its next batch. */
async function pay({ account }: Inhabitant, { client, date, partner, run }: Doors, draw: Draw): Promise<ActOutcome> {
  if (partner === null) return 'nothing';
  const { body } = await client.get<AccountView>(`/api/collection/v1/accounts/${account}/view`, agent);
  const owed = body.book.instalments.find(({ remaining }) => Money.of(remaining).isPositive);
  if (!owed) return 'nothing';
  const remaining = Money.of(owed.remaining);
  const paid = draw(8) === 0 ? remaining.dividedBy(2).roundedToCent() : remaining;
  const reference = `${run}-${account}-${owed.id}-${String(draw(1_000_000))}`;
  await askPartner(partner, '/payments', {
    ...{ reference, account, amount: paid.toString(), valueOn: date, means: owed.means },
    paymentReference: paymentReferenceOf({ account, instalment: owed.id }),
  });
  return 'done';
}

export async function askPartner(partner: string, path: string, json: object): Promise<void> {
  const answer = await fetch(`${partner}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(json),
  }).catch(({ cause }: { cause?: { code?: string } }) => {
    throw new SystemUnreachable(`L’Urssaf simulée ne répond pas à ${partner}${path} (${cause?.code ?? 'sans cause connue'}).`);
  });
  if (!answer.ok) throw new SaidNo(answer.status, { detail: `L’Urssaf simulée n’a pas pris ${path}.` });
}
