import type { AccountView, Payment, Period } from '@isu/account';
import { Money } from '@isu/values';
import type { AssessmentVersion } from '../../../src/face/my-account.js';
import type { SumTerm, Why, WhySaid, WhySum } from '../derivation/why-subject.js';
import { printedDay } from '../ui/figures.js';
import { contributionName } from '../words/contributions.js';
import { meansName } from './desk-words.js';

/** What stands behind each figure of an account at the desk: sums down to the payments and the assessment that make them. */
export class AccountWhys {
  constructor(
    private readonly view: AccountView,
    /** The assessment in force of each year that has been asked for, with its derivations. */
    private readonly inForce: ReadonlyMap<number, AssessmentVersion> = new Map(),
  ) {}

  calledLine(year: number, code: string, amount: string): Why {
    const version = this.inForce.get(year);
    const line = version?.explanation?.lines.find((explained) => explained.code === code);
    const title = `${contributionName(code)}, appelé au titre de ${String(year)}`;
    if (version && line) return { kind: 'line', title, amount, line, rules: version.rules, restsOn: version.restsOn };
    const assessed = this.assessmentOf(year)?.lines.find((one) => one.code === code);
    return {
      kind: 'said',
      title,
      amount,
      says: 'Le détail du calcul n’est pas disponible pour l’instant ; voici ce que dit le fait qui l’appelle.',
      traces: assessed
        ? [
            { name: 'Assiette', text: assessed.base },
            { name: 'Taux', text: assessed.rate },
            { name: 'Fait', text: this.assessmentOf(year)?.fact ?? '' },
          ]
        : [],
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

  private assessmentOf(year: number) {
    return this.view.book.assessments.find((assessment) => assessment.year === year && assessment.state === 'in-force');
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

/** A payment is somebody's word: whose, where they said it, and who placed it. */
export function whyPayment({ amount, means, valueOn, reported, posted, reversed }: Payment): WhySaid {
  return {
    kind: 'said',
    title: `${meansName(means)} reçu le ${printedDay(valueOn)}`,
    amount,
    says: reported
      ? 'L’Urssaf, qui a encaissé l’argent, l’a signalé.'
      : 'Le recouvrement a comptabilisé cet argent sans signalement d’un partenaire.',
    traces: [
      ...(reported
        ? [
            { name: 'Signalé par', text: `Urssaf, flux ${reported.flow}, lot ${reported.batch}, ligne ${String(reported.line)}` },
            { name: 'Référence du partenaire', text: reported.partnerReference },
            ...(reported.bankReference === null ? [] : [{ name: 'Référence de la banque', text: reported.bankReference }]),
            ...(reported.paymentReference === null ? [] : [{ name: 'Référence de paiement', text: reported.paymentReference }]),
            { name: 'Fait du signalement', text: reported.fact },
          ]
        : []),
      ...(posted
        ? [
            { name: 'Comptabilisé', text: `journée du ${printedDay(posted.accountingDay)}` },
            { name: 'Fait de la comptabilisation', text: posted.fact },
          ]
        : []),
      ...(reversed ? [{ name: 'Annulé', text: `${reversed.reason}, journée du ${printedDay(reversed.accountingDay)}` }] : []),
    ],
  };
}
