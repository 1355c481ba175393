import type { AccountView, Standing } from '@isu/account';
import type { Author, Vector } from '@isu/contracts';
import { AccountNumber, InvalidValue } from '@isu/values';
import { exitCodes, WrongUsage, type ExitCode } from '../exit-codes.js';
import { SaidNo, type Answer, type Asker, type SystemClient } from '../system-client.js';
import { jsonLine, type Terminal } from '../terminal/terminal.js';
import { agreementOf, type Agreement, type MissingFacts, type ServiceView } from './agreement.js';
import { pullFacts, shortType } from './facts.js';
import { printedAccount } from './printed.js';

/** The services that fold the account from their own copy of the facts. */
export const viewingServices = ['collection', 'benefits', 'urssaf-sync'] as const satisfies readonly Author[];

const reader: Asker = { role: 'agent-national', org: 'rsi', purpose: 'Consultation par la ligne de commande isu' };

/** What `benefits` says of the rights, as far as it is shown here. */
export interface RightsSummary {
  readonly upToDate: { readonly value: 'yes' | 'no' | 'unknown'; readonly reasons: readonly { readonly text: string }[] };
  readonly quartersValidated: number;
  readonly quartersPossible: number;
}

export interface NamedFact {
  readonly seq: number;
  readonly type: string;
  readonly effectiveOn: string;
}

/** A stretch of missing facts with their names, as far as their keeper tells them. */
export interface NamedMissing extends MissingFacts {
  readonly facts: readonly NamedFact[];
}

export interface AccountShown {
  readonly account: string;
  readonly agreement: Agreement & { readonly missing: readonly NamedMissing[] };
  readonly services: readonly { readonly service: Author; readonly vector: Vector; readonly fingerprint: string | null }[];
  /** As one service shows it: the one that rests on the most facts. */
  readonly view: AccountView;
  readonly standing: Standing | null;
  readonly rights: RightsSummary | null;
}

/** `isu account`: the consolidated account as three services show it, and whether they agree. */
export async function accountCommand(
  number: string,
  { json }: { readonly json?: boolean },
  { client, terminal }: { client: SystemClient; terminal: Terminal },
): Promise<ExitCode> {
  const account = readAccount(number);
  const views = await Promise.all(viewingServices.map((service) => viewOf(client, service, account)));
  const fullest = views.reduce((best, view) => (size(view) > size(best) ? view : best));
  if (size(fullest) === 0) throw new SaidNo(404, { code: 'not-found', detail: `Aucun service ne connaît le compte ${account}.` });
  const agreement = agreementOf(views);
  const shown: AccountShown = {
    account,
    agreement: { ...agreement, missing: await Promise.all(agreement.missing.map((stretch) => named(client, account, stretch))) },
    services: views.map(({ service, vector, fingerprint }) => ({ service, vector, fingerprint })),
    view: JSON.parse(fullest.bytes) as AccountView,
    standing: (await unlessUnknown(client.get<Standing>(`/api/${fullest.service}/v1/accounts/${account}/standing`, reader)))?.body ?? null,
    rights: (await unlessUnknown(client.get<RightsSummary>(`/api/benefits/v1/accounts/${account}/rights`, reader)))?.body ?? null,
  };
  await terminal.write(json ? jsonLine(shown) : printedAccount(shown));
  return agreement.agrees ? exitCodes.ok : exitCodes.disagreement;
}

function readAccount(number: string): string {
  try {
    return AccountNumber.of(number.replace(/\s/gu, '')).toString();
  } catch (error) {
    if (error instanceof InvalidValue) throw new WrongUsage(`numéro de compte refusé ; accepté : ${error.accepted}`);
    throw error;
  }
}

/** A service that has not heard of the account yet rests on no fact at all. */
export async function viewOf(client: SystemClient, service: Author, account: string): Promise<ServiceView> {
  const answer = await unlessUnknown(client.get<AccountView>(`/api/${service}/v1/accounts/${account}/view`, reader));
  if (!answer) return { service, vector: {}, fingerprint: null, bytes: '' };
  return { service, vector: answer.body.vector, fingerprint: answer.body.fingerprint, bytes: answer.text };
}

async function unlessUnknown<T>(asked: Promise<Answer<T>>): Promise<Answer<T> | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof SaidNo && error.status === 404) return null;
    throw error;
  }
}

const size = ({ vector }: ServiceView): number => Object.values(vector).reduce((sum, seq) => sum + seq, 0);

/** At most this many facts of a stretch are named one by one: a service that is far behind is told by numbers. */
const mostNamed = 20;

async function named(client: SystemClient, account: string, stretch: MissingFacts): Promise<NamedMissing> {
  const { author, from, to, heldBy } = stretch;
  const facts: NamedFact[] = [];
  for await (const fact of pullFacts(client, heldBy, { author, stream: account, from, to: Math.min(to, from + mostNamed - 1) })) {
    facts.push({ seq: fact.seq, type: shortType(fact.type), effectiveOn: fact.effectiveon });
  }
  return { ...stretch, facts };
}
