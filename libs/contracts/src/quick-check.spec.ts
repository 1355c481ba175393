import { plainToInstance } from 'class-transformer';
import { IsBoolean, IsString, MinLength, Validate, validateSync, ValidateNested, ValidatorConstraint } from 'class-validator';
import fc from 'fast-check';
import { catalogue, factTypes, type FactType } from './catalogue.js';
import { IsMoney, ListOf, Optional } from './fields.js';
import { canonicalJson } from './digest.js';
import { admits, standsAsWritten } from './quick-check.js';

const classOf = (type: FactType) => catalogue[type] as new () => object;
const slowly = (type: new () => object, payload: object, strict: boolean): boolean =>
  validateSync(plainToInstance(type, payload), { whitelist: strict, forbidNonWhitelisted: strict, forbidUnknownValues: true }).length === 0;

/** Values that some field of the catalogue takes, and some that none does. */
const id = '01544c00-9c00-7000-8000-000000000001';
const likely = [
  ...[
    '2016-05-20',
    '2016-02-30',
    '2016-05',
    '2016-Q2',
    '1690',
    '1234.50',
    '0',
    '-12',
    '0.0215',
    id,
    'a'.repeat(64),
    'urssaf/payments',
    'csg-crds',
    '1300001234517',
    '2016-05-20T08:00:00.000Z',
    'paid',
    'attributed',
  ],
  ...[
    'third-of-pass',
    'granted',
    'vente',
    'director',
    'RCUR',
    'left-unpaid',
    'rejected',
    'provisional',
    'declared',
    'transfer',
    'monthly-5',
    'artisan',
    'common',
    '13',
    'lost',
    'batch',
    'n° 12',
    '',
    'a\nb',
    null,
    true,
    1,
    2016,
    1.5,
    -1,
    {},
    [],
  ],
];
const names = [
  ...[
    'year',
    'version',
    'lines',
    'code',
    'base',
    'rate',
    'amount',
    'instalments',
    'id',
    'dueOn',
    'means',
    'allocations',
    'instalment',
    'paymentId',
  ],
  ...[
    'valueOn',
    'credit',
    'accountingDay',
    'reportedFact',
    'stage',
    'rules',
    'periodicity',
    'reasons',
    'digest',
    'number',
    'from',
    'kind',
    'source',
  ],
];

/** For each type a payload that it takes, found by trying likely values field by field. */
function sampleOf(type: new () => object, depth = 0): Record<string, unknown> {
  const sample: Record<string, unknown> = {};
  const wrong = () => validateSync(plainToInstance(type, sample), { forbidUnknownValues: true }).map(({ property }) => property);
  for (const property of wrong()) {
    for (const value of [...likely, ...likely.map((each) => [each]), ...(depth < 2 ? lists(depth) : [])]) {
      sample[property] = value;
      if (!wrong().includes(property)) break;
    }
  }
  return sample;
}

/** A line that any list of lines takes, and an instalment. */
const lists = (depth: number): unknown[] => [
  [
    {
      ...{ year: 2016, code: 'majoration-initiale', base: '1', rate: '0.1', amount: '1690', instalment: '2016-05' },
      ...{ months: 1, from: '2016-05-05', paymentId: id },
    },
  ],
  ...(depth === 0 ? [[{ id: '2016-05', dueOn: '2016-05-05', means: 'transfer', lines: [] }]] : []),
];

/** The same with the fields of every object in the order of their names. */
const inOrder = (value: unknown): unknown => JSON.parse(canonicalJson(value));

