import { Ajv2019, type ValidateFunction } from 'ajv/dist/2019.js';

const compiled = new WeakMap<object, ValidateFunction>();

/** Compiled once a schema: that takes longer than all that is then asked of it. */
export function validatorOf(schema: object, beside: object = {}): ValidateFunction {
  const validate =
    compiled.get(schema) ?? new Ajv2019({ strict: false, validateFormats: false, allErrors: true }).compile({ ...schema, ...beside });
  compiled.set(schema, validate);
  return validate;
}
