/** As much of JSON Schema as our OpenAPI documents use to describe an answer. */
export interface Described {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Described>>;
  readonly additionalProperties?: Described;
  readonly items?: Described;
  readonly anyOf?: readonly Described[];
}

const forms: Readonly<Record<string, RegExp>> = {
  date: /^\d{4}-\d{2}-\d{2}$/,
  'date-time': /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/,
  uuid: /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/,
};

/** Where an answer is not as it is described; empty is right. A field that is answered and described nowhere is a difference too. */
export function differences(value: unknown, described: Described, at = '$'): string[] {
  if (described.anyOf)
    return described.anyOf.some((one) => differences(value, one, at).length === 0) ? [] : [`${at} is none of what it may be`];
  if ('const' in described && value !== described.const) return [`${at} is not ${String(described.const)}`];
  if (described.enum && !described.enum.includes(value)) return [`${at} is ${String(value)}, which is not foreseen`];
  if (described.type !== undefined && described.type !== typeOf(value, described.type)) return [`${at} is no ${described.type}`];
  if (typeof value === 'string') return textDifferences(value, described, at);
  if (typeof value === 'number' && (value < (described.minimum ?? -Infinity) || value > (described.maximum ?? Infinity)))
    return [`${at} is ${String(value)}, out of bounds`];
  if (Array.isArray(value)) {
    if (value.length > (described.maxItems ?? Infinity)) return [`${at} is too long`];
    return value.flatMap((item, rank) => (described.items ? differences(item, described.items, `${at}[${String(rank)}]`) : []));
  }
  return typeof value === 'object' && value !== null ? objectDifferences(value as Record<string, unknown>, described, at) : [];
}

function textDifferences(text: string, { pattern, format }: Described, at: string): string[] {
  if (pattern !== undefined && !new RegExp(pattern, 'u').test(text)) return [`${at} has not the form ${pattern}`];
  return format !== undefined && !forms[format]?.test(text) ? [`${at} is no ${format}`] : [];
}

function objectDifferences(
  object: Record<string, unknown>,
  { required = [], properties, additionalProperties }: Described,
  at: string,
): string[] {
  const missing = required.filter((field) => !(field in object)).map((field) => `${at}.${field} is missing`);
  const found = Object.entries(object).flatMap(([field, value]) => {
    const described = properties?.[field] ?? additionalProperties;
    if (described) return differences(value, described, `${at}.${field}`);
    return properties ? [`${at}.${field} is described nowhere`] : [];
  });
  return [...missing, ...found];
}

function typeOf(value: unknown, wanted: string): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return wanted === 'integer' && Number.isInteger(value) ? 'integer' : typeof value;
}