describe('the quick check of a payload', () => {
  it.each(factTypes)('%s: says yes to what class-validator takes, and never to what it refuses', (type) => {
    const sample = sampleOf(classOf(type));
    expect([slowly(classOf(type), sample, false), admits(classOf(type), sample, false)]).toEqual([true, true]);
    expect(standsAsWritten(classOf(type), inOrder(sample) as object)).toBe(slowly(classOf(type), sample, true));
    const scalar = fc.oneof(fc.constantFrom(...likely), fc.string(), fc.integer(), fc.double());
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        scalar,
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 4 }),
      ),
    }));
    const change = fc.tuple(fc.constantFrom(...Object.keys(sample), ...names), value);
    fc.assert(
      fc.property(fc.array(change, { maxLength: 2 }), fc.boolean(), (changes, strict) => {
        const payload = { ...sample, ...Object.fromEntries(changes) };
        expect({ payload, strict, taken: admits(classOf(type), payload, strict) }).toEqual({
          payload,
          strict,
          taken: slowly(classOf(type), payload, strict),
        });
        // Only what is valid to the last field, and says in its own order what its canonical text says.
        if (standsAsWritten(classOf(type), payload))
          expect([slowly(classOf(type), payload, true), JSON.stringify(payload)]).toEqual([true, canonicalJson(payload)]);
      }),
    );
  });

  it('sees a fault in the last line of the last instalment, and an unknown field there when strict', () => {
    const line = { year: 2016, code: 'cfp', amount: '1' };
    const schedule = (last: object) => ({
      ...{ year: 2016, version: 1, periodicity: 'quarterly' },
      instalments: ['2016-Q1', '2016-Q2'].map((id) => ({ id, dueOn: '2016-05-05', means: 'card', lines: [line, last] })),
    });
    const type = classOf('collection.schedule-issued.v1');
    expect([admits(type, schedule(line), true), admits(type, schedule({ ...line, amount: '1.00' }), false)]).toEqual([true, false]);
    expect([admits(type, schedule({ ...line, note: 1 }), false), admits(type, schedule({ ...line, note: 1 }), true)]).toEqual([
      true,
      false,
    ]);
  });

  it('lets JSON write what is in order alone: no field out of its place, too many, missing, unknown, of a class or that needs an escape', () => {
    const type = classOf('collection.schedule-issued.v1');
    const schedule = (line: object) => ({
      instalments: [{ dueOn: '2016-05-05', id: '2016-05', lines: [line], means: 'card' }],
      ...{ periodicity: 'quarterly', version: 1, year: 2016 },
    });
    const stands = (line: object): boolean => standsAsWritten(type, schedule(line));
    expect(stands({ amount: '1', code: 'cfp', year: 2016 })).toBe(true);
    for (const line of [
      { code: 'cfp', amount: '1', year: 2016 },
      { amount: '1', code: 'cfp', note: 1, year: 2016 },
      { amount: '1', year: 2016 },
      { amount: '1', code: 'cfp', year: 2016, zone: 1 },
      { amount: '1', code: undefined, year: 2016 },
      { amount: { toJSON: () => '1' }, code: 'cfp', year: 2016 },
      Object.assign(Object.create({ amount: '1' }) as object, { code: 'cfp', year: 2016 }),
    ])
      expect({ line, stands: stands(line) }).toEqual({ line, stands: false });
    const reversed = (reason: string) => ({ accountingDay: '2016-05-20', paymentId: id, reason });
    const told = ['impayé', 'dit « non »', 'a "b"', 'a\\b'].map((reason) =>
      standsAsWritten(classOf('collection.payment-reversed.v1'), reversed(reason)),
    );
    expect(told).toEqual([true, true, false, false]);
  });

  it('leaves to class-validator every kind of rule that it does not know', () => {
    class Nested {
      @IsMoney() amount!: string;
    }
    @ValidatorConstraint({ async: true })
    class Later {
      validate = () => Promise.resolve(false);
    }
    class ByHand {
      @ValidateNested() nested!: Nested;
    }
    class InGroup {
      @MinLength(3, { groups: ['g'] }) text!: string;
    }
    class Asynchronous {
      @Validate(Later) text!: string;
    }
    class Conditional {
      @IsString({ validateIf: () => false }) text!: string;
    }
    const taken = { text: 'text', nested: { amount: '1' } };
    for (const type of [ByHand, InGroup, Asynchronous, Conditional]) expect(admits(type, taken, false)).toBe(false);
  });

  it('keeps the plan of each class apart', () => {
    class One {
      @Optional() @IsBoolean() field?: boolean;
    }
    class Other {
      @ListOf(() => One, { min: 1, max: 2 }) field!: One[];
    }
    expect([admits(One, { field: true }, true), admits(Other, { field: true }, true)]).toEqual([true, false]);
    expect([admits(Other, { field: [{}, { field: false }] }, true), admits(Other, { field: [{ field: null }] }, true)]).toEqual([
      true,
      false,
    ]);
  });
});
