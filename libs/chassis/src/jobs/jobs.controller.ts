import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { Day, type BusinessClock } from '@isu/values';
import { isUUID, IsOptional, IsUUID, Matches } from 'class-validator';
import type { Request } from 'express';
import { DataSource } from 'typeorm';
import { Creates } from '../creations/creates.js';
import { Creations } from '../creations/creations.js';
import { Answers } from '../openapi/answers.js';
import { wire } from '../openapi/wire.js';
import { refusals } from '../problems/refusal.js';
import { refuse } from '../problems/standard-refusals.js';
import { ValueOf } from '../requests/value-fields.js';
import { clockToken } from '../rooms/tokens.js';
import type { Access } from '../security/policy/access.js';
import { Allowed, CurrentAccess } from '../security/policy/allowed.js';
import { findRun, findRuns, runStates, type JobRun } from './job-run.table.js';
import { Jobs, type ShownJob } from './jobs.js';

const refuseDate = refusals({
  'job-date-not-come': {
    status: 422,
    title: 'Date à venir',
    detail: ({ today }: { today: Day }) => `Un traitement se lance pour une date venue : nous sommes le ${today.print()}.`,
    field: 'date',
    accepted: 'aujourd’hui ou un jour passé',
  },
});

class RunRequest {
  /** The business date whose work is to be done. */
  @ValueOf(Day)
  date!: Day;
}

class HistoryQuery {
  /** `next` of the page before; absent from the latest. */
  @IsOptional()
  @IsUUID()
  after?: string;

  @IsOptional()
  @Matches(/^(?:[1-9]\d?|1\d\d|200)$/, { message: 'un nombre de passages, de 1 à 200' })
  limit?: string;
}

const shownRun = wire.record<JobRun>({
  id: wire.uuid,
  job: wire.text,
  date: wire.day,
  origin: wire.choice(['calendar', 'by-hand']),
  askedBy: wire.orNull(wire.text),
  askedAt: wire.instant,
  state: wire.choice(runStates),
  attempts: wire.count,
  startedAt: wire.orNull(wire.instant),
  endedAt: wire.orNull(wire.instant),
  done: wire.count,
  total: wire.orNull(wire.count),
  figures: wire.orNull(wire.mapOf(wire.anything)),
  error: wire.orNull(wire.text),
});
const shownJob = wire.record<ShownJob>({
  name: wire.text,
  title: wire.text,
  calendar: wire.text,
  nextOn: wire.orNull(wire.day),
  daysBehind: wire.count,
  last: wire.orNull(shownRun),
});
interface History {
  readonly items: readonly JobRun[];
  readonly next: string | null;
}
const history = wire.record<History>({ items: wire.listOf(shownRun), next: wire.orNull(wire.uuid) });

/** What this service owes for dates: its jobs, what became of each date, and a way to ask for one by hand. */
@Controller('jobs')
export class JobsController {
  constructor(
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(Creations) private readonly creations: Creations,
    @Inject(clockToken) private readonly clock: BusinessClock,
  ) {}

  @Get()
  @Answers('Les traitements de ce service.', wire.record<{ items: unknown }>({ items: wire.listOf(shownJob) }))
  @Allowed('jobs.read')
  async list(): Promise<{ items: ShownJob[] }> {
    return { items: await this.jobs.list() };
  }

  /** Asked for, not done yet: the answer names the run, whose state says how it goes. A date that waits already is tried at once. */
  @Post(':name/runs')
  @Creates()
  @HttpCode(202)
  @Answers('Le passage demandé.', shownRun)
  @Allowed('jobs.run')
  async start(
    @Req() request: Request,
    @Param('name') name: string,
    @Body() { date }: RunRequest,
    @CurrentAccess() { subject }: Access,
  ): Promise<JobRun> {
    this.mustKnow(name);
    const today = this.clock.today();
    if (date.isAfter(today)) throw refuseDate('job-date-not-come', { today });
    const asked = async (tx: Parameters<Jobs['ask']>[0]) => findRun(tx, name, await this.jobs.ask(tx, name, date, subject.sub));
    return this.creations.creating(request, async (tx) => (await asked(tx)) as JobRun, { status: 202 });
  }

  @Get(':name/runs')
  @Answers('Les passages, le dernier demandé d’abord.', history)
  @Allowed('jobs.read')
  async history(@Param('name') name: string, @Query() { after, limit = '50' }: HistoryQuery): Promise<History> {
    this.mustKnow(name);
    const [wanted, before] = [Number(limit), after];
    const items = await findRuns(this.db.manager, { job: name, before, limit: wanted + 1 });
    const page = items.slice(0, wanted);
    return { items: page, next: items.length > wanted ? (page.at(-1)?.id ?? null) : null };
  }

  @Get(':name/runs/:id')
  @Answers('Un passage.', shownRun)
  @Allowed('jobs.read')
  async read(@Param('name') name: string, @Param('id') id: string): Promise<JobRun> {
    const run = this.jobs.has(name) && isUUID(id) ? await findRun(this.db.manager, name, id) : undefined;
    if (!run) throw refuse('not-found');
    return run;
  }

  private mustKnow(name: string): void {
    if (!this.jobs.has(name)) throw refuse('not-found');
  }
}
