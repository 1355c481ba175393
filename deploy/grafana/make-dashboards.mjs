#!/usr/bin/env node
/** Writes deploy/grafana/dashboards/*.json: `node deploy/grafana/make-dashboards.mjs`. A spec sees that what is kept is what this writes. */
import { writeFileSync } from 'node:fs';
import { exchange } from './exchange.mjs';
import { payments } from './payments.mjs';
import { services } from './services.mjs';

export const dashboards = { exchange, payments, services };
export const textOf = (content) => `${JSON.stringify(content, null, 2)}\n`;

if (process.argv[1] === new URL(import.meta.url).pathname) {
  for (const [name, content] of Object.entries(dashboards))
    writeFileSync(new URL(`dashboards/${name}.json`, import.meta.url), textOf(content));
}
