import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A digest of all that the rendered manifests are made from: `npm run manifests` writes it on top of them. */
export function digestOfSources(folder: string): string {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(?:yaml|env)$/.test(file) && !file.startsWith('rendered') && !file.startsWith('examples'))
    .sort();
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file}\n${readFileSync(join(folder, file), 'utf8')}`);
  return hash.digest('hex');
}

export const digestIn = (rendered: string): string | undefined => /^# sources: ([0-9a-f]{64})$/m.exec(rendered)?.[1];
