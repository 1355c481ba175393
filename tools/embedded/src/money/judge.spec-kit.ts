import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Life, Step } from './life.spec-kit.js';

const oracle = join(dirname(fileURLToPath(import.meta.url)), '../../../oracle/oracle.py');

/** `npm test` says aloud what is left out without it. */
export const hasPython = spawnSync('python3', ['--version']).status === 0;

/** Faults that the second implementation makes on purpose when told their name: each must be noticed in lives that were right. */
export const faultsPlanted = [
  ...['allocation-order', 'newest-first', 'reversal-cent', 'surcharge-month', 'booking-day', 'refund-late'],
  ...['denied-carried', 'micro-order', 'unmatched-forgotten'],
];

interface Verdict {
  readonly life: string;
  readonly step?: number;
  readonly on?: string;
  readonly differences?: readonly string[];
}

/** A life of which both do not say the same: its rank, what is apart, and what was done to it. */
export interface Wrong {
  readonly rank: number;
  readonly text: string;
}

/** Null where both say the same of every life at every step; else the first that differs. */
export function judged(lives: readonly Life[], fault?: string): Wrong | null {
  const told = lives.map(({ name, steps }) => `${JSON.stringify({ life: name, steps })}\n`).join('');
  const { status, stdout, stderr } = spawnSync('python3', [oracle, 'lives', ...(fault === undefined ? [] : [fault])], {
    input: told,
    maxBuffer: 64 * 1024 * 1024,
    encoding: 'utf8',
  });
  const verdicts = stdout.split('\n').filter(Boolean).map((line) => JSON.parse(line) as Verdict); // prettier-ignore
  if (verdicts.length !== lives.length) throw new Error(`The second implementation judged ${String(verdicts.length)} lives: ${stderr}`);
  const wrong = verdicts.find(({ differences }) => differences !== undefined);
  if ((wrong === undefined) !== (status === 0)) throw new Error(`The second implementation ended with ${String(status)}: ${stderr}`);
  if (wrong === undefined) return null;
  const rank = lives.findIndex(({ name }) => name === wrong.life);
  const { steps = [], plan } = lives[rank] ?? {};
  const done = steps.slice(0, (wrong.step ?? 0) + 1).filter((step) => 'act' in step).map(inWords); // prettier-ignore
  const text = [`${wrong.life} (${plan?.payer ?? ''}), on ${wrong.on ?? ''}:`, ...(wrong.differences ?? []), 'after', ...done].join('\n  ');
  return { rank, text };
}

function inWords(step: Step): string {
  const { on, act, instalments, ...told } = step as Step & { act: string; instalments?: readonly unknown[] };
  const details = Object.entries(told).map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return [on, act, ...details, ...(instalments === undefined ? [] : [`${String(instalments.length)} due dates`])].join(' · ');
}
