import { setTimeout as pause } from 'node:timers/promises';
import type { JobRun, ShownJob } from '@isu/chassis';
import { authors, type Author } from '@isu/contracts';
import { exitCodes, WrongUsage, type ExitCode } from '../exit-codes.js';
import { operator } from '../operations/set-aside.js';
import { readDay } from '../read-day.js';
import type { SystemClient } from '../system-client.js';
import { frenchDay } from '../terminal/in-french.js';
import { table } from '../terminal/table.js';
import { jsonLine, type Terminal } from '../terminal/terminal.js';

interface Outlet {
  readonly client: SystemClient;
  readonly terminal: Terminal;
}

/** As JSON brings it: instants are texts. */
type Run = Omit<JobRun, 'askedAt' | 'startedAt' | 'endedAt'> & {
  readonly askedAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
};
type Shown = Omit<ShownJob, 'last'> & { readonly last: Run | null; readonly service: Author };

const states: Readonly<Record<Run['state'], string>> = {
  waiting: 'en attente',
  running: 'en cours',
  retrying: 'sera réessayé',
  done: 'fait',
  refused: 'refusé',
};

/** `isu job list`: what each service owes, and how far it is. */
export async function listJobs({ json }: { json?: boolean }, { client, terminal }: Outlet): Promise<ExitCode> {
  const items = await jobsOf(client);
  if (json) await terminal.write(jsonLine({ items }));
  else await terminal.write(table(listColumns, items.map(listRow)));
  return exitCodes.ok;
}

async function jobsOf(client: SystemClient): Promise<Shown[]> {
  const lists = await Promise.all(
    authors.map(async (service) => {
      const { body } = await client.get<{ items: Omit<Shown, 'service'>[] }>(`/api/${service}/v1/jobs`, operator);
      return body.items.map((item) => ({ ...item, service }));
    }),
  );
  return lists.flat();
}

const listColumns = [
  { title: 'Traitement' },
  { title: 'Service' },
  { title: 'Calendrier' },
  { title: 'Prochaine date' },
  { title: 'Retard (j)', align: 'right' as const },
  { title: 'Dernier passage' },
];
const listRow = ({ name, service, calendar, nextOn, daysBehind, last }: Shown): string[] => [
  name,
  service,
  calendar,
  nextOn === null ? '' : frenchDay(nextOn),
  daysBehind === 0 ? '' : String(daysBehind),
  last === null ? 'aucun' : `${frenchDay(last.date)} : ${states[last.state]}`,
];

interface Asked {
  readonly json?: boolean | undefined;
  readonly date: string;
  readonly wait: boolean;
}

/** `isu job run`: asks for a date, then follows the run to its end unless told not to. */
export async function runJob(name: string, asked: Asked, outlet: Outlet): Promise<ExitCode> {
  return codeOf(await followJob(name, asked, outlet));
}

export const codeOf = ({ state }: Run): ExitCode => (state === 'refused' || state === 'retrying' ? exitCodes.refused : exitCodes.ok);

/** The run as it ended, told on the way. */
export async function followJob(name: string, { json, date, wait }: Asked, { client, terminal }: Outlet): Promise<Run> {
  const [day, service] = [readDay(date), await serviceOf(name, client)];
  const path = `/api/${service}/v1/jobs/${name}/runs`;
  let { body: run } = await client.post<Run>(path, { as: operator, json: { date: day.iso } });
  let told = '';
  while (wait && (run.state === 'waiting' || run.state === 'running')) {
    await pause(500);
    run = (await client.get<Run>(`${path}/${run.id}`, operator)).body;
    const progress = `${name} : ${states[run.state]}, ${String(run.done)}${run.total === null ? '' : ` sur ${String(run.total)}`}\n`;
    if (!json && terminal.watched && progress !== told) terminal.tell((told = progress));
  }
  if (json) await terminal.write(jsonLine(run));
  else await terminal.write(`${name}, ${day.print()} : ${states[run.state]}${outcomeOf(run)}\n`);
  return run;
}

/** `isu job history`: what was done, the last asked for first. */
export async function jobHistory(
  name: string,
  { json, limit }: { json?: boolean; limit: string },
  { client, terminal }: Outlet,
): Promise<ExitCode> {
  const service = await serviceOf(name, client);
  const query = new URLSearchParams({ limit }).toString();
  const { body } = await client.get<{ items: Run[]; next: string | null }>(`/api/${service}/v1/jobs/${name}/runs?${query}`, operator);
  if (json) await terminal.write(jsonLine(body));
  else if (body.items.length === 0) await terminal.write(`${name} n’a encore rien fait.\n`);
  else await terminal.write(table(historyColumns, body.items.map(historyRow)));
  return exitCodes.ok;
}

const historyColumns = [
  { title: 'Date' },
  { title: 'État' },
  { title: 'Demandé par' },
  { title: 'Essais', align: 'right' as const },
  { title: 'Ce qui a été fait' },
];
const historyRow = (run: Run): string[] => [
  frenchDay(run.date),
  states[run.state],
  run.askedBy ?? 'le calendrier',
  String(run.attempts),
  outcomeOf(run).replace(/^, /, ''),
];

const outcomeOf = ({ figures, error }: Run): string => {
  if (error !== null) return `, ${error}`;
  const told = Object.entries(figures ?? {}).map(([title, value]) => `${title} : ${String(value)}`);
  return told.length === 0 ? '' : `, ${told.join(' ; ')}`;
};

async function serviceOf(name: string, client: SystemClient): Promise<Author> {
  const jobs = await jobsOf(client);
  const job = jobs.find((one) => one.name === name);
  if (!job) throw new WrongUsage(`traitement inconnu : ${name} ; connus : ${jobs.map((one) => one.name).join(', ')}`);
  return job.service;
}
