import { getMetadataStorage, ValidationTypes, type ValidatorConstraintInterface } from 'class-validator';
import type { ListContext } from './fields.js';

type Payload = Readonly<Record<string, unknown>>;
type Rule = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];
type Check = (value: unknown, payload: Payload, strict: boolean) => boolean;

interface Field {
  readonly name: string;
  readonly checks: readonly Check[];
  /** `Optional()`: whether the other rules apply. */
  readonly applies: (payload: Payload, value: unknown) => boolean;
}

interface Plan {
  readonly fields: readonly Field[];
  readonly names: ReadonlySet<string>;
}

/** One plan per class of payload; null when a class uses a kind of rule that this file does not know. */
const plans = new Map<object, Plan | null>();

/**
 * Whether a payload surely keeps the rules of its class: the validators are those of class-validator, called without building
 * an instance and an account of errors, eight times as fast. "No" only means: ask class-validator, which also says what is wrong.
 */
export function admits(type: new () => object, payload: object, strict: boolean): boolean {
  const plan = planOf(type);
  if (plan === null) return false;
  const values = payload as Payload;
  for (const { name, checks, applies } of plan.fields) {
    const value = values[name];
    if (!applies(values, value)) continue;
    for (const check of checks) if (!check(value, values, strict)) return false;
  }
  return !strict || Object.keys(values).every((name) => plan.names.has(name));
}

function planOf(type: new () => object): Plan | null {
  const known = plans.get(type);
  if (known !== undefined) return known;
  const storage = getMetadataStorage();
  const rules = storage.groupByPropertyName(storage.getTargetValidationMetadatas(type, '', true, false));
  const fields = Object.entries(rules).map(([name, ofField]) => fieldOf(name, ofField));
  const plan = fields.includes(null) ? null : { fields: fields as Field[], names: new Set(Object.keys(rules)) };
  plans.set(type, plan);
  return plan;
}

function fieldOf(name: string, rules: readonly Rule[]): Field | null {
  const conditions = rules.filter(({ type }) => type === ValidationTypes.CONDITIONAL_VALIDATION).map(({ constraints }) => constraints[0]);
  const checks = rules.filter(({ type }) => type !== ValidationTypes.CONDITIONAL_VALIDATION).map((rule) => checkOf(rule));
  if (checks.includes(null)) return null;
  return { name, checks: checks as Check[], applies: (payload, value) => conditions.every((holds) => Boolean(holds(payload, value))) };
}

function checkOf(rule: Rule): Check | null {
  if (rule.validateIf || rule.groups?.length) return null;
  if (rule.type === ValidationTypes.NESTED_VALIDATION) return listCheckOf(rule);
  return rule.type === ValidationTypes.CUSTOM_VALIDATION ? valueCheckOf(rule) : null;
}

/** A list made by `ListOf`, whose own rules see that it is one and holds objects. */
function listCheckOf({ context }: Rule): Check | null {
  const { item } = (context ?? {}) as Partial<ListContext>;
  if (!item) return null;
  return (value, _, strict) => Array.isArray(value) && value.every((entry) => isPlain(entry) && admits(item(), entry, strict));
}

function valueCheckOf({ name, constraintCls, constraints, each, propertyName, target }: Rule): Check | null {
  const validators = getMetadataStorage().getTargetValidatorConstraints(constraintCls);
  if (validators.some(({ async }) => async)) return null;
  const instances: readonly ValidatorConstraintInterface[] = validators.map(({ instance }) => instance);
  const quick = quickRuleOf(name, constraints);
  if (quick && !each) return quick;
  const targetName = typeof target === 'string' ? target : target.name;
  return (value, object) => {
    const args = { value, constraints, object, property: propertyName, targetName };
    if (!each) return instances.every((validator) => validator.validate(value, args) === true);
    return Array.isArray(value) && value.every((entry) => instances.every((validator) => validator.validate(entry, args) === true));
  };
}

/**
 * The rules that nearly every field has, asked of the value alone: a calendar has hundreds of fields, and each would cost a description
 * of itself and a detour. The same answers as class-validator's own functions (`quick-check.spec.ts` compares them); null for any other.
 */
function quickRuleOf(name: string | undefined, constraints: readonly unknown[]): ((value: unknown) => boolean) | null {
  const [constraint, further] = constraints ?? [];
  if (name === 'matches' && constraint instanceof RegExp && further === undefined && !constraint.global && !constraint.sticky)
    return (value) => typeof value === 'string' && constraint.test(value);
  if (name === 'isInt') return (value) => Number.isInteger(value);
  if (name === 'min' && typeof constraint === 'number') return (value) => typeof value === 'number' && value >= constraint;
  if (name === 'max' && typeof constraint === 'number') return (value) => typeof value === 'number' && value <= constraint;
  return null;
}

const isPlain = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);
