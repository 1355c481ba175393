import { wire } from '@isu/chassis';
import { means } from '@isu/contracts';
import { assessmentVersion } from '../assessments/assessment-answers.js';
import type { Notice, NoticeInstalment, NoticeLine, NoticeNumber, NoticePart } from './notice.js';

const named = {
  year: wire.year,
  version: wire.count,
  issuedOn: wire.day,
  state: wire.choice(['in-force', 'replaced']),
  replacedBy: wire.orNull(wire.count),
  fact: wire.uuid,
};

const line = wire.record<NoticeLine>({
  code: wire.text,
  base: wire.euros,
  rate: wire.rate,
  amount: wire.euros,
  before: wire.euros,
  difference: wire.euros,
  sentence: wire.orNull(wire.text),
});

const part = wire.record<NoticePart>({
  assessment: assessmentVersion,
  lines: wire.listOf(line),
  total: wire.euros,
  before: wire.euros,
  difference: wire.euros,
  isNew: wire.flag,
  paid: wire.euros,
});

const instalment = wire.record<NoticeInstalment>({
  id: wire.text,
  dueOn: wire.day,
  means: wire.choice(means),
  reference: wire.text,
  amount: wire.euros,
  ofYear: wire.euros,
  ofYearsBefore: wire.euros,
  paid: wire.euros,
});

export const noticeAnswers = {
  number: wire.record<NoticeNumber>(named),
  notice: wire.record<Notice>({
    ...named,
    account: wire.account,
    parts: wire.listOf(part),
    instalments: wire.listOf(instalment),
    total: wire.euros,
    balance: wire.record<Notice['balance']>({ called: wire.euros, paid: wire.euros, credit: wire.euros }),
  }),
} as const;
