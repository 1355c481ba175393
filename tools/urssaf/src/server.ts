import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { page, style, type UrssafState } from './page.js';
import { dayOf, misbehaviourOf, NotUnderstood, paymentOf, reversalOf, switchOf, textOf } from './requests.js';
import type { SimulatedUrssaf } from './urssaf.js';

type Form = Readonly<Record<string, unknown>>;
type Act = (urssaf: SimulatedUrssaf, form: Form) => Promise<unknown>;

/** Everything that can be asked of it, by POST, as JSON or by the forms of its page. */
const acts: Readonly<Record<string, Act>> = {
  '/payments': async ({ books }, form) => books.bank(paymentOf(form), dayOf(form, 'valueOn')),
  '/reversals': async ({ books }, form) => books.bank(reversalOf(form), dayOf(form, 'valueOn')),
  '/batches': (urssaf, form) => urssaf.writeDay(dayOf(form, 'businessDate'), misbehaviourOf(form)),
  '/sendings': (urssaf) => urssaf.release(),
  '/link': async ({ conduct }, form) => void (conduct.link = switchOf(form, 'link', ['open', 'cut'])),
  '/retries': async ({ conduct }, form) => void (conduct.retries = switchOf(form, 'retries', ['on', 'off'])),
  '/acknowledgements': async ({ conduct }, form) => void (conduct.acknowledgements = switchOf(form, 'acknowledgements', ['on', 'off'])),
  '/calendar': async ({ conduct }, form) => void (conduct.calendar = switchOf(form, 'calendar', ['kept', 'by-hand'])),
  '/strangers': ({ told }, form) => told.makeStranger(textOf(form, 'account'), switchOf(form, 'stranger', ['on', 'off']) === 'on'),
  '/listenings': (urssaf) => urssaf.listen(),
  '/balances': (urssaf, form) => urssaf.writeBalances(dayOf(form, 'businessDate')),
  '/restorations': async ({ books, told }, form) => {
    await books.restore(dayOf(form, 'asOf'));
    await told.restore(dayOf(form, 'asOf'));
  },
  '/bank-readings': ({ books }) => books.readBank(),
  '/nonces': (urssaf, form) => urssaf.answer(textOf(form, 'nonce')),
};

export const actPaths: readonly string[] = Object.keys(acts);
/** Whoever asks this by a form wants to read the answer. */
const toBeRead: readonly string[] = ['/nonces'];

const largestBody = 64 * 1024;

/** The port of the simulated Urssaf, for whoever sits at this machine: REST, and a page that does the same. */
export async function serve(urssaf: SimulatedUrssaf, port: number): Promise<{ readonly url: string; readonly server: Server }> {
  const server = createServer(
    (request, response) => void handle(urssaf, request, response).catch((fault: unknown) => failed(response, fault)),
  );
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, server };
}

async function handle(urssaf: SimulatedUrssaf, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
  if (request.method === 'GET' && path === '/') return showPage(response, await stateOf(urssaf));
  if (request.method === 'GET' && path === '/state') return sendJson(response, 200, await stateOf(urssaf));
  const act = request.method === 'POST' && Object.hasOwn(acts, path) ? acts[path] : undefined;
  // A page of somewhere else may post a form here; its browser says where it comes from.
  if (!act || isForeign(request)) return sendJson(response, 404, { title: 'Page inconnue' });
  const body = await read(request);
  // `curl -d` calls everything a form.
  const isForm = /^application\/x-www-form-urlencoded/.test(request.headers['content-type'] ?? '') && !body.startsWith('{');
  const done = await act(urssaf, isForm ? Object.fromEntries(new URLSearchParams(body)) : formOf(body));
  if (isForm && !toBeRead.includes(path)) response.writeHead(303, { location: '/' }).end();
  else sendJson(response, 200, done ?? {});
}

const isForeign = ({ headers }: IncomingMessage): boolean =>
  headers.origin !== undefined && headers.origin !== `http://${headers.host ?? ''}`;

async function stateOf({ books, told, conduct }: SimulatedUrssaf): Promise<UrssafState> {
  const [movements, batches, heard, balances] = [
    await books.movements(),
    await books.batches(),
    await told.told(),
    await told.balancesBatches(),
  ];
  return {
    ...conduct,
    movements,
    batches,
    told: heard.map(({ receipt: _, ...batch }) => batch),
    balances: balances.map(({ content: _, ...batch }) => batch),
  };
}

async function read(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const part of request as AsyncIterable<Buffer>) {
    body += part.toString();
    if (body.length > largestBody) throw new NotUnderstood('La demande est trop longue.');
  }
  return body;
}

function formOf(body: string): Form {
  try {
    const form: unknown = JSON.parse(body === '' ? '{}' : body);
    if (typeof form === 'object' && form !== null && !Array.isArray(form)) return form as Form;
  } catch {
    // Said below: what is no JSON and what is no object are one fault.
  }
  throw new NotUnderstood('On attend un objet JSON.');
}

function showPage(response: ServerResponse, state: UrssafState): void {
  const digest = createHash('sha256').update(style).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${digest}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`;
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy, 'cache-control': 'no-store' });
  response.end(
    `<!doctype html><html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>L’Urssaf simulée</title><style>${style}</style></head><body><main>${page(state)}</main></body></html>`,
  );
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(JSON.stringify(body));
}

function failed(response: ServerResponse, fault: unknown): void {
  if (fault instanceof NotUnderstood) return sendJson(response, 400, { title: 'Demande non comprise', detail: fault.message });
  process.stderr.write(`${String(fault instanceof Error ? fault.stack : fault)}\n`);
  sendJson(response, 500, { title: 'L’Urssaf simulée n’a pas pu le faire' });
}
