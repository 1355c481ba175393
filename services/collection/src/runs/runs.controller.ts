import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { Allowed, Answers, CurrentAccess, refuse, valueOf, wire, type Access } from '@isu/chassis';
import { InvalidValue } from '@isu/values';
import { IsInt, Max, Min } from 'class-validator';
import { DataSource } from 'typeorm';
import { yearInAddress } from '../year-in-address.js';
import { findRun, runKinds, type Run, type RunKind } from './run.table.js';
import { RunsService } from './runs.service.js';

class RunRequest {
  /** `provisional`: this year or the next; `regularisation`, `ex-officio`: the year before, whose income is declared in this one. */
  @IsInt() @Min(2008) @Max(2100) year!: number;
}

const kindInAddress = valueOf({
  name: 'RunKind',
  of(text: string): RunKind {
    const kind = runKinds.find((known) => known === text);
    if (!kind) throw new InvalidValue('run-kind-unknown', runKinds.join(', '));
    return kind;
  },
});

const shownRun = wire.record<Omit<Run, 'doneThrough'>>({
  kind: wire.choice(runKinds),
  year: wire.year,
  seen: wire.count,
  called: wire.count,
  startedAt: wire.instant,
  endedAt: wire.orNull(wire.instant),
});

@Controller('runs/:kind')
export class RunsController {
  constructor(
    @Inject(RunsService) private readonly runs: RunsService,
    @Inject(DataSource) private readonly db: DataSource,
  ) {}

  /** Does a year's work on every account. Kind and year are its identity: asked again, nothing is done twice, without a key. */
  @Post()
  @Answers('Où en est le traitement de cette année.', shownRun)
  @HttpCode(200)
  @Allowed('account-runs.start')
  async start(
    @Param('kind', kindInAddress) kind: RunKind,
    @Body() { year }: RunRequest,
    @CurrentAccess() { correlation }: Access,
  ): Promise<Omit<Run, 'doneThrough'>> {
    return shown(await this.runs.run(kind, year, correlation));
  }

  @Get(':year')
  @Answers('Où en est le traitement de cette année.', shownRun)
  @Allowed('account-runs.read')
  async read(@Param('kind', kindInAddress) kind: RunKind, @Param('year', yearInAddress) year: number): Promise<Omit<Run, 'doneThrough'>> {
    const run = year >= 2008 && year <= 2100 ? await findRun(this.db, kind, year) : undefined;
    if (!run) throw refuse('not-found');
    return shown(run);
  }
}

const shown = ({ doneThrough: _, ...run }: Run) => run;
