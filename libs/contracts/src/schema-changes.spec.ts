import { schemaChanges } from './schema-changes.js';

const line = {
  type: 'object',
  properties: { code: { type: 'string', pattern: '^[a-z]+$' }, amount: { type: 'string', pattern: '^\\d+$' } },
  required: ['code', 'amount'],
};
const published = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Assessed',
  type: 'object',
  properties: {
    year: { type: 'integer', minimum: 2008 },
    stage: { type: 'string', enum: ['provisional', 'definitive'] },
    lines: { type: 'array', minItems: 1, items: line },
    description: { type: 'string' },
  },
  required: ['year', 'stage', 'lines'],
};

type Edit = (schema: typeof published) => unknown;
const edited = (edit: Edit): unknown => {
  const copy = structuredClone(published);
  edit(copy);
  return copy;
};

describe('a published event schema', () => {
  it.each<[string, Edit]>([
    ['is unchanged', () => undefined],
    [
      'has its keys in another order',
      (schema) => {
        schema.properties = Object.fromEntries(Object.entries(schema.properties).reverse()) as typeof schema.properties;
      },
    ],
    ['explains itself better', (schema) => Object.assign(schema, { title: 'Other words', description: 'More words', $comment: 'c' })],
    ['gets an optional field', (schema) => Object.assign(schema.properties, { note: { type: 'string' } })],
    ['gets an optional field in its lines', (schema) => Object.assign(schema.properties.lines.items.properties, { note: {} })],
  ])('may go on as .v1 when it %s', (_, edit) => {
    expect(schemaChanges(published, edited(edit))).toEqual([]);
  });

  it.each<[string, Edit, string]>([
    ['a field is removed', (schema) => Reflect.deleteProperty(schema.properties, 'stage'), 'stage: removed'],
    [
      'a field that is named like an annotation is removed',
      (schema) => Reflect.deleteProperty(schema.properties, 'description'),
      'description: removed',
    ],
    [
      'a required field is added',
      (schema) => (Object.assign(schema.properties, { rules: {} }), schema.required.push('rules')),
      'rules: added as required',
    ],
    ['an optional field becomes required', (schema) => schema.required.push('description'), 'description: became required'],
    ['a field need no longer be there', (schema) => (schema.required = ['year', 'lines']), 'stage: no longer required'],
    ['an enum loses a value', (schema) => schema.properties.stage.enum.pop(), 'stage: enum changed'],
    ['an enum gains a value, which old readers do not know', (schema) => schema.properties.stage.enum.push('flat'), 'stage: enum changed'],
    ['a limit is moved', (schema) => (schema.properties.year.minimum = 2009), 'year: minimum changed'],
    ['a limit is added', (schema) => Object.assign(schema.properties.year, { maximum: 2100 }), 'year: maximum added'],
    ['a limit is dropped', (schema) => Reflect.deleteProperty(schema.properties.lines, 'minItems'), 'lines: minItems removed'],
    ['a type changes', (schema) => (schema.properties.year.type = 'string'), 'year: type changed'],
    [
      'a pattern is tightened inside a line',
      (schema) => (schema.properties.lines.items.properties.amount.pattern = '^[1-9]\\d*$'),
      'lines[].amount: pattern changed',
    ],
    [
      'a field of a line is removed',
      (schema) => Reflect.deleteProperty(schema.properties.lines.items.properties, 'code'),
      'lines[].code: removed',
    ],
    [
      'unknown fields are forbidden',
      (schema) => Object.assign(schema, { additionalProperties: false }),
      'schema: additionalProperties added',
    ],
  ])('becomes a .v2 beside the .v1 when %s', (_, edit, change) => {
    expect(schemaChanges(published, edited(edit))).toEqual([change]);
  });

  it('tells every change, not the first only', () => {
    const next = edited((schema) => {
      Reflect.deleteProperty(schema.properties, 'stage');
      schema.properties.year.minimum = 1;
    });
    expect(schemaChanges(published, next)).toEqual(['year: minimum changed', 'stage: removed']);
  });

  it('is another event when it is no schema any more', () => {
    expect(schemaChanges(published, true)).toEqual(['schema: changed']);
  });
});
