import { createLogger, type Logger } from './logger.js';
import { allowedFields, scrubbed } from './redaction.js';
import { terminalDestination } from './terminal.js';

const secrets = [
  '185057800608491',
  '1 85 05 78 006 084 91',
  '2A00002A00000'.padEnd(15, '7'),
  'FR1420041010050500013M02606',
  'FR14 2004 1010 0505 0001 3M02 606',
  'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhZ2VudDoxIn0.c2lnbmF0dXJlc2lnbmF0dXJl',
  'nadia.benali@example.fr',
];

function lineOf(write: (log: Logger) => void): string {
  const lines: string[] = [];
  write(createLogger({ level: 'debug', destination: { write: (line: string) => void lines.push(line) } }));
  return lines.join('');
}

describe('I9 R14 — what may stand in a log line', () => {
  it.each(secrets)('secret %# does not, whatever way it is handed over', (secret) => {
    const fault = Object.assign(new Error(`invalid input syntax: "${secret}" near ${secret}`, { cause: new Error(secret) }), {
      name: secret,
    });
    const row = Object.assign(new Error('duplicate key'), {
      code: '23505',
      detail: `Key (nir)=(${secret}) exists`,
      query: secret,
      parameters: [secret],
    });
    const text = lineOf((log) => {
      log.info({ route: secret, code: secret, account: secret, type: secret, reason: secret } as never, `a request for ${secret}`);
      log.info({ nir: secret, body: { iban: secret }, [secret]: 1 } as never, 'fields nobody knows');
      log.error({ error: fault }, 'a fault');
      log.error({ error: row }, 'a database error');
      log.error({ error: secret }, 'thrown without an error');
      log.error(fault as never, 'an error as fields');
      log.child({ service: secret, worker: secret } as never).warn({}, 'a child');
    });
    expect(text).not.toContain(secret);
    expect(text.replaceAll(/[\s]/g, '')).not.toContain(secret.replaceAll(' ', ''));
  });

  it('a line with a correlation bears the trace id too, and nothing else passes for one', () => {
    const correlation = '4bf92f35-77b3-4da6-a3ce-929d0e0e4736';
    const { trace_id } = JSON.parse(lineOf((log) => log.info({ correlation }, 'request'))) as { trace_id: string };
    expect(trace_id).toBe('4bf92f3577b34da6a3ce929d0e0e4736');
    expect(lineOf((log) => log.info({ trace_id: '185057800608491' }, 'request'))).not.toContain('185057800608491');
  });

  it('in the terminal, lines for whoever searches are left out, and alarms are marked', () => {
    const shown: string[] = [];
    const log = createLogger({ service: 'collection', destination: terminalDestination({ out: { write: (text) => shown.push(text) } }) });
    log.info({ consumer: 'collection', count: 3 }, 'Facts are applied');
    log.error({ alarm: 'fork' }, 'A known number came with other content');
    expect(shown).toHaveLength(1);
    expect(shown[0]).toMatch(/^\d\d:\d\d:\d\d collection {3}✖ A known number came with other content alarm=fork\n$/);
  });

  it('keeps what an operator needs', () => {
    const fields = {
      route: '/api/collection/v1/accounts/:account/view',
      account: '1300001234507',
      status: 404,
      code: 'not-found',
      consumer: 'urssaf-sync',
      type: 'collection.payment-posted.v1',
      stream: 'flow/urssaf/payments',
    };
    expect(allowedFields(fields)).toEqual(fields);
  });

  it('keeps what the bus says of itself, but no sentence with a digit in it', () => {
    const fields = {
      lanes: 'isu.collection/3 isu.urssaf-sync/11',
      working: false,
      failures: 2,
      reader: 'benefits',
      says: 'The group is rebalancing',
    };
    expect(allowedFields(fields)).toEqual(fields);
    expect(allowedFields({ says: 'Number 1300001234507', lanes: 'FR7630001007941234567890185' })).toEqual({});
  });

  it('keeps the sense of a message, and its SQLSTATE rather than its text for the database', () => {
    expect(scrubbed('Cannot read properties of undefined')).toBe('Cannot read properties of undefined');
    expect(scrubbed('column "note" of relation "x"')).toBe('column "…" of relation "…"');
    const error = Object.assign(new Error('relation "note" does not exist'), { code: '42P01' });
    const [line] = [JSON.parse(lineOf((log) => log.error({ error }, 'a fault'))) as { error: object }];
    expect(line.error).toEqual({ name: 'Error', code: '42P01', stack: expect.any(Array) });
  });
});
