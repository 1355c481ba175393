import 'reflect-metadata';
import type { INestApplication } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
// The types of nested fields.
// @ts-expect-error class-transformer publishes its storage without types.
import { defaultMetadataStorage as untypedStorage } from 'class-transformer/cjs/storage.js';
import { getMetadataStorage } from 'class-validator';
import { targetConstructorToSchema } from 'class-validator-jsonschema';
import { lineConstraint, valueConstraint, type ValueClass } from '../requests/value-fields.js';
import { createsKey } from '../creations/creates.js';
import { answersKey, type RouteAnswer } from './answers.js';

type Class = new () => object;

interface NestedTypes {
  findTypeMetadata(target: Class, property: string): { typeFunction(): unknown } | undefined;
}

const defaultMetadataStorage = untypedStorage as NestedTypes;
export type JsonSchema = Record<string, unknown>;

/** What a route takes and answers, as its handler says it: the request class is the only description of a request. */
export interface RouteShape {
  readonly body?: Class;
  readonly query?: Class;
  readonly creates: boolean;
  readonly answer?: RouteAnswer;
}

const bodyArgument = '3';
const queryArgument = '4';

export const operationId = (controller: string, method: string): string => `${controller.replace(/Controller$/, '')}.${method}`;

/** Every route of the application, by operation id. */
export function routeShapes(app: INestApplication): Map<string, RouteShape> {
  const controllers = [...app.get(ModulesContainer).values()].flatMap((module) => [...module.controllers.values()]);
  const shapes = new Map<string, RouteShape>();
  for (const { metatype } of controllers) {
    if (typeof metatype !== 'function') continue;
    const prototype = metatype.prototype as Record<string, unknown>;
    for (const method of Object.getOwnPropertyNames(prototype)) {
      if (method !== 'constructor') shapes.set(operationId(metatype.name, method), shapeOf(metatype, prototype, method));
    }
  }
  return shapes;
}

function shapeOf(controller: object, prototype: Record<string, unknown>, method: string): RouteShape {
  const argumentsOf = (Reflect.getMetadata('__routeArguments__', controller, method) ?? {}) as Record<
    string,
    { index: number; data?: unknown }
  >;
  const types = (Reflect.getMetadata('design:paramtypes', prototype, method) ?? []) as unknown[];
  const classOf = (kind: string): Class | undefined => {
    const found = Object.entries(argumentsOf).find(([key, { data }]) => key.startsWith(`${kind}:`) && data === undefined);
    const type = found && types[found[1].index];
    return typeof type === 'function' && constrained(type as Class).length > 0 ? (type as Class) : undefined;
  };
  const creates = Reflect.getMetadata(createsKey, prototype[method] as object) === true;
  const answer = Reflect.getMetadata(answersKey, prototype[method] as object) as RouteAnswer | undefined;
  return { body: classOf(bodyArgument), query: classOf(queryArgument), creates, ...(answer && { answer }) };
}

const constrained = (type: Class) => getMetadataStorage().getTargetValidationMetadatas(type, '', true, false);

/** JSON Schemas of a request class and of those nested in it, by name. */
export function schemasOf(type: Class, known: Map<string, JsonSchema> = new Map()): Map<string, JsonSchema> {
  if (known.has(type.name)) return known;
  known.set(type.name, targetConstructorToSchema(type, options) as JsonSchema);
  for (const property of new Set(constrained(type).map(({ propertyName }) => propertyName))) {
    const nested = defaultMetadataStorage.findTypeMetadata(type, property)?.typeFunction() as Class | undefined;
    if (nested && constrained(nested).length > 0) schemasOf(nested, known);
  }
  return known;
}

interface Constraint {
  readonly constraints: readonly unknown[];
}

/** How the texts of our values look on the wire; the rules behind the form (keys, calendars) are said by the refusal. */
const valueForms: Readonly<Record<string, JsonSchema>> = {
  AccountNumber: { pattern: '^\\d{13}$', examples: ['1300001234507'] },
  Day: { format: 'date', examples: ['2016-05-20'] },
  Money: { pattern: '^-?\\d{1,13}(\\.\\d{2})?$', examples: ['1690', '1234.50'] },
  Nir: { pattern: '^\\d[0-9AB]{14}$' },
  Rate: { pattern: '^-?\\d+(\\.\\d+)?$', examples: ['0.0215'] },
  Siren: { pattern: '^\\d{9}$' },
  Siret: { pattern: '^\\d{14}$' },
};

const options = {
  refPointerPrefix: '#/components/schemas/',
  classTransformerMetadataStorage: untypedStorage as never,
  additionalConverters: {
    [valueConstraint]: ({ constraints }: Constraint) => {
      const { name } = constraints[0] as ValueClass;
      return { type: 'string' as const, ...valueForms[name], description: name };
    },
    [lineConstraint]: ({ constraints: [minLength, maxLength] }: Constraint) => ({
      type: 'string' as const,
      minLength: Number(minLength),
      maxLength: Number(maxLength),
    }),
  },
};
