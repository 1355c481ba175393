import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { Asker } from '@isu/isu';
import type { UrssafState } from '@isu/urssaf';
import { Money, type Day } from '@isu/values';
import { urssafBeside, type Embedded } from './run.js';
import type { SystemWatch } from './system-watch.js';

const operator: Asker = { role: 'operator', purpose: 'Démonstration' };

interface Run {
  readonly id: string;
  readonly state: string;
  readonly figures: Readonly<Record<string, number | string>> | null;
}

/**
 * The night after the story (R3): the partner draws up its own books, from the money that it banked and from what it was told, and sends
 * them; ours are compared with them, line by line. Nothing is told to it on purpose: these are the lives of the fifty people.
 */
export async function tellNight(embedded: Embedded, watch: SystemWatch, say: (line: string) => void): Promise<void> {
  const evening = embedded.clock.today();
  await untilJobIsDone(embedded, { service: 'collection', name: 'surcharges', through: evening });
  await watch.untilQuiet();
  await runJob(embedded, 'partner-exchange-out', evening);
  const urssaf = await (await urssafBeside(embedded, { port: 0, calendar: 'by-hand' })).open();
  try {
    await until(async () => (await stateOf(urssaf.url)).batches.length > 0);
    await ask(urssaf.url, 'listenings', {});
    await ask(urssaf.url, 'balances', { businessDate: evening.iso });
    const { movements, balances } = await stateOf(urssaf.url);
    assert.deepEqual(balances.map(({ state }) => state), ['acknowledged']); // prettier-ignore
    const returned = movements.filter(({ record }) => record.type === 'reversal').length;
    say(
      `L’Urssaf a encaissé ${String(movements.length - returned)} paiements, dont ${String(returned)} sont revenus, et arrête ses livres.`,
    );
    assert(returned > 0, 'somebody’s debit came back');
  } finally {
    await urssaf.stop();
  }
  await watch.untilFolded();
  const { figures } = await runJob(embedded, 'outside-reconciliation', evening);
  const { lines, surcharges, differing, cents } = await watch.bothBooks();
  say(`Comptes comparés : ${String(figures?.['comptes comparés'])} ; lignes, par compte, année et cotisation : ${String(lines)}.`);
  say(`Dont majorations de retard appelées : ${Money.of(surcharges).print()}.`);
  say(`Différences : ${String(differing)} ligne(s), ${Money.of(cents).print()}.`);
  assert(Money.of(surcharges).isPositive, 'somebody was charged for paying late');
  assert.deepEqual([figures?.['différences'], differing, Money.of(cents).isZero], [0, 0, true], 'the two organisations agree');
}

async function untilJobIsDone({ client }: Embedded, { service, name, through }: { service: string; name: string; through: Day }) {
  await until(async () => {
    const { body } = await client.get<{ items: { name: string; nextOn: string; last: Run | null }[] }>(`/api/${service}/v1/jobs`, operator);
    const job = body.items.find((one) => one.name === name);
    return job !== undefined && job.nextOn > through.iso && (job.last === null || job.last.state === 'done');
  });
}

async function runJob({ client }: Embedded, name: string, date: Day): Promise<Run> {
  const path = `/api/urssaf-sync/v1/jobs/${name}/runs`;
  let { body: run } = await client.post<Run>(path, { as: operator, json: { date: date.iso } });
  await until(async () => {
    run = (await client.get<Run>(`${path}/${run.id}`, operator)).body;
    return run.state === 'done';
  });
  return run;
}

const stateOf = async (url: string): Promise<UrssafState> => (await (await fetch(`${url}/state`)).json()) as UrssafState;

async function ask(url: string, act: string, form: object): Promise<void> {
  const answer = await fetch(`${url}/${act}`, { method: 'POST', body: JSON.stringify(form) });
  assert(answer.ok, `the simulated Urssaf does what it is asked: ${await answer.text()}`);
}

async function until(condition: () => Promise<boolean>, withinMs = 60_000): Promise<void> {
  const limit = performance.now() + withinMs;
  while (!(await condition())) {
    if (performance.now() > limit) throw new Error('La nuit de la démonstration n’avance pas.');
    await pause(100);
  }
}
