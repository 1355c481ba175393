import * as yaml from 'yaml';

const kept = (globalThis.keptYaml ??= new Map());

/** Worked cases are read once, however many times the law is evaluated. */
export function parse(text) {
  if (!kept.has(text)) kept.set(text, yaml.parse(text));
  return kept.get(text);
}
