import { ESLint } from 'eslint';

/**
 * A boundary nobody has seen fail is a drawing. Each row is a file that crosses one, and the rule that must say so; the
 * last rows are crossings that must stay allowed.
 */
const crossings: [about: string, file: string, code: string, rule: string | null][] = [
  [
    'a pure library imports infrastructure',
    'libs/account/src/f.ts',
    "import { FactStore } from '@isu/messaging';",
    '@nx/enforce-module-boundaries',
  ],
  ['a pure library imports NestJS', 'libs/calc/src/f.ts', "import { Module } from '@nestjs/common';", 'no-restricted-imports'],
  ['a pure library imports TypeORM', 'libs/values/src/f.ts', "import { DataSource } from 'typeorm';", 'no-restricted-imports'],
  ['a pure library does I/O', 'libs/contracts/src/f.ts', "import { readFileSync } from 'node:fs';", 'no-restricted-imports'],
  ['a pure library reads the clock', 'libs/calc/src/f.ts', 'export const now = Date.now();', 'no-restricted-syntax'],
  [
    'infrastructure imports a service',
    'libs/chassis/src/f.ts',
    "import { collection } from '@isu/collection';",
    '@nx/enforce-module-boundaries',
  ],
  [
    'infrastructure imports the tests',
    'libs/ledger/src/f.ts',
    "import { startPostgres } from '@isu/testing';",
    '@nx/enforce-module-boundaries',
  ],
  [
    'a service imports another service',
    'services/benefits/src/f.ts',
    "import { collection } from '@isu/collection';",
    '@nx/enforce-module-boundaries',
  ],
  [
    'a service imports the tests',
    'services/collection/src/f.ts',
    "import { startPostgres } from '@isu/testing';",
    '@nx/enforce-module-boundaries',
  ],
  ['a service imports a tool', 'services/collection/src/f.ts', "import { start } from '@isu/embedded';", '@nx/enforce-module-boundaries'],
  [
    'the tests library imports a service',
    'libs/testing/src/f.ts',
    "import { collection } from '@isu/collection';",
    '@nx/enforce-module-boundaries',
  ],
  [
    'a path goes round a package',
    'libs/calc/src/f.ts',
    "import { Money } from '../../values/src/index.js';",
    '@nx/enforce-module-boundaries',
  ],
  ['anyone but the adapter knows Kafka', 'services/collection/src/f.ts', "import { Kafka } from 'kafkajs';", 'no-restricted-imports'],
  ['a service reads the clock', 'services/collection/src/f.ts', 'export const now = new Date();', 'no-restricted-syntax'],
  ['a service draws at random', 'services/collection/src/f.ts', 'export const lot = Math.random();', 'no-restricted-syntax'],
  [
    'the browser imports infrastructure',
    'services/portal/web/src/f.tsx',
    "import { FactStore } from '@isu/messaging';",
    'no-restricted-imports',
  ],
  ['the browser imports Node', 'services/portal/web/src/f.tsx', "import { readFileSync } from 'node:fs';", 'no-restricted-imports'],
  [
    'the browser reaches behind the face of the portal',
    'services/portal/web/src/ui/f.ts',
    "import { portal } from '../../../src/portal.module.js';",
    'no-restricted-imports',
  ],
  [
    'the browser takes more than types of the face',
    'services/portal/web/src/ui/f.ts',
    "import { page } from '../../../src/face/parts.js';",
    'no-restricted-imports',
  ],
  ['the browser reads its clock', 'services/portal/web/src/f.tsx', 'export const now = Date.now();', 'no-restricted-syntax'],
  [
    'the browser imports the law, and types of the face (allowed)',
    'services/portal/web/src/ui/f.ts',
    "import { price } from '@isu/calc';\nimport type { Page } from '../../../src/face/parts.js';",
    null,
  ],
  [
    'a service imports pure and infrastructure (allowed)',
    'services/collection/src/f.ts',
    "import { Money } from '@isu/values';\nimport { FactStore } from '@isu/messaging';",
    null,
  ],
  [
    'a spec imports the tests library (allowed)',
    'services/collection/src/f.spec.ts',
    "import { startPostgres } from '@isu/testing';",
    null,
  ],
];

const watched = new Set(['@nx/enforce-module-boundaries', 'no-restricted-imports', 'no-restricted-syntax']);

describe('the boundaries between rooms', () => {
  const eslint = new ESLint();

  it.each(crossings)('%s', async (_, filePath, code, rule) => {
    const [result] = await eslint.lintText(`${code}\n`, { filePath });
    const broken = (result?.messages ?? []).map((message) => message.ruleId).filter((id): id is string => id !== null && watched.has(id));
    expect(new Set(broken)).toEqual(new Set(rule ? [rule] : []));
  });
});
