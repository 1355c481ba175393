import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import * as contracts from '@isu/contracts';
import fc from 'fast-check';
import { parse } from 'yaml';
import * as fields from '../../libs/contracts/src/fields.js';
import { asyncApiDocument } from './asyncapi.mjs';
import { envelopeSchema, payloadSchemas } from './schemas.mjs';
import { wordingsOf } from './wordings.mjs';

const { authors, catalogue, checkFact, factTypes, isDayText, payloadFaults, topicOf } = contracts;
type Json = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- schemas are walked by name

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const schemas = payloadSchemas({ catalogue, dayPattern: fields.dayPattern }) as Record<string, Json>;
const envelope = envelopeSchema({ authors, fields }) as Json;
const ajv = new Ajv2020({
  allowUnionTypes: true,
  strictTypes: false,
  formats: { date: isDayText, 'date-time': (text: string) => isDayText(text.slice(0, 10)) },
});
const validators = new Map(Object.entries(schemas).map(([type, schema]) => [type, ajv.compile(schema)]));
const validatorOf = (type: string): ValidateFunction => validators.get(type)!;

const uuid = '01544c00-9c00-7000-8000-000000000001';
const samples = new Map<string, unknown>([
  [fields.moneyPattern.source, '-1234.50'],
  [fields.positiveMoneyPattern.source, '1690'],
  [fields.ratePattern.source, '0.0215'],
  [fields.dayPattern.source, '2016-05-20'],
  [fields.uuidPattern.source, uuid],
  [fields.digestPattern.source, 'a'.repeat(64)],
  [fields.flowPattern.source, 'urssaf/payments'],
  [fields.lineOfTextPattern.source, 'Versement n° 12'],
  [fields.codePattern.source, 'csg-crds'],
  [fields.rumPattern.source, 'ISU-1200000000176-1'],
  [fields.attestationPattern.source, 'ATT-2016/014'],
  [fields.accountPattern.source, '1300001234507'],
  [fields.instalmentPattern.source, '2016-05'],
  [fields.instantPattern.source, '2016-05-20T08:00:00.000Z'],
  [fields.streamPattern.source, 'flow/urssaf/payments'],
]);

/** A payload that a schema admits, with every optional field. */
function sampleOf(schema: Json): unknown {
  if (schema.enum) return schema.enum[0];
  if (schema.type === 'boolean') return true;
  if (schema.type === 'integer') return schema.minimum ?? 0;
  if (schema.type === 'array')
    return Array.from({ length: Math.min(schema.maxItems ?? 2, Math.max(schema.minItems ?? 0, 2)) }, () => sampleOf(schema.items));
  if (schema.type === 'object')
    return Object.fromEntries(Object.entries(schema.properties).map(([name, part]) => [name, sampleOf(part as Json)]));
  const sample = samples.get(schema.pattern);
  if (sample === undefined) throw new Error(`No sample for ${JSON.stringify(schema)}`);
  return sample;
}

/** Values that a field might hold by mistake or malice; `absent` removes it. */
const absent = Symbol('absent');
const strange = [
  ...[absent, null, true, 0, 1, -1, 2016, 2101, 1.5, 1e300, '', '0', '-0', '-1', '1.00', '1.10', '0.05', '1e3', '12,34', '2016', 'x', ' x'],
  ...[
    'a\nb',
    'é'.repeat(140),
    'x'.repeat(141),
    '2016-02-30',
    '2016-02-29',
    '0000-01-01',
    '2016-Q4',
    '2016-Q5',
    '2016-13',
    uuid,
    'A'.repeat(64),
  ],
  ...['0.10', '0.1', 'urssaf/x', 'Urssaf/x', 'provisional', 'card', 'artisan', [], [[]], [null], ['x'], {}, [{}], { 0: {} }],
];

const pathsOf = (value: unknown, path: string[] = []): string[][] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, part]) => [[...path, name], ...pathsOf(part, [...path, name])])
    : [];

