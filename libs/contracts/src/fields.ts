import 'reflect-metadata'; // Before any decorator runs: every events file imports this one first of all.
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsObject,
  Matches,
  ValidateBy,
  ValidateIf,
  ValidateNested,
  type ValidationOptions,
} from 'class-validator';

/*
 * The kinds of field that events are made of. Each is a pattern, so that the JSON Schema that readers of other
 * languages get says exactly what we check.
 */

/** Euros: whole without decimals ("1690"), else exactly two ("1234.50"); never "-0". */
export const moneyPattern = /^(?:0|-?[1-9]\d{0,11}|-?(?:0|[1-9]\d{0,11})\.(?!00)\d{2})$/;
export const positiveMoneyPattern = /^(?:[1-9]\d{0,11}|(?:0|[1-9]\d{0,11})\.(?!00)\d{2})$/;
export const ratePattern = /^-?(?:0|[1-9]\d{0,3})(?:\.\d{0,11}[1-9])?$/;
/** Years from 0001: neither PostgreSQL nor anyone else has a year 0. */
export const dayPattern = /^(?!0000)\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;
export const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
export const digestPattern = /^[0-9a-f]{64}$/;
export const accountPattern = /^\d{13}$/;
export const flowPattern = /^[a-z][a-z0-9-]{0,30}\/[a-z][a-z0-9.-]{0,30}$/;
/** An account number, or `flow/<partner>/<flow>`. */
export const streamPattern = /^(?:\d{13}|flow\/[a-z][a-z0-9-]{0,30}\/[a-z][a-z0-9.-]{0,30})$/;
/** Author, past fact, version: `collection.payment-posted.v1`. */
export const typePattern = /^([a-z]+(?:-[a-z]+)*)\.[a-z]+(?:-[a-z]+)*\.v[1-9]\d?$/;
/** At most 18 digits: a bigint holds them all. */
export const positionPattern = /^[1-9]\d{0,17}$/;
/** ISO 8601 in UTC with milliseconds. */
export const instantPattern = /^(?!0000)\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;
/** One line of plain text, no control characters: references and reasons. */
export const lineOfTextPattern = /^[^\p{Cc}\p{Cs}]{1,140}$/u;
export const codePattern = /^[a-z][a-z0-9-]{0,39}$/;
/** `2016-05` monthly, `2016-Q2` quarterly, `2016-R1` a single payment after the last due date of its year. */
export const instalmentPattern = /^\d{4}-(?:0[1-9]|1[0-2]|Q[1-4]|R[1-9])$/;
/** Reference of a SEPA mandate: at most 35 characters that every bank reads. */
export const rumPattern = /^[A-Z0-9][A-Z0-9-]{0,34}$/;
/** Reference of a letter between the two organisations: `ATT-2016-014`. No name fits in. */
export const attestationPattern = /^[A-Z0-9][A-Z0-9./-]{2,34}$/;

export const IsMoney = (options?: ValidationOptions) => Matches(moneyPattern, options);
export const IsPositiveMoney = (options?: ValidationOptions) => Matches(positiveMoneyPattern, options);
export const IsRate = (options?: ValidationOptions) => Matches(ratePattern, options);
export const IsUuid = (options?: ValidationOptions) => Matches(uuidPattern, options);
export const IsDigest = (options?: ValidationOptions) => Matches(digestPattern, options);
export const IsFlow = (options?: ValidationOptions) => Matches(flowPattern, options);
export const IsLineOfText = (options?: ValidationOptions) => Matches(lineOfTextPattern, options);
export const IsRum = (options?: ValidationOptions) => Matches(rumPattern, options);
export const IsCode = (options?: ValidationOptions) => Matches(codePattern, options);
export const IsInstalmentId = (options?: ValidationOptions) => Matches(instalmentPattern, options);

const daysIn = (year: number, month: number): number =>
  month === 2 ? (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;

/** A day of the calendar as `2016-05-20`; 30 February is refused. */
export const isDayText = (text: unknown): text is string =>
  typeof text === 'string' && dayPattern.test(text) && Number(text.slice(8)) <= daysIn(Number(text.slice(0, 4)), Number(text.slice(5, 7)));

export const IsDay = (options?: ValidationOptions) =>
  ValidateBy(
    { name: 'isDay', validator: { validate: isDayText, defaultMessage: () => '$property must be a day such as 2016-05-20' } },
    options,
  );

/** The field may be absent. `null` is not absence: one fact has one form, and the JSON Schema says the same. */
export const Optional = () => ValidateIf((_, value: unknown) => value !== undefined);

/** What the rule of a list says beside its check: the class of its items. */
export interface ListContext {
  readonly item: () => new () => object;
}

/**
 * A list of objects of one class. `IsObject` is not redundant: class-validator descends into arrays of arrays, so that
 * `[[]]` would pass as a list of lines.
 */
export function ListOf(item: () => new () => object, size: { min?: number; max: number }): PropertyDecorator {
  const rules = [
    IsArray(),
    ...(size.min === undefined ? [] : [ArrayMinSize(size.min)]),
    ArrayMaxSize(size.max),
    IsObject({ each: true }),
    ValidateNested({ each: true, context: { item } satisfies ListContext }),
    Type(item),
  ];
  return (target, name) => rules.forEach((rule) => rule(target, name as string));
}
