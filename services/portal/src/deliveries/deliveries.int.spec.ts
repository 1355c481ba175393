import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { MessageToDeliver, ServiceTokens } from '@isu/chassis';
import { freshDatabase, silentLogger, type FreshDatabase } from '@isu/testing';
import { SMTPServer } from 'smtp-server';
import { Post } from '../mails/post.js';
import { deliveries as migration } from '../migrations/0003-deliveries.js';
import { Services } from '../questions/services.js';
import { Deliveries } from './deliveries.js';

/* The portal's worker on a real PostgreSQL and a real SMTP server; collection and affiliation answer what the story needs. */

const account = '1200000000176';
const email = 'karim@exemple.example';
const message: MessageToDeliver = {
  ...{ id: '01890000-0000-4000-8000-000000000001', account, kind: 'estimate-receipt', channel: 'email', language: 'fr' },
  ...{ subject: 'Votre revenu estimé', text: 'Une échéance de 999 € est appelée le 5 juin 2016.', attempts: 1, writtenOn: '2016-05-20' },
  ...{ documents: [{ name: 'Échéancier 2016', path: 'accounts/1200000000176/notices/1' }], correlation: null },
};

let database: FreshDatabase;
let others: Server;
let post: SMTPServer;
let [steady, tick] = [0, 0];
/** What collection gives out next, and what it was told. */
let waiting: MessageToDeliver[] | null;
let told: unknown[];
let contact: { status: number; email: string | null };
let hears: boolean;
/** How the mail server answers, and what it took. */
let answersMail: number | null;
let mails: string[];

beforeAll(async () => {
  database = await freshDatabase([migration]);
  others = createServer((request, response) => {
    void text(request).then((body) => {
      const [status, answer] = answerTo(request.url ?? '', body);
      response.writeHead(status, { 'content-type': 'application/json' }).end(answer === null ? undefined : JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => others.listen(0, '127.0.0.1', resolve));
  post = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData: (stream, _, done) =>
      void text(stream).then((mail) => {
        if (answersMail !== null) return done(Object.assign(new Error('no'), { responseCode: answersMail }));
        mails.push(mail.replaceAll('=\r\n', ''));
        return done();
      }),
  });
  await new Promise<void>((resolve) => post.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  await new Promise<void>((resolve) => post.close(resolve));
  others.closeAllConnections();
  await new Promise((resolve) => others.close(resolve));
  await database?.close();
});
beforeEach(() => {
  [waiting, told, mails] = [[message], [], []];
  [contact, hears, answersMail] = [{ status: 200, email }, true, null];
  [steady, tick] = [0, 0];
});

function answerTo(url: string, body: string): [number, unknown] {
  if (url.endsWith('/takings')) return waiting === null ? [503, null] : [200, { messages: waiting.splice(0) }];
  if (url.endsWith('/contact')) return [contact.status, { email: contact.email }];
  if (!hears) return [503, null];
  told.push(JSON.parse(body));
  return [204, null];
}

function deliveries(): Deliveries {
  const port = (server: { address(): unknown }) => String((server.address() as AddressInfo).port);
  return new Deliveries({
    context: { db: database.db, log: silentLogger, tokens: { forItself: () => Promise.resolve('a.b.c') } as unknown as ServiceTokens },
    services: new Services({ peersUrl: `http://127.0.0.1:${port(others)}`, patienceMs: 5_000 }),
    post: new Post({ smtpUrl: `smtp://127.0.0.1:${port(post.server)}`, from: 'ne-pas-repondre@exemple.example' }),
    origin: 'https://mon-compte.example',
    steadyMs: () => (steady += tick),
  });
}
const turn = () => deliveries().turn('collection', new AbortController().signal);

describe('F19 — what collection has to tell a person leaves by e-mail, once', () => {
  it('goes to the address that affiliation gives at that moment, under a Message-ID of its own, and is told as delivered', async () => {
    expect(await turn()).toBe(false);
    expect(mails).toHaveLength(1);
    expect(mails[0]).toContain(`Message-ID: <${message.id}@isu>`);
    expect(mails[0]).toContain(`To: ${email}`);
    expect(mails[0]).toContain('999');
    // The document is named and stays behind the sign-in.
    expect(mails[0]).toContain('2016');
    expect(mails[0]).not.toContain('/notices/');
    expect(told).toEqual([{ state: 'delivered' }]);
  });

  it('R11 sent while its writer could not hear it, it is told the next time and not sent again', async () => {
    hears = false;
    await expect(turn()).rejects.toThrow('collection answered 503');
    expect([mails.length, told]).toEqual([1, []]);
    [hears, waiting] = [true, [{ ...message, attempts: 2 }]];
    await turn();
    expect([mails.length, told]).toEqual([1, [{ state: 'delivered' }]]);
    // Nothing is kept once the writer knows.
    expect(await database.db.query('SELECT message FROM delivery')).toEqual([]);
  });

  it.each<[string, () => void, unknown]>([
    ['a server that is busy puts it off', () => (answersMail = 451), { state: 'put-off', failure: 'EMESSAGE.451' }],
    ['a server that refuses it for good fails it', () => (answersMail = 550), { state: 'failed', failure: 'EMESSAGE.550' }],
    [
      'affiliation being away puts it off',
      () => (contact = { status: 503, email: null }),
      { state: 'put-off', failure: 'address-unknown-yet' },
    ],
    [
      'a person without e-mail fails it, visibly',
      () => (contact = { status: 200, email: null }),
      { state: 'failed', failure: 'no-address' },
    ],
    ['nobody of that account fails it', () => (contact = { status: 404, email: null }), { state: 'failed', failure: 'nobody' }],
    [
      'the twentieth attempt is the last',
      () => ([answersMail, waiting] = [451, [{ ...message, attempts: 20 }]]),
      { state: 'failed', failure: 'EMESSAGE.451' },
    ],
  ])('%s', async (_, given, outcome) => {
    given();
    await turn();
    expect([told, mails]).toEqual([[outcome], []]);
  });

  it('I10 a service that is away is asked again later, and nothing is sent', async () => {
    waiting = null;
    expect(await turn()).toBe(false);
    expect([mails, told]).toEqual([[], []]);
  });

  it('R13 what was taken half a minute ago by the steady clock is left to who takes it next: it may be another’s by now', async () => {
    const second = { ...message, id: '01890000-0000-4000-8000-000000000002' };
    waiting = [message, second];
    // Each look finds the clock twenty seconds further on: 20 when taken, 40 and 60 before each sending.
    tick = 20_000;
    expect(await turn()).toBe(true);
    expect(mails.map((mail) => /Message-ID: <(\S+)@isu>/.exec(mail)?.[1])).toEqual([message.id]);
  });
});
