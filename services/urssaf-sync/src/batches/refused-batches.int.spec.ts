import { accountOf, batchOf, operator, payment, Stage } from '../urssaf-sync.spec-kit.js';

const karim = accountOf(1);
const stream = 'flow/urssaf/payments';
let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open('isu_sync_refused');
  await stage.register(karim);
});
afterAll(() => stage?.close());

const good = batchOf(1, [payment('U-1', karim), payment('U-2', karim, { amount: '100' })]);
const changed = (from: string | RegExp, to: string) => ({ text: good.text.replace(from, to) });
/** The first payment with other fields, as a partner that reckons wrong would write it. */
const rewritten = (fields: Record<string, unknown>) => {
  const [first = '', second = '', ...rest] = good.text.split('\n');
  return { text: [first, JSON.stringify({ ...(JSON.parse(second) as object), ...fields }), ...rest].join('\n') };
};

describe('I8 N5 R10 a batch that is wrong in its form is refused whole and leaves its refusal, nothing else', () => {
  it.each<[string, { text: string }, string, string]>([
    ['an altered amount', changed('1234.56', '1234.57'), 'digest-differs', 'line 4, digest'],
    ['one line less', { text: good.text.split('\n').toSpliced(2, 1).join('\n') }, 'count-differs', 'line 3, count'],
    [
      'a trailer wrong by one cent',
      changed('"controlTotal":"1334.56"', '"controlTotal":"1334.57"'),
      'control-total-differs',
      'line 4, controlTotal',
    ],
    ['a trailer wrong by one line', changed('"count":2', '"count":3'), 'count-differs', 'line 4, count'],
    ['a negative amount', rewritten({ amount: '-5' }), 'money-malformed', 'line 2, amount'],
    ['three decimals', rewritten({ amount: '12.345' }), 'money-malformed', 'line 2, amount'],
    ['a comma', rewritten({ amount: '12,34' }), 'money-malformed', 'line 2, amount'],
    ['an exponent', rewritten({ amount: '1e3' }), 'money-malformed', 'line 2, amount'],
    ['zero', rewritten({ amount: '0' }), 'money-malformed', 'line 2, amount'],
    ['an amount as a number', changed('"amount":"100"', '"amount":100'), 'money-malformed', 'line 3, amount'],
    ['more than the books can hold', rewritten({ amount: '1234567890' }), 'money-malformed', 'line 2, amount'],
    ['29 February 2015', rewritten({ valueOn: '2015-02-29' }), 'day-malformed', 'line 2, valueOn'],
    ['unknown means', rewritten({ means: 'cash' }), 'value-unknown', 'line 2, means'],
    ['a field too many', rewritten({ nir: '185057800608436' }), 'field-unknown', 'line 2'],
    ['a NUL in a reference', rewritten({ reference: 'a\u0000b' }), 'json-forbidden-text', 'line 2'],
    ['a key twice', changed('"reference":"U-1"', '"reference":"U-9","reference":"U-1"'), 'json-duplicate-key', 'line 2'],
    ['a prototype', changed('"reference":"U-1"', '"__proto__":{},"reference":"U-1"'), 'json-forbidden-key', 'line 2'],
    ['depth', changed('"reference":"U-1"', `"reference":${'['.repeat(1000)}`), 'json-depth', 'line 2'],
    ['no JSON', changed('{"type":"payment"', '{type:payment'), 'json-syntax', 'line 2'],
    ['CRLF only on the last line cut', { text: good.text.slice(0, -1) }, 'line-cut', 'line 4'],
    ['no trailer', { text: good.text.split('\n').slice(0, 3).join('\n') + '\n' }, 'trailer-missing', ''],
    ['something after the trailer', { text: `${good.text}{}\n` }, 'content-after-trailer', 'line 5'],
    ['no header', { text: good.text.slice(good.text.indexOf('\n') + 1) }, 'line-out-of-place', 'line 1, type'],
    ['a byte order mark', { text: `\ufeff${good.text}` }, 'json-syntax', 'line 1'],
    ['a line without end', { text: `{"type":"${'x'.repeat(200_000)}` }, 'line-too-long', 'line 1'],
    ['nothing', { text: ' ' }, 'json-syntax', 'line 1'],
    ['number 0', batchOf(0, []), 'number-malformed', 'line 1, number'],
    ['number 2^53', batchOf(2 ** 53, []), 'json-number', 'line 1'],
    ['another partner', batchOf(1, [], { partner: 'msa' }), 'other-flow', 'line 1, partner'],
    ['a day to come', batchOf(1, [], { businessDate: '2016-05-21' }), 'business-date-ahead', 'line 1, businessDate'],
    ['a first batch after another', batchOf(1, [], { previous: 'a'.repeat(64) }), 'previous-digest-misplaced', 'line 1, previousDigest'],
  ])('%s', async (_, batch, code, field) => {
    const before = await stage.everything();
    const { status, json, headers } = await stage.send(batch);
    expect([status, headers.get('content-type'), json['code']]).toEqual([
      422,
      expect.stringContaining('application/problem+json'),
      'batch-refused',
    ]);
    expect(json['errors']).toEqual(expect.arrayContaining([{ field, code, accepted: expect.any(String) }]));
    expect({ ...((await stage.everything()) as object), flow: null }).toEqual({ ...(before as object), flow: null });
    expect((await stage.facts(karim)).length).toBe(0);
    expect((await stage.typesOf(stream)).every((type) => type === 'batch-refused')).toBe(true);
  });

  it.each([
    ['Latin-1', Buffer.from(good.text.replace('U-1', 'é'), 'latin1'), 'encoding'],
    ['UTF-16', Buffer.from(good.text, 'utf16le'), 'json-syntax'],
  ])('%s', async (_, body, code) => {
    const { status, json } = await stage.send(good, { body });
    expect([status, json['errors']]).toEqual([422, expect.arrayContaining([expect.objectContaining({ code })])]);
  });

  it('a last line of a wrong form is said to be that, neither missing nor badly signed', async () => {
    const { json } = await stage.send(changed('"controlTotal":"1334.56"', '"controlTotal":"1334.560"'));
    expect(json['errors']).toEqual([{ field: 'line 4, controlTotal', code: 'money-malformed', accepted: expect.any(String) }]);
  });

  it('truncated at any byte', async () => {
    for (let cut = 1; cut < good.text.length; cut += 41) expect((await stage.send({ text: good.text.slice(0, cut) })).status).toBe(422);
    expect(await stage.rows('SELECT 1 FROM batch')).toEqual([]);
  });

  it.each([
    ['no signature', null, 'signature-missing'],
    ['another signature', 'A'.repeat(86) + '==', 'signature-wrong'],
    ['no base64', 'signed', 'signature-wrong'],
  ])('%s', async (_, signature, code) => {
    const { status, json } = await stage.send(good, { signature });
    expect([status, json['errors']]).toEqual([422, [{ field: 'Isu-Signature', code, accepted: expect.any(String) }]]);
  });

  it('the same refusal twice is one fact; it names the file and its reasons, and the log holds nothing of the file', async () => {
    const before = (await stage.facts(stream)).length;
    const bad = rewritten({ amount: '7.777', reference: 'SECRET-REFERENCE' });
    await stage.send(bad);
    await stage.send(bad);
    const facts = await stage.facts(stream);
    expect(facts.length).toBe(before + 1);
    expect(facts.at(-1)?.data).toMatchObject({ number: 1, reasons: ['line 2: amount: money-malformed'] });
    expect(stage.logged.join('')).not.toMatch(/7\.777|SECRET-REFERENCE/);
  });

  it('another media type, another flow, another verb', async () => {
    expect((await stage.ask('POST', 'flows/urssaf/payments/batches', { headers: { 'content-type': 'text/csv' }, body: 'x' })).status).toBe(
      415,
    );
    expect((await stage.send(good, { flow: 'urssaf/nothing' })).json['code']).toBe('unknown-flow');
    expect((await stage.send(good, { flow: 'nobody/payments', claims: operator })).json['code']).toBe('unknown-flow');
    expect((await stage.ask('PUT', 'flows/urssaf/payments/batches')).status).toBe(405);
    expect((await stage.ask('GET', 'flows/urssaf/payments/batches/x/receipt')).status).toBe(404);
  });
});

