import type { AccountView, Instalment, Payment, PaymentAllocation, Period, Standing } from '@isu/account';
import { Money } from '@isu/values';
import { whyPayment } from '../account/why-payment.js';
import type { SumTerm, Why, WhyOwed, WhySum } from '../derivation/why-subject.js';
import { printedDay } from '../ui/figures.js';
import { contributionName } from '../words/contributions.js';
import { meansName } from '../words/payments.js';
import type { BothViews, Organisation } from './two-organisations.js';

/** What stands behind each figure of an account at the desk: sums down to the payments and the assessment that make them. */
export class AccountWhys {
  constructor(private readonly view: AccountView) {}

  /** One figure of a contribution of a year, or of the whole year when no contribution is named. */
  figure(
    term: keyof Figures,
    { year, code, amount }: { readonly year: number; readonly code: string | null; readonly amount: string },
  ): Why {
    const period = this.view.book.periods.find((known) => known.year === year);
    const figures = code === null ? period : period?.lines.find((line) => line.code === code);
    if (period === undefined || figures === undefined) return unheld(amount);
    if (code === null) return this.ofYear[term](period);
    if (term === 'remaining') return this.remainingLine(year, { ...figures, code });
    return term === 'called' ? this.calledLine(year, code, amount) : this.paidLine(year, code, amount);
  }

  private readonly ofYear: Readonly<Record<keyof Figures, (period: Period) => WhySum>> = {
    called: (period) => this.lineSum(period, 'called', `Appelé au titre de ${String(period.year)}`),
    paid: (period) => this.lineSum(period, 'paid', `Payé au titre de ${String(period.year)}`),
    remaining: (period) =>
      remainder(`Reste dû au titre de ${String(period.year)}`, period, {
        called: this.ofYear.called(period),
        paid: this.ofYear.paid(period),
      }),
  };

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

  balance(term: 'called' | 'paid' | 'remaining' | 'surcharges' | 'credit' | 'inTransit'): WhySum {
    const { balance, periods, payments } = this.view.book;
    const amount = balance[term];
    if (term === 'credit') return this.money('Crédit : reçu et imputé à rien', amount, payments, (payment) => payment.credit);
    if (term === 'surcharges') {
      const late = periods.map(({ year, surcharges }) => ({ text: `Année ${String(year)}`, amount: surcharges.remaining }));
      return { kind: 'sum', title: 'Majorations de retard restant dues', amount, terms: late };
    }
    if (term === 'inTransit') {
      const moving = payments.filter(({ state }) => state === 'in-transit');
      return this.money('En transit : signalé, pas encore comptabilisé', amount, moving, (payment) => payment.amount);
    }
    const titles = { called: 'Appelé, toutes années', paid: 'Payé, toutes années', remaining: 'Reste dû, toutes années' };
    const terms = periods.map((period) => ({ text: `Année ${String(period.year)}`, amount: period[term], why: this.ofYear[term](period) }));
    return { kind: 'sum', title: titles[term], amount, terms };
  }

  /** What a standing says is due or late on its day: what remains of each instalment, less the money that we already hold. */
  asked(title: string, amount: string, isAsked: (dueOn: string) => boolean): WhySum {
    const terms = this.view.book.instalments
      .filter(({ dueOn, remaining }) => isAsked(dueOn) && Money.of(remaining).isPositive)
      .map((instalment) => ({
        text: `Échéance du ${printedDay(instalment.dueOn)}`,
        amount: instalment.remaining,
        why: this.instalment(instalment),
      }));
    const held = Money.sum(terms.map((term) => Money.of(term.amount))).minus(Money.of(amount));
    const credit = held.isPositive ? [{ text: 'Crédit déjà reçu', amount: held.negated().toString() }] : [];
    return { kind: 'sum', title, amount, terms: [...terms, ...credit] };
  }

  nextDue({ instalment: id, dueOn, amount }: NextDue): WhySum {
    const instalment = this.view.book.instalments.find((known) => known.id === id);
    return instalment ? this.instalment(instalment) : { kind: 'sum', title: `Échéance du ${printedDay(dueOn)}`, amount, terms: [] };
  }

  /** A part of a payment that a debt took. */
  allocation({ year, code, amount }: Pick<PaymentAllocation, 'year' | 'code' | 'amount'>): WhyOwed {
    return this.calledLine(year, code, amount);
  }

  private instalment({ dueOn, remaining, lines }: Instalment): WhySum {
    const terms = lines
      .filter((line) => line.remaining !== '0')
      .map((line) => ({
        text: `${contributionName(line.code)} ${String(line.year)}`,
        amount: line.remaining,
        why: this.calledLine(line.year, line.code, line.remaining),
      }));
    return { kind: 'sum', title: `Reste de l’échéance du ${printedDay(dueOn)}`, amount: remaining, terms };
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

type NextDue = NonNullable<Standing['nextDue']>;

/** Said of a figure that this organisation's copy does not hold. */
const unheld = (amount: string): Why => ({
  kind: 'said',
  title: 'Montant absent de cette copie',
  amount,
  says: 'Cet organisme ne tient pas encore cette ligne.',
  traces: [],
});

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

/** What stands behind a figure, in the copy of the organisation whose figure it is; null while none of them answers. */
export function whysOf({ rsi, urssaf }: BothViews): ((who: Organisation) => AccountWhys) | null {
  const one = rsi ?? urssaf;
  if (one === null) return null;
  const whys = { rsi: new AccountWhys(rsi ?? one), urssaf: new AccountWhys(urssaf ?? one) };
  return (who) => whys[who];
}
