/** One element of a message: its text, or its children in their order. What is undefined is not written. */
export type XmlElement = readonly [
  name: string,
  content: string | readonly (XmlElement | undefined)[],
  attributes?: Readonly<Record<string, string>>,
];

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => escapes[sign] ?? sign);

export function xml([name, content, attributes = {}]: XmlElement): string {
  const said = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  const inside = typeof content === 'string' ? escaped(content) : content.map((child) => (child ? xml(child) : '')).join('');
  return `<${name}${said.join('')}>${inside}</${name}>`;
}

export const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