describe('R12 the first word under a number stands', () => {
  it('other content under a known number is refused, recorded as a conflict, and moves nothing', async () => {
    const { text: receipt } = await stage.send(good, { claims: operator });
    const before = await stage.everything();
    const other = batchOf(1, [payment('U-1', karim, { amount: '9' })]);
    const { status, json } = await stage.send(other);
    expect([status, json['code']]).toEqual([409, 'batch-conflict']);
    expect(await stage.everything()).toEqual(before);
    expect((await stage.facts(stream)).at(-1)).toMatchObject({
      type: 'urssaf-sync.conflict-recorded.v1',
      data: { subject: '1', kind: 'batch', kept: good.digest, refused: other.digest, reason: 'number-with-other-content' },
    });
    expect((await stage.send(good)).text).toBe(receipt);
  });

  it('a batch that names another one before it is refused as a conflict; so is one that the next does not name', async () => {
    const second = batchOf(2, [], { previous: 'f'.repeat(64) });
    expect((await stage.send(second)).json['errors']).toEqual([expect.objectContaining({ code: 'previous-digest-differs' })]);
    const missing = batchOf(2, [payment('U-5', karim)], { previous: good.digest });
    expect((await stage.send(batchOf(3, [], { previous: missing.digest }))).status).toBe(201);
    const false2 = batchOf(2, [payment('U-6', karim)], { previous: good.digest });
    expect((await stage.send(false2)).json['errors']).toEqual([expect.objectContaining({ code: 'next-batch-names-another' })]);
    expect((await stage.send(missing)).status).toBe(201);
  });
});
