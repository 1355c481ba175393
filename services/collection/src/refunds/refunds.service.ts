import { refuse as standard, type OutgoingMessages } from '@isu/chassis';
import type { Ledger } from '@isu/ledger';
import type { FactStore } from '@isu/messaging';
import { clockOf, type BusinessClock, type Day } from '@isu/values';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { freeCredits, type CreditsService } from '../accounting/credits.service.js';
import { lockAccounts } from '../accounts/account.table.js';
import type { Payment } from '../payments/payment.js';
import { paymentsWithCredit, savePayments } from '../payments/payment.table.js';
import { frozenAmong } from '../debits/debtor.table.js';
import { refuse } from '../refusals.js';
import { comingDueDates, creditSinceOf, versionsHeard } from './credit.table.js';
import { creditOf, type KnownCredit } from './known-credit.js';
import { creditNoticed, creditSetOnInstalments, ibanAsked, refundOnItsWay } from './refund-letters.js';
import { newRefund, orderBooking, orderKey, partsOf, refundOrdered, withRefunded, type Refund, type RefundChoice } from './refund.js';
import { insertRefunds, lockRefund, refundFiles, refundsOfAccounts, saveChoice, saveRefunds, saveTold } from './refund.table.js';

export interface RefundParts {
  readonly facts: FactStore;
  readonly ledger: Ledger;
  readonly clock: BusinessClock;
  readonly credits: Pick<CreditsService, 'place'>;
  readonly messages: Pick<OutgoingMessages, 'write'>;
  readonly newId?: () => string;
}

/** By account, the version of the bank details that affiliation holds; who has none is not there. */
export type KnownVersions = ReadonlyMap<string, number>;

/** Credit goes back to whom it belongs: own debts first, then as the person prefers. Only money that was posted is credit (S6). */
export class RefundsService {
  constructor(private readonly parts: RefundParts) {}

  /**
   * Takes every account of these one step further: debts are paid first, then credit is set on due dates to come, told of, or ordered to be given back.
   * Asked again, nothing is done twice. Gives how many refunds were ordered and how many wait for two agents.
   */
  async advance(
    tx: EntityManager,
    accounts: readonly string[],
    { versions, correlation }: { versions: KnownVersions; correlation: string },
  ): Promise<{ ordered: number; toApprove: number }> {
    if (accounts.length === 0) return { ordered: 0, toApprove: 0 };
    await lockAccounts(tx, accounts);
    const today = clockOf(tx, this.parts.clock).today();
    await this.parts.credits.place(tx, accounts, today);
    const found = await this.known(tx, accounts, versions);
    const set = await this.setOnInstalments(tx, found, { today, correlation });
    // Only where credit has just been placed does it stand otherwise than it was read.
    const known = [...found.filter(({ account }) => !set.includes(account)), ...(await this.known(tx, set, versions))];
    await this.tell(tx, known, { today, correlation });
    const wanted = known.filter(({ step }) => step === 'order' || step === 'approval');
    const fresh = wanted.filter(({ waiting, credit }) => !waiting?.amount.equals(credit.free));
    await this.withdraw(tx, known.filter(({ waiting, step, credit }) => waiting && (step !== 'approval' || !waiting.amount.equals(credit.free)))); // prettier-ignore
    const refunds = fresh.map((each) => this.refundOf(each, today));
    await insertRefunds(tx, refunds);
    const ordered = refunds.filter(({ state }) => state === 'ordered');
    await this.order(tx, ordered, { known, today, correlation });
    return { ordered: ordered.length, toApprove: refunds.length - ordered.length };
  }

  /** The person prefers a refund, or the next due dates, on which the credit then goes at once. */
  async choose(
    tx: EntityManager,
    account: string,
    { choice, by, correlation }: { choice: RefundChoice; by: string; correlation: string },
  ): Promise<void> {
    const { clock } = this.parts;
    if (!(await lockAccounts(tx, [account])).has(account)) throw standard('not-found');
    const today = clockOf(tx, clock).today();
    await saveChoice(tx, { account, choice, on: today, by });
    if (choice !== 'next-instalments') return;
    const known = await this.known(tx, [account], new Map());
    await this.withdraw(
      tx,
      known.filter(({ waiting }) => waiting),
    );
    await this.setOnInstalments(tx, known, { today, correlation });
  }

  /** An agent signs; the second one, who is another, orders it. Refused when the credit is not the same any more. */
  async approve(
    tx: EntityManager,
    account: string,
    { refund: id, by, correlation }: { refund: string; by: string; correlation: string },
  ): Promise<Refund> {
    if (!(await lockAccounts(tx, [account])).has(account)) throw standard('not-found');
    const today = clockOf(tx, this.parts.clock).today();
    const asked = await lockRefund(tx, account, id);
    if (!asked) throw standard('not-found');
    if (asked.state !== 'to-approve') throw refuse('refund-decided');
    if (asked.firstBy === null) {
      const signed = { ...asked, firstBy: by, firstOn: today };
      await saveRefunds(tx, [signed]);
      return signed;
    }
    if (asked.firstBy === by) throw refuse('refund-four-eyes');
    const known = await this.known(tx, [account], new Map([[account, someVersion]]));
    const [credit] = known;
    if (!credit?.credit.free.equals(asked.amount)) throw refuse('refund-changed');
    const ordered: Refund = { ...asked, state: 'ordered', secondBy: by, secondOn: today, orderedOn: today };
    await saveRefunds(tx, [ordered]);
    await this.order(tx, [ordered], { known, today, correlation });
    return ordered;
  }