function altered(value: unknown, path: readonly string[], to: unknown): unknown {
  const copy = structuredClone(value) as Json;
  const holder = path.slice(0, -1).reduce<Json>((at, name) => at[name], copy);
  const last = path.at(-1)!;
  if (to !== absent) holder[last] = structuredClone(to);
  else if (Array.isArray(holder)) holder.splice(Number(last), 1);
  else Reflect.deleteProperty(holder, last);
  return copy;
}

describe('the JSON Schemas of the events', () => {
  it.each(factTypes)('%s: what the schema admits, parseFact reads; what it refuses, parseFact refuses', (type) => {
    const sample = sampleOf(schemas[type]!);
    const agree = (payload: unknown) => {
      const faults = payloadFaults(type, payload);
      if (validatorOf(type)(payload) !== (faults.length === 0)) {
        throw new Error(
          `schema and class differ on ${JSON.stringify(payload)}: ${JSON.stringify(validatorOf(type).errors)} but ${faults.join()}`,
        );
      }
    };
    expect([validatorOf(type)(sample), payloadFaults(type, sample)]).toEqual([true, []]);
    const paths = pathsOf(sample);
    for (const path of paths) for (const value of strange) agree(altered(sample, path, value));
    const alteration = fc.tuple(
      fc.constantFrom(...paths.filter((path) => path.length === 1)),
      fc.oneof(fc.constantFrom(...strange), fc.string()),
    );
    fc.assert(
      fc.property(fc.array(alteration, { minLength: 2, maxLength: 4 }), (alterations) => {
        agree(alterations.reduce<unknown>((payload, [path, value]) => altered(payload, path, value), sample));
      }),
    );
  });

  it('hold no field for what may not travel: NIR, IBAN, names, addresses, anything medical', () => {
    const names = Object.values(schemas).flatMap((schema) => pathsOf(schema).map((path) => path.at(-1)!.toLowerCase()));
    expect(
      names.filter((name) => /^(nir|iban|bic|.*(last|first|birth)name|.*address|e-?mail|phone|diagnos.*|medical.*)$/.test(name)),
    ).toEqual([]);
  });

  it('say whole numbers for whole numbers and resolve nested classes', () => {
    expect(schemas['collection.assessed.v1']!.properties.year).toEqual({ type: 'integer', minimum: 2008, maximum: 2100 });
    expect(schemas['collection.schedule-issued.v1']!.properties.instalments.items.properties.lines.items.required).toEqual([
      'year',
      'code',
      'amount',
    ]);
    expect(JSON.stringify(schemas)).not.toContain('$ref');
  });

  it('the envelope: what the schema admits, parseFact reads; what it refuses, parseFact refuses', () => {
    const valid = ajv.compile(envelope);
    const fact: Json = {
      ...{ specversion: '1.0', id: uuid, source: '/isu/collection', type: 'collection.later.v1', subject: '1300001234507' },
      ...{ time: '2016-05-20T10:00:00.000Z', datacontenttype: 'application/json', seq: 2, previous: 'a'.repeat(64), position: '7' },
      ...{ effectiveon: '2016-05-20', correlation: uuid, cause: null, data: {} },
    };
    const others = [
      '/isu/benefits',
      '/isu/portal',
      'benefits.x.v1',
      'x.y.v1',
      'flow/urssaf/payments',
      '2016-05-20T24:00:00.000Z',
      '9'.repeat(18),
      '9'.repeat(19),
    ];
    for (const name of Object.keys(fact).filter((each) => each !== 'data')) {
      for (const value of [...strange, ...others]) {
        const next = altered(fact, [name], value) as Json;
        for (const version of [next, { ...next, seq: name === 'seq' ? next.seq : 1 }]) {
          let read = true;
          try {
            checkFact(version);
          } catch {
            read = false;
          }
          // 1e300 is a whole number for JSON Schema; the description of the envelope refuses it.
          if (value !== 1e300) expect({ name, value, read: valid(version) }).toEqual({ name, value, read });
        }
      }
    }
  });
});

