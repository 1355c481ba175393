import { Controller, Get, Inject, Param, StreamableFile } from '@nestjs/common';
import { Allowed, Answers, CurrentAccess, refuse, renderPdf, valueOf, wire, type Access } from '@isu/chassis';
import { heldFacts, type HeldFact } from '@isu/messaging';
import { AccountNumber, InvalidValue } from '@isu/values';
import { DataSource } from 'typeorm';
import { findOpenAccount } from '../accounts/account.table.js';
import { yearInAddress } from '../year-in-address.js';
import { Addressees } from './addressees.js';
import { noticeDocument } from './notice-document.js';
import { noticeAnswers } from './notice-answers.js';
import { noticeOf, noticesOf, type Notice, type NoticeNumber } from './notice.js';

const versionInAddress = valueOf({
  name: 'Version',
  of(text: string): number {
    if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidValue('version-malformed', 'un numéro d’avis, à partir de 1');
    return Number(text);
  },
});

@Controller('accounts')
export class NoticesController {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(Addressees) private readonly addressees: Addressees,
  ) {}

  /** Every notice, by year and number; one of each year is in force, the others say which has replaced them (S14). */
  @Get(':account/notices')
  @Answers('Les avis.', wire.record<{ notices: unknown }>({ notices: wire.listOf(noticeAnswers.number) }))
  @Allowed('notices.read', { account: 'param:account' })
  async list(@Param('account', valueOf(AccountNumber)) account: AccountNumber): Promise<{ notices: NoticeNumber[] }> {
    return { notices: noticesOf(await this.held(account)) };
  }

  /** One notice: what it calls, line by line with what was called before, its due dates, and the derivations it prints (I6). */
  @Get(':account/notices/:year/:version')
  @Answers('L’avis.', noticeAnswers.notice)
  @Allowed('notices.read', { account: 'param:account' })
  async read(
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Param('year', yearInAddress) year: number,
    @Param('version', versionInAddress) version: number,
  ): Promise<Notice> {
    const notice = noticeOf(await this.held(account), { year, version });
    if (!notice) throw refuse('not-found');
    return notice;
  }

  /** The same as it is printed. The name is asked of affiliation at this moment, and kept nowhere. */
  @Get(':account/notices/:year/:version/pdf')
  @Answers('L’avis, imprimé.', { type: 'string', format: 'binary' }, 'application/pdf')
  @Allowed('notices.read', { account: 'param:account' })
  async print(
    @Param('account', valueOf(AccountNumber)) account: AccountNumber,
    @Param('year', yearInAddress) year: number,
    @Param('version', versionInAddress) version: number,
    @CurrentAccess() access: Access,
  ): Promise<StreamableFile> {
    const notice = await this.read(account, year, version);
    const document = noticeDocument(notice, await this.addressees.of(account, access));
    const disposition = `inline; filename="avis-${year}-${version}.pdf"`;
    return new StreamableFile(await renderPdf(document), { type: 'application/pdf', disposition });
  }

  private async held(account: AccountNumber): Promise<HeldFact[]> {
    const { account: number } = await findOpenAccount(this.db, account);
    return heldFacts(this.db, number);
  }
}