  /** Where the credit of accounts stands, locked or not. */
  async known(tx: Pick<EntityManager, 'query'>, accounts: readonly string[], versions: KnownVersions): Promise<KnownCredit[]> {
    if (accounts.length === 0) return [];
    const today = clockOf(tx, this.parts.clock).today();
    const payments = await paymentsWithCredit(tx, accounts);
    const [since, coming] = [await creditSinceOf(tx, accounts), await comingDueDates(tx, accounts, today)];
    const [files, refunds] = [await refundFiles(tx, accounts), await refundsOfAccounts(tx, accounts)];
    const frozen = await frozenAmong(tx, accounts);
    return accounts.map((account) => {
      const mine = payments.filter((payment) => payment.account === account);
      const told = {
        since: since.get(account) ?? today,
        coming: coming.get(account) ?? [],
        version: versions.get(account) ?? null,
        isFrozen: frozen.has(account),
      };
      return creditOf(
        account,
        { payments: mine, file: files.get(account), refunds: refunds.filter((one) => one.account === account), ...told },
        today,
      );
    });
  }

  /** The same for a screen, by what affiliation has said and the last run has found: nobody is asked for an IBAN to show that one is awaited. */
  async knownByLastRun(tx: Pick<EntityManager, 'query'>, accounts: readonly string[]): Promise<KnownCredit[]> {
    const [heard, files] = [await versionsHeard(tx, accounts), await refundFiles(tx, accounts)];
    const versions = accounts.flatMap((account): [string, number][] => {
      const file = files.get(account);
      const version = heard.get(account) ?? file?.refusedVersion ?? (file?.ibanAskedOn ? null : someVersion);
      return version === null ? [] : [[account, version]];
    });
    return this.known(tx, accounts, new Map(versions));
  }

  /** Gives the accounts whose credit was set on due dates to come. */
  private async setOnInstalments(tx: EntityManager, known: readonly KnownCredit[], { today, correlation }: When): Promise<string[]> {
    const set = known.filter(({ step }) => step === 'next-instalments');
    if (set.length === 0) return [];
    await this.parts.credits.place(tx, set.map(({ account }) => account), today, new Map(set.map(({ account, coming }) => [account, coming]))); // prettier-ignore
    await this.parts.messages.write(tx, set.map(({ account, credit }) => creditSetOnInstalments(credit.free, { account, writtenOn: today, correlation }))); // prettier-ignore
    return set.map(({ account }) => account);
  }

  /** Once for a credit, and once for an IBAN. */
  private async tell(tx: EntityManager, known: readonly KnownCredit[], { today, correlation }: When): Promise<void> {
    const isNew = ({ file, credit }: KnownCredit): boolean => !file?.toldSince?.equals(credit.since);
    const choosing = known.filter((each) => each.step === 'choosing' && isNew(each));
    const asking = known.filter(({ step, file, credit }) => step === 'iban-awaited' && (file?.ibanAskedOn?.isBefore(credit.since) ?? true));
    await this.parts.messages.write(tx, [
      ...choosing.map(({ account, credit }) => creditNoticed(credit, { account, writtenOn: today, correlation })),
      ...asking.map(({ account, credit }) => ibanAsked(credit, { account, writtenOn: today, correlation })),
    ]);
    await saveTold(tx, choosing.map(({ account, credit }) => ({ account, toldSince: credit.since }))); // prettier-ignore
    await saveTold(tx, asking.map(({ account }) => ({ account, ibanAskedOn: today }))); // prettier-ignore
  }

  private async withdraw(tx: EntityManager, known: readonly KnownCredit[]): Promise<void> {
    await saveRefunds(tx, known.flatMap(({ waiting }) => (waiting ? [{ ...waiting, state: 'withdrawn' as const }] : []))); // prettier-ignore
  }

  private refundOf({ account, credit, payments, refunds }: KnownCredit, today: Day): Refund {
    const { newId = v7 } = this.parts;
    return newRefund(partsOf(freeCredits(payments)), { id: newId(), account, number: refunds + 1, since: credit.since, today });
  }

  /** Books, keeps and tells refunds whose rows are there. */
  private async order(
    tx: EntityManager,
    refunds: readonly Refund[],
    { known, today, correlation }: When & { known: readonly KnownCredit[] },
  ): Promise<void> {
    if (refunds.length === 0) return;
    const { ledger, facts, messages } = this.parts;
    const payments = known.flatMap((each): readonly Payment[] => each.payments);
    const booked = await ledger.post(tx, refunds.map((refund) => orderBooking(refund, today))); // prettier-ignore
    const dayOf = new Map(booked.map(({ key, accountingDay }) => [key, accountingDay]));
    await savePayments(tx, refunds.flatMap(({ parts }) => withRefunded(payments, parts, 1)), today); // prettier-ignore
    await facts.publish(tx, refunds.map((refund) => refundOrdered(refund, { today, accountingDay: dayOf.get(orderKey(refund)) ?? '', correlation }))); // prettier-ignore
    await messages.write(tx, refunds.map(({ account, amount }) => refundOnItsWay(amount, { account, writtenOn: today, correlation }))); // prettier-ignore
  }
}

interface When {
  readonly today: Day;
  readonly correlation: string;
}

/** Of bank details that are taken to be there: they are asked when the transfer is written. */
export const someVersion = Number.MAX_SAFE_INTEGER;