describe('the AsyncAPI document', () => {
  const document = parse(JSON.stringify(asyncApiDocument({ authors, topicOf }, schemas))) as Json;
  const target = (reference: string): unknown =>
    reference
      .slice('#/'.length)
      .split('/')
      .reduce<unknown>((at, name) => (at as Json | undefined)?.[name], document);

  it('I1: has one channel per topic, and only the author sends there', () => {
    expect(Object.values(document.channels as Json).map((channel: Json) => channel.address)).toEqual(authors.map(topicOf));
    expect(Object.values(document.operations as Json).map((operation: Json) => [operation.action, operation.channel.$ref])).toEqual(
      authors.map((author) => ['send', `#/channels/${author}`]),
    );
  });

  it('puts every event on the channel of its author and nowhere else, keyed by stream, in a CloudEvents envelope', () => {
    const placed = Object.entries(document.channels as Json).flatMap(([author, channel]) =>
      Object.values((channel as Json).messages as Json).map((message: Json) => [author, target(message.$ref) as Json] as const),
    );
    expect(placed.map(([, message]) => message.name).sort()).toEqual([...factTypes].sort());
    for (const [author, message] of placed) {
      expect(message.name).toMatch(new RegExp(`^${author}\\.`));
      expect(message.contentType).toBe('application/cloudevents+json');
      expect(message.bindings.kafka.key.type).toBe('string');
      expect(message.payload.schema.allOf).toEqual([{ $ref: './envelope.schema.json' }]);
      expect(message.payload.schema.properties.data.$ref).toBe(`./${message.name}.schema.json`);
    }
  });

  it('has only references that lead somewhere, and the keys that AsyncAPI 3.0 asks for', () => {
    const references = JSON.stringify(document)
      .match(/"\$ref":"[^"]+"/g)!
      .map((text) => text.slice(8, -1));
    const files = new Set(['./envelope.schema.json', ...factTypes.map((type) => `./${type}.schema.json`)]);
    expect(
      references.filter((reference) => (reference.startsWith('#/') ? target(reference) === undefined : !files.has(reference))),
    ).toEqual([]);
    expect(document.asyncapi).toBe('3.0.0');
    expect([typeof document.info.title, typeof document.info.version]).toEqual(['string', 'string']);
    for (const key of [...Object.keys(document.channels), ...Object.keys(document.components.messages)]) expect(key).toMatch(/^[\w.-]+$/);
  });
});

describe('what is published beside the code', () => {
  const page = (name: string) => readFileSync(join(root, 'docs', name), 'utf8');

  it('docs/events has the schema of every event and of nothing else', () => {
    const files = readdirSync(join(root, 'docs', 'events')).filter((name) => name.endsWith('.schema.json'));
    expect(files.sort()).toEqual([...factTypes, 'envelope'].map((name) => `${name}.schema.json`).sort());
  });

  it('docs/flows.md has a row for every event of the catalogue', () => {
    expect(factTypes.filter((type) => !page('flows.md').includes(`\`${type.replace(/\.v1$/, '')}\``))).toEqual([]);
  });

  it('docs/glossary.md has every field that travels, the envelope included', () => {
    const named = (schema: Json): string[] => [
      ...Object.entries((schema.properties ?? {}) as Json).flatMap(([name, part]) => [name, ...named(part as Json)]),
      ...(schema.items ? named(schema.items as Json) : []),
    ];
    const all = new Set([envelope, ...Object.values(schemas)].flatMap(named));
    expect([...all].filter((name) => !page('glossary.md').includes(`\`${name}\``))).toEqual([]);
  });

  it('docstrings of classes and fields reach the schemas, comments of other things do not', () => {
    const source =
      '/** Not this. */\nconst x = 1;\n\n/** What is\n * owed. */\nexport class Assessed {\n  /** Which one. */\n  @IsInt() @Min(1) version!: number;\n  @ListOf(() => Line, { max: 40 }) lines!: Line[];\n}\n';
    expect(wordingsOf(source)).toEqual({ Assessed: { text: 'What is owed.', fields: { version: 'Which one.' } } });
  });
});
