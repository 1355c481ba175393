import { canonicalJson } from './digest.js';

type Schema = Readonly<Record<string, unknown>>;

/** What explains a schema without refusing or admitting anything. */
const annotations = new Set(['title', 'description', '$comment', 'examples']);
const handled = new Set(['properties', 'required']);

/**
 * What makes the next JSON Schema of an event another event than the published one, each as a path and a change. Empty
 * when nothing changed but words and added optional properties: old facts stay readable and old readers keep reading.
 * Anything else is a `.v2` beside the `.v1`, for facts are read for ever.
 */
export function schemaChanges(published: unknown, next: unknown, path = ''): string[] {
  if (!isSchema(published) || !isSchema(next)) return sameJson(published, next) ? [] : [`${path || 'schema'}: changed`];
  const keys = [...new Set([...Object.keys(published), ...Object.keys(next)])].filter((key) => !annotations.has(key) && !handled.has(key));
  return [...propertyChanges(published, next, path), ...keys.flatMap((key) => keywordChanges(key, published[key], next[key], path))];
}

function propertyChanges(published: Schema, next: Schema, path: string): string[] {
  const before = isSchema(published['properties']) ? published['properties'] : {};
  const after = isSchema(next['properties']) ? next['properties'] : {};
  const wasRequired = names(published['required']);
  const isRequired = names(next['required']);
  const at = (name: string) => (path === '' ? name : `${path}.${name}`);
  return [...new Set([...Object.keys(before), ...Object.keys(after), ...wasRequired, ...isRequired])].flatMap((name) => {
    if (name in before && !(name in after)) return [`${at(name)}: removed`];
    if (isRequired.has(name) && !wasRequired.has(name)) return [`${at(name)}: ${name in before ? 'became required' : 'added as required'}`];
    if (wasRequired.has(name) && !isRequired.has(name)) return [`${at(name)}: no longer required`];
    return name in before ? schemaChanges(before[name], after[name], at(name)) : [];
  });
}

function keywordChanges(key: string, before: unknown, after: unknown, path: string): string[] {
  if (isSchema(before) && isSchema(after)) return schemaChanges(before, after, key === 'items' ? `${path}[]` : `${path}(${key})`);
  if (sameJson(before, after)) return [];
  return [`${path || 'schema'}: ${key} ${before === undefined ? 'added' : after === undefined ? 'removed' : 'changed'}`];
}

const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null && !Array.isArray(value);
const names = (required: unknown): Set<string> => new Set(Array.isArray(required) ? required.map(String) : []);
const sameJson = (one: unknown, other: unknown): boolean =>
  one === other || (one !== undefined && other !== undefined && canonicalJson(one) === canonicalJson(other));
