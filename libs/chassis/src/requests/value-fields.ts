import { Transform } from 'class-transformer';
import { ValidateBy, type ValidationArguments, type ValidationOptions } from 'class-validator';
import { Injectable, type ArgumentMetadata, type PipeTransform, type Type } from '@nestjs/common';
import { InvalidValue } from '@isu/values';
import { invalidRequest } from '../problems/standard-refusals.js';

/** A class of @isu/values: `Money`, `Day`, `AccountNumber`… */
export interface ValueClass<V = unknown> {
  readonly name: string;
  of(text: string): V;
}

/** Stands where a value could not be made, until the validator names the field. It does not remember what was sent. */
class Unmade {
  constructor(
    readonly code: string,
    readonly accepted: string,
  ) {}
}

export const valueConstraint = 'value';

/**
 * A field of a request class that is one of our values: the use case receives a `Money`, never a text that might be one.
 * `@ValueOf(Money) amount!: Money`. Only JSON strings are read: a number has lost its cents before we see it.
 */
export function ValueOf(type: ValueClass, options?: ValidationOptions): PropertyDecorator {
  const made = (text: unknown): unknown => (text === undefined || text === null ? text : madeOf(type, text));
  const toValue = Transform(({ value }: { value: unknown }) => (options?.each && Array.isArray(value) ? value.map(made) : made(value)));
  const isValue = ValidateBy(
    {
      name: valueConstraint,
      constraints: [type],
      validator: { validate: (value: unknown) => value !== undefined && value !== null && !(value instanceof Unmade) },
    },
    options,
  );
  return (target, property) => {
    toValue(target, property as string);
    isValue(target, property);
  };
}

/** The same for a path parameter: `@Param('account', valueOf(AccountNumber)) account: AccountNumber`. */
export function valueOf(type: ValueClass): Type<PipeTransform> {
  @Injectable()
  class ValuePipe implements PipeTransform {
    transform(text: unknown, { data }: ArgumentMetadata): unknown {
      const made = madeOf(type, text);
      if (made instanceof Unmade) throw invalidRequest([{ field: data ?? '', code: made.code, accepted: made.accepted }]);
      return made;
    }
  }
  return ValuePipe;
}

function madeOf(type: ValueClass, text: unknown): unknown {
  if (typeof text !== 'string') return new Unmade('not-a-text', 'un texte entre guillemets');
  try {
    return type.of(text);
  } catch (error) {
    if (error instanceof InvalidValue) return new Unmade(error.code, error.accepted);
    throw error;
  }
}

/** Why a value could not be made, for the pipe that answers. */
export function whyUnmade(value: unknown): { code: string; accepted: string } | undefined {
  const unmade = Array.isArray(value) ? value.find((item) => item instanceof Unmade) : value;
  return unmade instanceof Unmade ? { code: unmade.code, accepted: unmade.accepted } : undefined;
}

/** Control characters, and the marks that turn the direction of writing: invisible to who reads the name on a screen. */
const invisible = /[\p{Cc}\p{Surrogate}\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]/u;
export const lineConstraint = 'lineOfText';

/** One line of text that a person typed (a name, a reason): trimmed, NFC, without invisible characters. */
export function LineOfText(length: { max: number; min?: number }, options?: ValidationOptions): PropertyDecorator {
  const { max, min = 1 } = length;
  const tidy = Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.normalize('NFC').trim() : value));
  const isLine = ValidateBy(
    {
      name: lineConstraint,
      constraints: [min, max],
      validator: {
        validate: (value: unknown, _: ValidationArguments | undefined) =>
          typeof value === 'string' && value.length >= min && value.length <= max && !invisible.test(value),
      },
    },
    options,
  );
  return (target, property) => {
    tidy(target, property as string);
    isLine(target, property);
  };
}
