/** JSON Schemas (2020-12) of the facts, made from the classes of `libs/contracts`: nothing about a field is said twice. */
import { validationMetadatasToSchemas } from 'class-validator-jsonschema';
import { defaultMetadataStorage } from 'class-transformer/cjs/storage.js';

const dialect = 'https://json-schema.org/draft/2020-12/schema';
const pointer = '#/classes/';

/** What the library does not know, or says too loosely, of our fields. */
const converters = (dayPattern) => ({
  isDay: { type: 'string', format: 'date', pattern: dayPattern.source },
  min: (meta) => ({ minimum: meta.constraints[0] }),
  max: (meta) => ({ maximum: meta.constraints[0] }),
});

/**
 * One schema per type of the catalogue, for the fact's `data`.
 * @param contracts the modules of libs/contracts that say what a fact is: `catalogue`, `dayPattern`
 * @param wordings docstrings by class and field, see `wordings.mjs`
 */
export function payloadSchemas({ catalogue, dayPattern }, wordings = {}) {
  const classes = validationMetadatasToSchemas({
    refPointerPrefix: pointer,
    classTransformerMetadataStorage: defaultMetadataStorage,
    additionalConverters: converters(dayPattern),
  });
  const owners = new Map();
  return Object.fromEntries(
    Object.entries(catalogue).map(([type, payload]) => {
      if (owners.has(payload.name) && owners.get(payload.name) !== payload) throw new Error(`Two classes are called ${payload.name}.`);
      owners.set(payload.name, payload);
      const schema = resolved({ $ref: `${pointer}${payload.name}` }, classes, wordings);
      return [type, { $schema: dialect, $id: `urn:isu:event:${type}`, title: type, ...schema }];
    }),
  );
}

/** Puts the class in place of each reference to it, in one key order, with its docstrings. */
function resolved(schema, classes, wordings) {
  if (Array.isArray(schema)) return schema.map((part) => resolved(part, classes, wordings));
  if (typeof schema !== 'object' || schema === null) return schema;
  if (typeof schema.$ref === 'string' && schema.$ref.startsWith(pointer)) {
    const name = schema.$ref.slice(pointer.length);
    if (!classes[name]) throw new Error(`The class ${name} has no rule at all.`);
    return resolved(documented(classes[name], wordings[name]), classes, wordings);
  }
  return Object.fromEntries(Object.entries(schema).map(([key, part]) => [key, resolved(part, classes, wordings)]));
}

function documented(schema, wording) {
  const properties = Object.entries(schema.properties).map(([name, property]) => {
    const description = wording?.fields[name];
    return [name, { ...(description ? { description } : {}), ...plain(property) }];
  });
  return {
    ...(wording?.text ? { description: wording.text } : {}),
    type: 'object',
    properties: Object.fromEntries(properties),
    ...(schema.required ? { required: schema.required } : {}),
  };
}

/** The `object` of IsObject beside a reference says nothing that the class does not say. */
function plain(property) {
  if (!property.items?.$ref) return property;
  return { ...property, items: { $ref: property.items.$ref } };
}

/** The envelope, for any type: `parseFact` refuses what this schema refuses (events.spec.ts holds the two together). */
export function envelopeSchema({ authors, fields }) {
  const text = (pattern) => ({ type: 'string', pattern: pattern.source });
  const orNull = (pattern) => ({ type: ['string', 'null'], pattern: pattern.source });
  return {
    $schema: dialect,
    $id: 'urn:isu:event:envelope',
    title: 'Fact',
    description:
      'A fact: something that happened, said once by its only author and never edited. A CloudEvents 1.0 envelope whose wire form is ' +
      'its canonical JSON (RFC 8785) in UTF-8, at most 256 KiB. Every number is a safe integer; no text holds NUL.',
    type: 'object',
    properties: {
      specversion: { const: '1.0' },
      id: { description: 'UUID version 7.', ...text(fields.uuidPattern) },
      source: { description: 'The only author.', enum: authors.map((author) => `/isu/${author}`) },
      type: { description: 'Author, past fact and version.', ...text(fields.typePattern) },
      subject: { description: 'The stream: an account number, or flow/<partner>/<flow>.', ...text(fields.streamPattern) },
      time: { description: 'When we learned it, UTC with milliseconds.', format: 'date-time', ...text(fields.instantPattern) },
      datacontenttype: { const: 'application/json' },
      seq: { description: "The author's own number in the stream, without holes.", type: 'integer', minimum: 1 },
      previous: { description: "Digest of the author's previous fact in the stream.", ...orNull(fields.digestPattern) },
      position: { description: 'Grows over all facts of the author.', ...text(fields.positionPattern) },
      effectiveon: { description: 'The day it took effect.', format: 'date', ...text(fields.dayPattern) },
      correlation: { description: 'One trace from the first cause to the last effect.', ...text(fields.uuidPattern) },
      cause: { description: 'The fact that led to this one.', ...orNull(fields.uuidPattern) },
      data: { description: 'The payload, by the schema of its type.' },
    },
    required: [
      ...['specversion', 'id', 'source', 'type', 'subject', 'time', 'datacontenttype', 'seq', 'previous', 'position'],
      ...['effectiveon', 'correlation', 'cause', 'data'],
    ],
    allOf: [
      {
        if: { properties: { seq: { const: 1 } } },
        then: { properties: { previous: { type: 'null' } } },
        else: { properties: { previous: { type: 'string' } } },
      },
      ...authors.map((author) => ({
        if: { properties: { source: { const: `/isu/${author}` } } },
        then: { properties: { type: { pattern: `^${author}\\.` } } },
      })),
    ],
  };
}
