import { getMetadataStorage, ValidationTypes, type ValidatorConstraintInterface } from 'class-validator';
import { isDayText, type ListContext } from './fields.js';

type Payload = Readonly<Record<string, unknown>>;
type Rule = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];
type Check = (value: unknown, payload: Payload) => boolean;

interface Field {
  readonly name: string;
  /** The rules of the value itself; those of the items of a list are the plan of their class. */
  readonly checks: readonly Check[];
  /** The class of the items of a list of objects. */
  readonly item: (() => new () => object) | null;
  /** `Optional()`: whether the other rules apply. */
  readonly applies: (payload: Payload, value: unknown) => boolean;
}

interface Plan {
  /** In the order of their names, which is that of the canonical text. */
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
  for (const { name, checks, item, applies } of plan.fields) {
    const value = values[name];
    if (!applies(values, value)) continue;
    for (const check of checks) if (!check(value, values)) return false;
    if (item && !(value as readonly unknown[]).every((entry) => isPlain(entry) && admits(item(), entry, strict))) return false;
  }
  return !strict || Object.keys(values).every((name) => plan.names.has(name));
}

/**
 * Whether a payload surely keeps the rules of its class, and stands in memory as in its canonical text: its fields in the order of their names,
 * none beside those of the class, plain values. JSON writes such a one as it is. One walk for all of it: a calendar has hundreds of fields.
 */
export function standsAsWritten(type: new () => object, payload: object): boolean {
  const plan = planOf(type);
  if (plan === null || Object.getPrototypeOf(payload) !== Object.prototype) return false;
  const { fields } = plan;
  const values = payload as Payload;
  let rank = 0;
  for (const name in values) {
    for (; fields[rank]?.name !== name; rank += 1) if (!mayLack(fields[rank], values)) return false;
    const [field, value] = [fields[rank] as Field, values[name]];
    if (!field.applies(values, value)) return false;
    for (const check of field.checks) if (!check(value, values)) return false;
    if (!(field.item ? stand(field.item(), value as readonly unknown[]) : isPlainValue(value))) return false;
    rank += 1;
  }
  for (; rank < fields.length; rank += 1) if (!mayLack(fields[rank], values)) return false;
  return true;
}

const mayLack = (field: Field | undefined, values: Payload): boolean => field !== undefined && !field.applies(values, undefined);

function stand(item: new () => object, entries: readonly unknown[]): boolean {
  for (const entry of entries) if (!isPlain(entry) || !standsAsWritten(item, entry)) return false;
  return true;
}

/** What JSON writes otherwise than it stands, or may not be written at all: quotes, backslashes, control characters, half characters. */
const unusual = /[^ !#-[\]-\ud7ff\ue000-\uffff]/;

function isPlainValue(value: unknown): boolean {
  if (typeof value === 'string') return !unusual.test(value);
  if (typeof value === 'number') return Number.isSafeInteger(value) && !Object.is(value, -0);
  return typeof value === 'boolean' || (Array.isArray(value) && value.every(isPlainValue));
}

function planOf(type: new () => object): Plan | null {
  const known = plans.get(type);
  if (known !== undefined) return known;
  const storage = getMetadataStorage();
  const rules = storage.groupByPropertyName(storage.getTargetValidationMetadatas(type, '', true, false));
  const fields = Object.entries(rules).map(([name, ofField]) => fieldOf(name, ofField));
  const plan = fields.includes(null) ? null : { fields: inOrderOfNames(fields as Field[]), names: new Set(Object.keys(rules)) };
  plans.set(type, plan);
  return plan;
}

const inOrderOfNames = (fields: readonly Field[]): Field[] => [...fields].sort((a, b) => (a.name < b.name ? -1 : 1));

function fieldOf(name: string, rules: readonly Rule[]): Field | null {
  const conditions = ofType(rules, ValidationTypes.CONDITIONAL_VALIDATION).map(({ constraints }) => constraints[0]);
  const items = ofType(rules, ValidationTypes.NESTED_VALIDATION).map(itemOf);
  const others = rules.filter(({ type }) => type !== ValidationTypes.CONDITIONAL_VALIDATION && type !== ValidationTypes.NESTED_VALIDATION);
  const checks = others.map(checkOf);
  if (checks.includes(null) || items.includes(null) || items.length > 1) return null;
  const applies: Field['applies'] =
    conditions.length === 0 ? always : (payload, value) => conditions.every((holds) => Boolean(holds(payload, value)));
  return { name, checks: checks as Check[], item: items[0] ?? null, applies };
}

const always = (): boolean => true;
const ofType = (rules: readonly Rule[], wanted: string): Rule[] => rules.filter(({ type }) => type === wanted);
const isConditional = ({ validateIf, groups }: Rule): boolean => Boolean(validateIf) || Boolean(groups?.length);

const checkOf = (rule: Rule): Check | null =>
  isConditional(rule) || rule.type !== ValidationTypes.CUSTOM_VALIDATION ? null : valueCheckOf(rule);

/** A list made by `ListOf`, whose own rules see that it is one and holds objects; null for anything else that nests. */
const itemOf = (rule: Rule): Field['item'] => (isConditional(rule) ? null : (((rule.context ?? {}) as Partial<ListContext>).item ?? null));

function valueCheckOf({ name, constraintCls, constraints, each, propertyName, target }: Rule): Check | null {
  const validators = getMetadataStorage().getTargetValidatorConstraints(constraintCls);
  if (validators.some(({ async }) => async)) return null;
  const instances: readonly ValidatorConstraintInterface[] = validators.map(({ instance }) => instance);
  const quick = each ? quickRuleOfEach(name) : quickRuleOf(name, constraints);
  if (quick) return quick;
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
  if (name === 'isIn' && Array.isArray(constraint)) return (value) => constraint.includes(value);
  if (name === 'isDay') return isDayText;
  if (name === 'isArray') return Array.isArray;
  if (name === 'arrayMinSize' && typeof constraint === 'number') return (value) => Array.isArray(value) && value.length >= constraint;
  if (name === 'arrayMaxSize' && typeof constraint === 'number') return (value) => Array.isArray(value) && value.length <= constraint;
  return null;
}

const quickRuleOfEach = (name: string | undefined): ((value: unknown) => boolean) | null =>
  name === 'isObject' ? (value) => Array.isArray(value) && value.every(isPlain) : null;

const isPlain = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);
