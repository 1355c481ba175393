import { authorOfType, checkFact, draft, isFact, isStream, parseFact, payloadFaults, UnreadableFact } from './fact.js';
import { authorOf, authors, flowStream, isFlowStream, topicOf } from './envelope.js';
import { isKnownType } from './catalogue.js';

const id = '01544c00-9c00-7000-8000-000000000001';
const line = { year: 2016, code: 'indemnites-journalieres', amount: '10.50' };
const payloads = {
  'affiliation.registered.v1': { group: 'artisan', regime: 'common', startedOn: '2014-01-01', fund: '13' },
  'collection.schedule-issued.v1': {
    year: 2016,
    version: 1,
    periodicity: 'monthly-5',
    instalments: [{ id: '2016-05', dueOn: '2016-05-05', means: 'direct-debit', lines: [line] }],
  },
  'collection.payment-posted.v1': {
    paymentId: id,
    amount: '100',
    valueOn: '2016-05-05',
    means: 'transfer',
    allocations: [{ instalment: '2016-05', ...line }],
    credit: '89.50',
    accountingDay: '2016-05-06',
  },
  'urssaf-sync.payment-reported.v1': {
    flow: 'urssaf/payments',
    batch: '7',
    line: 2,
    partnerReference: 'P-1',
    amount: '100',
    valueOn: '2016-05-05',
    means: 'transfer',
  },
} as const;

const fact = (over: Record<string, unknown> = {}, type: string = 'urssaf-sync.payment-reported.v1'): Record<string, unknown> => ({
  specversion: '1.0',
  id,
  source: `/isu/${type.slice(0, type.indexOf('.'))}`,
  type,
  subject: '1300001234507',
  time: '2016-05-20T10:00:00.000Z',
  datacontenttype: 'application/json',
  seq: 2,
  previous: 'a'.repeat(64),
  position: '12',
  effectiveon: '2016-05-05',
  correlation: id,
  cause: null,
  data: payloads[type as keyof typeof payloads] ?? {},
  ...over,
});

const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
const refusal = (wire: Uint8Array): string => {
  try {
    parseFact(wire);
  } catch (error) {
    if (error instanceof UnreadableFact) return error.reason;
    throw error;
  }
  return 'read';
};

