/** A JSON Schema (2020-12), as OpenAPI 3.1 takes it. */
export type WireSchema = Readonly<Record<string, unknown>>;

const text = (keywords: WireSchema = {}): WireSchema => ({ type: 'string', ...keywords });

/**
 * The words in which an answer is described: how our values look on the wire. `record<T>` takes the type of what is answered, so that a
 * field that is added there and not described here does not compile.
 */
export const wire = {
  text: text(),
  account: text({ pattern: '^\\d{13}$', examples: ['1300001234507'] }),
  /** Whole euros without decimals, else exactly two. */
  euros: text({ pattern: '^-?\\d{1,13}(\\.\\d{2})?$', examples: ['1690', '1234.50'] }),
  rate: text({ pattern: '^-?\\d+(\\.\\d+)?$', examples: ['0.0215'] }),
  day: text({ format: 'date', examples: ['2016-05-20'] }),
  instant: text({ format: 'date-time', examples: ['2016-05-20T08:00:00.000Z'] }),
  uuid: text({ format: 'uuid' }),
  digest: text({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256.' }),
  fund: text({ pattern: '^\\d{2}$', description: 'Code de caisse.' }),
  year: { type: 'integer', minimum: 1900, maximum: 2100 } as WireSchema,
  count: { type: 'integer', minimum: 0 } as WireSchema,
  flag: { type: 'boolean' } as WireSchema,
  /** Last number of each author. */
  vector: { type: 'object', additionalProperties: { type: 'integer', minimum: 1 } } as WireSchema,
  anything: {} as WireSchema,

  choice: (values: readonly string[]): WireSchema => ({ type: 'string', enum: [...values] }),
  listOf: (items: WireSchema): WireSchema => ({ type: 'array', items }),
  mapOf: (values: WireSchema): WireSchema => ({ type: 'object', additionalProperties: values }),
  orNull: (schema: WireSchema): WireSchema => ({ anyOf: [schema, { type: 'null' }] }),
  record: <T extends object>(
    properties: { readonly [Field in keyof T]-?: WireSchema },
    optional: readonly (keyof T)[] = [],
  ): WireSchema => ({
    type: 'object',
    required: Object.keys(properties).filter((field) => !optional.includes(field as keyof T)),
    properties,
  }),
} as const;
