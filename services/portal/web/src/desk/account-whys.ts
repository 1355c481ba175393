import type { AccountView, Payment, Period } from '@isu/account';
import { Money } from '@isu/values';
import { whyPayment } from '../account/why-payment.js';
import type { SumTerm, Why, WhyOwed, WhySum } from '../derivation/why-subject.js';
import { printedDay } from '../ui/figures.js';
import { contributionName } from '../words/contributions.js';
import { meansName } from '../words/payments.js';

/** What stands behind each figure of an account at the desk: sums down to the payments and the assessment that make them. */
export class AccountWhys {
  constructor(private readonly view: AccountView) {}

  calledLine(year: number, code: string, amount: string): WhyOwed {
    return {
      kind: 'owed',
      title: `${contributionName(code)}, appelé au titre de ${String(year)}`,
      amount,
      area: 'desk',
      path: `accounts/${this.view.account}/contributions/${String(year)}`,
      year,
      code,
    };
  }

  paidLine(year: number, code: string, amount: string): WhySum {
    const terms = this.view.book.payments.flatMap((payment) =>
      payment.allocations
        .filter((allocation) => allocation.year === year && allocation.code === code)
        .map((allocation) => ({
          text: `${meansName(payment.means)} du ${printedDay(payment.valueOn)}, échéance ${allocation.instalment}`,
          amount: allocation.amount,
          why: whyPayment(payment),
        })),
    );
    return { kind: 'sum', title: `${contributionName(code)}, payé au titre de ${String(year)}`, amount, terms };
  }

  remainingLine(year: number, line: Figures & { readonly code: string }): WhySum {
    return remainder(`${contributionName(line.code)}, reste dû au titre de ${String(year)}`, line, {
      called: this.calledLine(year, line.code, line.called),
      paid: this.paidLine(year, line.code, line.paid),
    });
  }

  calledYear(period: Period): WhySum {
    return this.lineSum(period, 'called', `Appelé au titre de ${String(period.year)}`);
  }

  paidYear(period: Period): WhySum {
    return this.lineSum(period, 'paid', `Payé au titre de ${String(period.year)}`);
  }

  remainingYear(period: Period): WhySum {
    return remainder(`Reste dû au titre de ${String(period.year)}`, period, {
      called: this.calledYear(period),
      paid: this.paidYear(period),
    });
  }

  balance(term: 'called' | 'paid' | 'remaining' | 'credit' | 'inTransit'): WhySum {
    const { balance, periods, payments } = this.view.book;
    const amount = balance[term];
    if (term === 'credit') return this.money('Crédit : reçu et imputé à rien', amount, payments, (payment) => payment.credit);
    if (term === 'inTransit') {
      const moving = payments.filter(({ state }) => state === 'in-transit');
      return this.money('En transit : signalé, pas encore comptabilisé', amount, moving, (payment) => payment.amount);
    }
    const ofYear = {
      called: (p: Period) => this.calledYear(p),
      paid: (p: Period) => this.paidYear(p),
      remaining: (p: Period) => this.remainingYear(p),
    };
    const titles = { called: 'Appelé, toutes années', paid: 'Payé, toutes années', remaining: 'Reste dû, toutes années' };
    const terms = periods.map((period) => ({ text: `Année ${String(period.year)}`, amount: period[term], why: ofYear[term](period) }));
    return { kind: 'sum', title: titles[term], amount, terms };
  }

  private money(title: string, amount: string, payments: readonly Payment[], part: (payment: Payment) => string): WhySum {
    const terms: SumTerm[] = payments
      .filter((payment) => !Money.of(part(payment)).isZero)
      .map((payment) => ({
        text: `${meansName(payment.means)} du ${printedDay(payment.valueOn)}`,
        amount: part(payment),
        why: whyPayment(payment),
      }));
    return { kind: 'sum', title, amount, terms };
  }

  private lineSum(period: Period, term: 'called' | 'paid', title: string): WhySum {
    const why = (code: string, amount: string) =>
      term === 'called' ? this.calledLine(period.year, code, amount) : this.paidLine(period.year, code, amount);
    const terms = period.lines.map((line) => ({ text: contributionName(line.code), amount: line[term], why: why(line.code, line[term]) }));
    return { kind: 'sum', title, amount: period[term], terms };
  }
}

interface Figures {
  readonly called: string;
  readonly paid: string;
  readonly remaining: string;
}

function remainder(title: string, { called, paid, remaining }: Figures, whys: { readonly called: Why; readonly paid: Why }): WhySum {
  return {
    kind: 'sum',
    title,
    amount: remaining,
    terms: [
      { text: 'Appelé', amount: called, why: whys.called },
      { text: 'Payé', amount: Money.of(paid).negated().toString(), why: whys.paid },
    ],
  };
}
