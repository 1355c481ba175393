import { readFile } from 'node:fs/promises';
import { PricingRefusal, type TrialValue } from '@isu/calc';
import { WrongUsage } from '../exit-codes.js';

/** A law to be tried: its name, for people, and the values that it changes. */
export interface Overlay {
  readonly title: string;
  readonly changes: readonly TrialValue[];
}

/** Reads a JSON or YAML file of dated values; refuses whatever is not one, without guessing. */
export async function readOverlay(path: string): Promise<Overlay> {
  const document = await parsed(path);
  if (!isRecord(document) || !isRecord(document['parameters'])) throw notAnOverlay();
  const { title = path, parameters } = document;
  if (typeof title !== 'string' || Object.keys(document).some((name) => name !== 'title' && name !== 'parameters')) throw notAnOverlay();
  const changes = Object.entries(parameters).flatMap(([parameter, values]) => {
    if (!Array.isArray(values) || values.length === 0) throw notAnOverlay();
    return values.map((value: unknown) => trialValue(parameter, value));
  });
  if (changes.length === 0) throw notAnOverlay();
  return { title, changes };
}

async function parsed(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new WrongUsage('le fichier de la réforme ne se lit pas');
  });
  try {
    if (path.endsWith('.json')) return JSON.parse(text) as unknown;
    // Scalars stay the texts they are: `0.10` must not become a floating-point number on its way.
    const { parse } = await import('yaml');
    return parse(text, { schema: 'failsafe', maxAliasCount: 0 }) as unknown;
  } catch {
    throw notAnOverlay();
  }
}

function trialValue(parameter: string, json: unknown): TrialValue {
  if (!isRecord(json)) throw notAnOverlay();
  const { from, value, ...others } = json;
  if (typeof from !== 'string' || Object.keys(others).length > 0) throw notAnOverlay();
  if (value === null || value === 'null') return { parameter, from, value: null };
  if (typeof value === 'string') return { parameter, from, value };
  if (typeof value === 'number') return { parameter, from, value: String(value) };
  throw notAnOverlay();
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const notAnOverlay = (): PricingRefusal =>
  new PricingRefusal('bad-value', {
    field: 'parameters',
    detail: 'Ce fichier ne décrit pas une réforme.',
    accepted: 'parameters: { maladie.taux: [ { from: "2016-01-01", value: "0.067" } ] }, et un « title » si on veut',
  });
