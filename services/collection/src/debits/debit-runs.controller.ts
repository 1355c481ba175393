import { Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { Allowed, Answers, CurrentAccess, refuse as standard, valueOf, wire, type Access } from '@isu/chassis';
import { debitSequences, returnOutcomes } from '@isu/contracts';
import { Day, isWorkingDay } from '@isu/values';
import { DataSource } from 'typeorm';
import { layAgain, messagesOfDay, type ShownBankMessage } from '../bank-messages/bank-message.table.js';
import { refuse } from '../refusals.js';
import { obstacles } from './debit.js';
import { presentationDay } from './debit-parameters.js';
import { countDebits, findDebitRun, type DebitCounts, type DebitRun } from './debit-run.table.js';
import { PresentingService } from './presenting.service.js';

/** Where the debits of a due date stand. */
interface ShownRun extends DebitCounts {
  readonly day: Day;
  readonly presentedFrom: { readonly first: Day; readonly recurrent: Day };
  readonly seen: number;
  readonly presented: number;
  readonly amount: DebitRun['amount'];
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  readonly messages: readonly ShownBankMessage[];
}

const counted = { count: wire.count, amount: wire.euros };
const run = wire.record<ShownRun>({
  ...{ day: wire.day, presentedFrom: wire.record<ShownRun['presentedFrom']>({ first: wire.day, recurrent: wire.day }) },
  ...{ seen: wire.count, presented: wire.count, amount: wire.euros, startedAt: wire.instant, endedAt: wire.orNull(wire.instant) },
  bySequence: wire.listOf(
    wire.record<DebitCounts['bySequence'][number]>({ sequence: wire.choice(debitSequences), ...counted, settled: wire.count }),
  ),
  notDebited: wire.listOf(wire.record<DebitCounts['notDebited'][number]>({ obstacle: wire.choice(obstacles), ...counted })),
  returned: wire.listOf(
    wire.record<DebitCounts['returned'][number]>({
      ...{ reason: wire.text, moment: wire.choice(['rejected', 'returned']), outcome: wire.choice(returnOutcomes), ...counted },
    }),
  ),
  messages: wire.listOf(
    wire.record<ShownBankMessage>({
      ...{ messageId: wire.text, count: wire.count, total: wire.euros, digest: wire.digest, writtenAt: wire.instant },
      laidAt: { ...wire.orNull(wire.instant), description: 'Déposé dans le dossier de la banque.' },
    }),
  ),
});

@Controller('debit-runs/:day')
export class DebitRunsController {
  constructor(
    @Inject(PresentingService) private readonly presenting: PresentingService,
    @Inject(DataSource) private readonly db: DataSource,
  ) {}

  /** Presents the debits of a due date whose day of presentation has come. The day is its identity: asked again, nothing is done twice, without a key. */
  @Post()
  @HttpCode(200)
  @Answers('Où en sont les prélèvements de cette échéance.', run)
  @Allowed('debit-runs.start')
  async start(@Param('day', valueOf(Day)) day: Day, @CurrentAccess() { correlation }: Access): Promise<ShownRun> {
    if (!isWorkingDay(day)) throw refuse('not-a-bank-day', { day });
    return this.shown(await this.presenting.present(day, correlation));
  }

  @Get()
  @Answers('Où en sont les prélèvements de cette échéance.', run)
  @Allowed('debit-runs.read')
  async read(@Param('day', valueOf(Day)) day: Day): Promise<ShownRun> {
    const found = await findDebitRun(this.db, day);
    if (!found) throw standard('not-found');
    return this.shown(found);
  }

  /** Lays the messages of a due date again for the bank: the same bytes under the same names. */
  @Post('deliveries')
  @HttpCode(200)
  @Answers('Les fichiers sont déposés de nouveau.', wire.record<{ messages: number }>({ messages: wire.count }))
  @Allowed('debit-runs.start')
  async deliver(@Param('day', valueOf(Day)) day: Day): Promise<{ messages: number }> {
    const messages = await layAgain(this.db, day);
    if (messages === 0) throw standard('not-found');
    return { messages };
  }

  private async shown({ dueOn: day, seen, presented, amount, startedAt, endedAt }: DebitRun): Promise<ShownRun> {
    return {
      ...{ day, presentedFrom: { first: presentationDay('FRST', day), recurrent: presentationDay('RCUR', day) } },
      ...{ seen, presented, amount, startedAt, endedAt },
      ...(await countDebits(this.db, day)),
      messages: await messagesOfDay(this.db, day),
    };
  }
}
