import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from '@isu/chassis';
import type { DataFolder } from '@isu/isu';
import type { BusinessClock } from '@isu/values';
import { keptSecret, keptSigningKey } from '../secrets.js';
import { misbehaviours, type Misbehaviour } from './misbehaviours.js';
import { OrderBook } from './orders.js';
import { ordersPage, paymentPage, settledPage, style } from './page.js';
import { choices, SimulatedProvider, type Choice } from './provider.js';

interface ProviderWanted {
  readonly folder: DataFolder;
  readonly systemUrl: string;
  readonly port: number;
  /** Where people may be sent back to. */
  readonly origins: readonly string[];
  readonly clock: BusinessClock;
  readonly log: Logger;
}

export interface ProviderBeside {
  readonly url: string;
  /** What the services are told of it. */
  readonly variables: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

const largestBody = 4 * 1024;

/** The simulated payment provider, on a port of its own: never in a production image, which holds none of the embedded system. */
export async function openPaymentProvider({ folder, systemUrl, port, origins, clock, log }: ProviderWanted): Promise<ProviderBeside> {
  if (process.env['NODE_ENV'] === 'production') throw new Error('Le prestataire de paiement simulé ne démarre qu’en développement.');
  const [merchant, own] = [keptSigningKey(folder.within('payment-orders.pem')), keptSigningKey(folder.within('payment-provider.pem'))];
  const token = keptSecret(folder.within('payment-provider.secret'));
  const provider = new SimulatedProvider({
    book: new OrderBook(folder.within('payment-provider.json')),
    key: own.privateKey,
    merchantKey: merchant.publicPem,
    notifyUrl: `${systemUrl}/api/urssaf-sync/v1/online-payments/notifications`,
    clock,
    log,
  });
  const door: Door = { provider, token, origins };
  const server = createServer((request, response) => {
    handle(door, request, response).catch((error: unknown) => {
      log.error({ error }, 'the simulated payment provider failed');
      if (!response.headersSent) response.writeHead(500).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  return {
    url,
    variables: {
      ISU_PAYMENT_PAGE_URL: `${url}/payer`,
      ISU_PAYMENT_ORDER_KEY: merchant.privatePem,
      ISU_PAYMENT_PROVIDER_URL: url,
      ISU_PAYMENT_PROVIDER_KEY: own.publicPem,
      ISU_PAYMENT_PROVIDER_TOKEN: token,
    },
    stop: async () => {
      provider.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Door {
  readonly provider: SimulatedProvider;
  readonly token: string;
  readonly origins: readonly string[];
}

async function handle(door: Door, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [path = '', query = ''] = (request.url ?? '/').split('?', 2);
  if (request.method === 'GET' && path === '/') return show(door, response, ordersPage(door.provider.orders));
  if (path === '/payer') return pay(door, query, request, response);
  const order = /^\/orders\/([0-9a-f-]{36})$/.exec(path)?.[1];
  if (request.method === 'GET' && order !== undefined) return state(door, order, request, response);
  response.writeHead(404).end();
}

async function pay(door: Door, query: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const order = door.provider.orderIn(query);
  if (order === null) return show(door, response, '<h1>Ordre refusé</h1><p>La signature de cet ordre ne tient pas.</p>', 400);
  const back = backTo(door, query, order.order);
  if (request.method === 'POST') {
    const form = new URLSearchParams(await read(request));
    const [choice, wrong] = [form.get('choice') ?? '', form.get('misbehaviour') ?? ''];
    if (!choices.includes(choice as Choice)) return show(door, response, '<h1>Demande non comprise</h1>', 400);
    door.provider.choose(order, choice as Choice, Object.hasOwn(misbehaviours, wrong) ? (wrong as Misbehaviour) : null);
    if (back !== null) return void response.writeHead(303, { location: back }).end();
  }
  const now = door.provider.find(order.order) ?? order;
  show(door, response, door.provider.isPayable(now) ? paymentPage(now, `/payer?${query}`) : settledPage(now, back));
}

/** Only to a page of the merchant's: whoever made the address may have written anything behind the signature. */
function backTo({ origins }: Door, query: string, order: string): string | null {
  const wanted = new URLSearchParams(query).get('retour');
  if (wanted === null || !URL.canParse(wanted)) return null;
  const url = new URL(wanted);
  if (!origins.includes(url.origin)) return null;
  url.searchParams.set('ordre', order);
  return url.toString();
}

function state({ provider, token }: Door, order: string, request: IncomingMessage, response: ServerResponse): void {
  const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();
  const shown = digestOf(request.headers.authorization ?? '');
  if (!timingSafeEqual(shown, digestOf(`Bearer ${token}`))) return void response.writeHead(401).end();
  const known = provider.find(order);
  if (!known) return void response.writeHead(404).end();
  const { body, signature } = provider.answer(known);
  response.writeHead(200, { 'content-type': 'application/json', 'isu-provider-signature': signature }).end(body);
}

async function read(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const part of request as AsyncIterable<Buffer>) {
    body += part.toString();
    if (body.length > largestBody) throw new Error('The form is too long.');
  }
  return body;
}

/** A form that is sent leads back to the merchant: browsers hold the address that it leads to against the policy, too. */
function show({ origins }: Door, response: ServerResponse, main: string, status = 200): void {
  const digest = createHash('sha256').update(style).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${digest}'; form-action 'self' ${origins.join(' ')}; frame-ancestors 'none'; base-uri 'none'`;
  response.writeHead(status, {
    ...{ 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy, 'cache-control': 'no-store' },
    ...{ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' },
  });
  response.end(
    `<!doctype html><html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Prestataire de paiement simulé</title><style>${style}</style></head><body><main>${main}</main></body></html>`,
  );
}
