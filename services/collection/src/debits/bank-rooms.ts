import type { OutgoingMessages, ServiceContext, Worker } from '@isu/chassis';
import { Ledger } from '@isu/ledger';
import { Iban } from '@isu/values';
import { BankFolder } from '../bank-messages/bank-folder.js';
import { BankMessages, bankMessagesWorker } from '../bank-messages/bank-messages.service.js';
import { RefundRunService } from '../refunds/refund-run.service.js';
import type { RefundsService } from '../refunds/refunds.service.js';
import type { CollectionSettings } from '../settings.js';
import { DebitNoticesService } from './debit-notices.service.js';
import { DetailsOfAffiliation } from './debtor-details.js';
import { PresentingService } from './presenting.service.js';

/** The published example of a French IBAN: nobody's account. */
const exampleIban = 'FR7630006000011234567890189';

/** What needs the bank, and the names and IBANs that affiliation holds. */
export function bankRooms(
  { db, facts, clock, protection, peers, settings, log }: ServiceContext<CollectionSettings>,
  { messages, refunds }: { readonly messages: OutgoingMessages; readonly refunds: RefundsService },
): {
  readonly presenting: PresentingService;
  readonly debitNotices: DebitNoticesService;
  readonly refundRun: RefundRunService;
  readonly workers: readonly Worker[];
} {
  const { bankFolder, creditorName, environment } = settings;
  const iban = settings.creditorIban ?? (environment === 'development' ? exampleIban : null);
  const bank = new BankMessages({ db, clock, protection, outbox: bankFolder === undefined ? null : new BankFolder(bankFolder) });
  const creditor = iban === null ? null : { name: creditorName, iban: Iban.of(iban) };
  const details = new DetailsOfAffiliation(peers);
  return {
    refundRun: new RefundRunService({ db, facts, clock, log, refunds, details, bank, ledger: new Ledger(clock), debtor: creditor }),
    presenting: new PresentingService({ db, facts, clock, messages, bank, details, creditor }),
    debitNotices: new DebitNoticesService({ clock, messages }),
    workers: bankFolder === undefined ? [] : [bankMessagesWorker(bank, log)],
  };
}
