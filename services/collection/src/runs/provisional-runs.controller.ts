import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { Allowed, Answers, CurrentAccess, refuse, wire, type Access } from '@isu/chassis';
import { IsInt, Max, Min } from 'class-validator';
import { DataSource } from 'typeorm';
import { yearInAddress } from '../year-in-address.js';
import { ProvisionalRunsService } from './provisional-runs.service.js';
import { findRun, type Run } from './run.table.js';

class RunRequest {
  /** The civil year called: this one or the next. */
  @IsInt() @Min(2008) @Max(2100) year!: number;
}

const shownRun = wire.record<Omit<Run, 'doneThrough'>>({
  year: wire.year,
  seen: wire.count,
  called: wire.count,
  startedAt: wire.instant,
  endedAt: wire.orNull(wire.instant),
});

@Controller('runs/provisional')
export class ProvisionalRunsController {
  constructor(
    @Inject(ProvisionalRunsService) private readonly runs: ProvisionalRunsService,
    @Inject(DataSource) private readonly db: DataSource,
  ) {}

  /** Calls the provisional contributions of a year. The year is its identity: asked again, nothing is called twice, without a key. */
  @Post()
  @Answers('Où en est l’appel de cette année.', shownRun)
  @HttpCode(200)
  @Allowed('provisional-runs.start')
  async start(@Body() { year }: RunRequest, @CurrentAccess() { correlation }: Access): Promise<Omit<Run, 'doneThrough'>> {
    return shown(await this.runs.run(year, correlation));
  }

  @Get(':year')
  @Answers('Où en est l’appel de cette année.', shownRun)
  @Allowed('provisional-runs.read')
  async read(@Param('year', yearInAddress) year: number): Promise<Omit<Run, 'doneThrough'>> {
    const run = year >= 2008 && year <= 2100 ? await findRun(this.db, year) : undefined;
    if (!run) throw refuse('not-found');
    return shown(run);
  }
}

const shown = ({ doneThrough: _, ...run }: Run) => run;