describe('reading a fact from the wire', () => {
  it.each(Object.keys(payloads))('reads %s as it was written', (type) => {
    expect(parseFact(bytes(fact({}, type)))).toEqual(fact({}, type));
  });

  it.each([
    ['bytes that are no UTF-8', new Uint8Array([0x7b, 0xff, 0x7d]), 'not JSON in UTF-8'],
    ['Latin-1', Buffer.from('{"é":1}', 'latin1'), 'not JSON in UTF-8'],
    ['UTF-16', Buffer.from(JSON.stringify(fact()), 'utf16le'), 'not JSON in UTF-8'],
    ['nothing', new Uint8Array(), 'not JSON in UTF-8'],
    ['a cut text', bytes(JSON.stringify(fact()).slice(0, -1)), 'not JSON in UTF-8'],
    ['a NUL byte after the text', bytes(`${JSON.stringify(fact())}\0`), 'not JSON in UTF-8'],
    ['256 KiB and one byte', new Uint8Array(256 * 1024 + 1).fill(0x20), 'larger than 256 KiB'],
    ['an array', bytes([fact()]), 'not an object'],
    ['a text', bytes('"fact"'), 'not an object'],
    ['null', bytes('null'), 'not an object'],
  ])('refuses %s, whole', (_, wire, reason) => {
    expect(refusal(wire)).toBe(reason);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['NUL in a text', { data: { note: 'a\0b' } }, 'text with NUL or half a character'],
    ['NUL in a name', { data: { 'a\0': 1 } }, 'text with NUL or half a character'],
    ['half a character', { data: { note: '\ud83d' } }, 'text with NUL or half a character'],
    ['an amount as a number', { data: { amount: 12.5 } }, 'a number that is no safe integer'],
    ['a number beyond 2^53', { data: { line: 2 ** 53 } }, 'a number that is no safe integer'],
  ])('refuses %s even in a type that it does not know', (_, over, reason) => {
    expect(refusal(bytes(fact(over, 'collection.never-heard-of.v1')))).toBe(reason);
  });

  it.each([
    ['arrays', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['objects', `${'{"a":'.repeat(40_000)}1${'}'.repeat(40_000)}`],
    ['seventeen levels', `${'['.repeat(17)}${']'.repeat(17)}`],
  ])('refuses deep nesting of %s without exhausting the stack', (_, deep) => {
    const wire = JSON.stringify(fact({ extension: 'DEEP' })).replace('"DEEP"', deep);
    expect(refusal(bytes(wire))).toBe('nested too deeply');
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['another CloudEvents version', { specversion: '0.3' }, 'specversion'],
    ['an id that is no UUID', { id: 'x' }, 'id'],
    ['an id in capitals', { id: id.toUpperCase().replace('01544C00', 'ABCDEF00') }, 'id'],
    ['an author that does not exist', { source: '/isu/portal' }, 'source'],
    ['I1: a fact of another author than its source', { source: '/isu/collection' }, 'type'],
    ['a type without version', { type: 'urssaf-sync.payment-reported' }, 'type'],
    ['a version 0', { type: 'urssaf-sync.payment-reported.v0' }, 'type'],
    ['an account of 12 digits', { subject: '130000123450' }, 'subject'],
    ['a NIR as subject', { subject: '1700513123456' + '78' }, 'subject'],
    ['a flow with a path in it', { subject: 'flow/urssaf/../payments' }, 'subject'],
    ['a time without milliseconds', { time: '2016-05-20T10:00:00Z' }, 'time'],
    ['a time with an offset', { time: '2016-05-20T10:00:00.000+02:00' }, 'time'],
    ['the 25th hour', { time: '2016-05-20T25:00:00.000Z' }, 'time'],
    ['a time on 30 February', { time: '2016-02-30T10:00:00.000Z' }, 'time'],
    ['another content type', { datacontenttype: 'text/xml' }, 'datacontenttype'],
    ['number 0', { seq: 0 }, 'seq'],
    ['a number as text', { seq: '2' }, 'seq'],
    ['a second fact without its previous', { previous: null }, 'previous'],
    ['a first fact with a previous', { seq: 1 }, 'previous'],
    ['a position that is no number', { position: '1a' }, 'position'],
    ['a position beyond a bigint', { position: '9'.repeat(19) }, 'position'],
    ['a position as a number', { position: 12 }, 'position'],
    ['29 February 2015', { effectiveon: '2015-02-29' }, 'effectiveon'],
    ['the year 0', { effectiveon: '0000-05-20' }, 'effectiveon'],
    ['no correlation', { correlation: undefined }, 'correlation'],
    ['an absent cause', { cause: undefined }, 'cause'],
  ])('refuses %s, naming the attribute', (_, over, attribute) => {
    expect(refusal(bytes(fact(over)))).toBe(`attribute ${attribute}`);
  });

  it('reads a first fact without previous, a flow stream and 29 February 2016', () => {
    const first = fact({ seq: 1, previous: null, subject: 'flow/urssaf/payments', effectiveon: '2016-02-29', cause: id });
    expect(refusal(bytes(first))).toBe('read');
  });

  it('lets unknown types, versions and fields pass: their number still moves the cursor', () => {
    expect(refusal(bytes(fact({ data: { any: ['thing', null, true] } }, 'benefits.right-decided.v1')))).toBe('read');
    expect(refusal(bytes(fact({ data: null }, 'collection.payment-posted.v2')))).toBe('read');
    expect(refusal(bytes(fact({ traceparent: '00-abc', data: { ...payloads['urssaf-sync.payment-reported.v1'], later: 1 } })))).toBe(
      'read',
    );
  });

  it('takes no harm from names that JavaScript gives a meaning to', () => {
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      const wire = JSON.stringify(fact()).replace('"data":{', `"data":{"${name}":{"amount":"1"},`);
      expect(refusal(bytes(wire))).toBe('read');
      expect(refusal(bytes(`{"${name}":1}`))).toBe('attribute specversion');
    }
    const inherited = JSON.stringify(fact({ data: 'DATA' })).replace(
      '"DATA"',
      `{"__proto__":${JSON.stringify(payloads['urssaf-sync.payment-reported.v1'])}}`,
    );
    expect(refusal(bytes(inherited))).toContain('payload of urssaf-sync.payment-reported.v1: flow');
    expect(({} as Record<string, unknown>)['amount']).toBeUndefined();
  });
});

