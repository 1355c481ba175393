import 'reflect-metadata';
import { validateSync } from 'class-validator';
import { readFileSync } from 'node:fs';

export type Variables = Readonly<Record<string, string | undefined>>;

interface SettingTraits {
  /** The environment variable it is read from. */
  readonly variable: string;
  /** In French: what would be accepted, said to the person who starts the service with something else. */
  readonly accepted: string;
  /** The text taken when the variable is absent or blank. Without one, the variable is required (unless the field is optional). */
  readonly byDefault?: string;
  /** Taken in development only; outside, a value is required and must be another one. Marks the setting as a secret. */
  readonly developmentSecret?: string;
}

const settingsKey = Symbol('isu:settings');

/** Binds a field of a settings class to its environment variable; class-validator decorators beside it say what is valid. */
export function Setting(traits: SettingTraits): PropertyDecorator {
  return (target, property) => {
    const known = (Reflect.getMetadata(settingsKey, target) ?? new Map()) as Map<string, SettingTraits>;
    Reflect.defineMetadata(settingsKey, new Map(known).set(String(property), traits), target);
  };
}

export interface WrongSetting {
  readonly variable: string;
  readonly accepted: string;
}

/** Raised at start with every wrong variable at once, and what would be accepted; values are never repeated. */
export class ConfigurationRefused extends Error {
  constructor(readonly wrong: readonly WrongSetting[]) {
    super(['Configuration refusée :', ...wrong.map(({ variable, accepted }) => `  ${variable} : ${accepted}`)].join('\n'));
    this.name = 'ConfigurationRefused';
  }
}

export const isDevelopment = (variables: Variables): boolean => (variables['ISU_ENV'] ?? 'development') === 'development';

/** Reads typed settings from the environment, or refuses with the list of all that is wrong. */
export function readSettings<S extends object>(type: new () => S, variables: Variables): S {
  const settings = new type();
  const declared = [...((Reflect.getMetadata(settingsKey, type.prototype) ?? new Map()) as Map<string, SettingTraits>)];
  const wrong = new Map<string, WrongSetting>();

  for (const [property, traits] of declared) {
    const given = givenFor(traits, variables);
    if (given === unreadable) {
      wrong.set(property, { variable: `${traits.variable}_FILE`, accepted: `un fichier lisible, sans ${traits.variable} à côté` });
      continue;
    }
    if (
      traits.developmentSecret !== undefined &&
      !isDevelopment(variables) &&
      (given === undefined || given === traits.developmentSecret)
    ) {
      wrong.set(property, { variable: traits.variable, accepted: `${traits.accepted} (secret obligatoire hors développement)` });
    }
    const text = given ?? traits.byDefault ?? traits.developmentSecret;
    const reading = Reflect.getMetadata('design:type', type.prototype, property) as unknown;
    Object.assign(settings, { [property]: text === undefined ? undefined : converted(text, reading) });
  }
  for (const { property } of validateSync(settings, { forbidUnknownValues: false })) {
    const traits = declared.find(([name]) => name === property)?.[1];
    if (traits && !wrong.has(property)) wrong.set(property, { variable: traits.variable, accepted: traits.accepted });
  }
  if (wrong.size > 0) throw new ConfigurationRefused([...wrong.values()]);
  return settings;
}

/** The names of the environment variables that a settings class reads, for whoever checks what an installation gives. */
export const variablesOf = (type: new () => object): string[] =>
  [...((Reflect.getMetadata(settingsKey, type.prototype) ?? new Map()) as Map<string, SettingTraits>).values()].map(
    ({ variable }) => variable,
  );

const unreadable = Symbol('unreadable');

/**
 * What was given for a setting: the variable itself, or the content of the file that `<VARIABLE>_FILE` names, so that a secret need not
 * stand in the environment of a process, where whoever inspects it reads it. A file that says nothing never becomes a default.
 */
function givenFor({ variable }: SettingTraits, variables: Variables): string | typeof unreadable | undefined {
  const direct = variables[variable]?.trim() || undefined;
  const file = variables[`${variable}_FILE`]?.trim() || undefined;
  if (file === undefined) return direct;
  if (direct !== undefined) return unreadable;
  try {
    return readFileSync(file, 'utf8').trim() || unreadable;
  } catch {
    return unreadable;
  }
}

/** A text that is not of the declared type stays a text, so that the validator names it. */
function converted(text: string, type: unknown): unknown {
  if (type === Number) return /^-?\d+$/.test(text) ? Number(text) : text;
  if (type === Boolean) return text === 'true' ? true : text === 'false' ? false : text;
  return text;
}