describe('the faults of a payload', () => {
  const schedule = (instalments: unknown) =>
    payloadFaults('collection.schedule-issued.v1', { ...payloads['collection.schedule-issued.v1'], instalments });
  const [instalment] = payloads['collection.schedule-issued.v1'].instalments;

  it('are told by path, nested ones too, never by value', () => {
    const wrong = { ...instalment, dueOn: '2016-02-30', lines: [line, { ...line, amount: '10.5' }, { ...line, year: '2016' }] };
    expect(schedule([instalment, wrong])).toEqual(['instalments.1.dueOn', 'instalments.1.lines.1.amount', 'instalments.1.lines.2.year']);
    expect(refusal(bytes(fact({ data: { ...payloads['urssaf-sync.payment-reported.v1'], amount: '1 700 513' } })))).toBe(
      'payload of urssaf-sync.payment-reported.v1: amount',
    );
  });

  it.each([
    ['a list of lists', [[instalment]], ['instalments']],
    ['an empty list in the list', [[]], ['instalments']],
    ['null in the list', [null], ['instalments.0']],
    ['a text in the list', ['2016-05'], ['instalments.0']],
    ['no list', 'none', ['instalments']],
    ['25 instalments in a year', Array.from({ length: 25 }, () => instalment), ['instalments']],
  ])('see %s', (_, instalments, faults) => {
    expect(schedule(instalments)).toEqual(faults);
  });

  it('see an object in place of the list', () => {
    expect(schedule({ 0: instalment }).length).toBeGreaterThan(0);
  });

  it.each([['null'], ['an array'], ['a text']])('see %s in place of the payload', (what) => {
    const payload = { null: null, 'an array': [], 'a text': 'x' }[what];
    expect(payloadFaults('collection.account-opened.v1', payload)).toEqual(['data']);
  });

  it.each(['-0', '0.00', '1234.00', '12,34', '1e3', '1.234', '+1', ' 1', '1 ', '', '٣', '01', 'NaN', '1234567890123', '１２'])(
    'I2: refuse the amount "%s"',
    (amount) => {
      const income = { year: 2015, amount, kind: 'declared', source: 'portal', declaredOn: '2016-04-01' };
      expect(payloadFaults('collection.income-recorded.v1', income)).toEqual(['amount']);
    },
  );

  it.each(['0', '-12', '1690', '1234.50', '-0.05', '0.01', '123456789012.45'])('I2: take the amount "%s"', (amount) => {
    const income = { year: 2015, amount, kind: 'declared', source: 'portal', declaredOn: '2016-04-01' };
    expect(payloadFaults('collection.income-recorded.v1', income)).toEqual([]);
  });

  it('see zero and less in money received', () => {
    for (const amount of ['0', '-1', '0.00', '-0.01']) {
      expect(payloadFaults('collection.payment-posted.v1', { ...payloads['collection.payment-posted.v1'], amount })).toEqual(['amount']);
    }
  });

  it('see null in an optional field: absence has one form', () => {
    const reported = payloads['urssaf-sync.payment-reported.v1'];
    expect(payloadFaults('urssaf-sync.payment-reported.v1', { ...reported, bankReference: null })).toEqual(['bankReference']);
    expect(payloadFaults('urssaf-sync.payment-reported.v1', { ...reported, bankReference: undefined })).toEqual([]);
  });

  it('see lines of text with control characters, and count 140 characters, not units', () => {
    const reported = payloads['urssaf-sync.payment-reported.v1'];
    const faults = (batch: string) => payloadFaults('urssaf-sync.payment-reported.v1', { ...reported, batch });
    for (const batch of ['', 'a\nb', 'a\u0085b', 'a\u007f', 'x'.repeat(141)]) expect(faults(batch)).toEqual(['batch']);
    for (const batch of ['é', '\u{1f600}'.repeat(140)]) expect(faults(batch)).toEqual([]);
  });

  it('tell a writer, in strict mode, of fields that the type does not know, at any depth', () => {
    const posted = payloads['collection.payment-posted.v1'];
    const widened = { ...posted, iban: 'x', allocations: [{ ...posted.allocations[0], name: 'x' }] };
    expect(payloadFaults('collection.payment-posted.v1', widened)).toEqual([]);
    expect(payloadFaults('collection.payment-posted.v1', widened, true).sort()).toEqual(['allocations.0.name', 'iban']);
  });
});

describe('streams, authors and topics', () => {
  it('know an account and a partner flow as streams, nothing else', () => {
    for (const stream of ['1300001234507', 'flow/urssaf/payments', 'flow/bank/camt.054']) expect(isStream(stream)).toBe(true);
    for (const stream of ['13', 'flow/urssaf', 'flow/Urssaf/payments', 'flow/urssaf/payments/1', '13000012345ab', '1300001234507\n']) {
      expect(isStream(stream)).toBe(false);
    }
    expect([isFlowStream(flowStream('urssaf', 'payments')), isFlowStream('1300001234507')]).toEqual([true, false]);
  });

  it('I1: each author has one topic, and a type names its only author', () => {
    expect(authors.map(topicOf)).toEqual(['isu.affiliation', 'isu.collection', 'isu.benefits', 'isu.urssaf-sync']);
    expect(authorOfType('urssaf-sync.gap-opened.v1')).toBe('urssaf-sync');
    expect(authorOf(checkFact(fact()))).toBe('urssaf-sync');
  });

  it('narrow a fact to its type', () => {
    const read = checkFact(fact());
    expect(isFact(read, 'urssaf-sync.payment-reported.v1') && read.data.amount).toBe('100');
    expect(isFact(read, 'collection.payment-posted.v1')).toBe(false);
    expect([isKnownType('collection.assessed.v1'), isKnownType('toString')]).toEqual([true, false]);
  });

  it('hand a draft through unchanged: the compiler has checked it', () => {
    const opened = {
      stream: '1300001234507',
      type: 'collection.account-opened.v1',
      effectiveOn: '2016-05-20',
      data: { openedOn: '2016-05-20' },
    } as const;
    expect(draft(opened)).toBe(opened);
  });
});
