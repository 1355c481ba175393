import type { Estimate, EstimateEffect } from '../../../src/face/file.js';
import { whyExplained, whyExplainedTotal } from '../derivation/explained-why.js';
import type { Why } from '../derivation/why-subject.js';
import { printedDay } from '../ui/figures.js';
import { contributionName } from '../words/contributions.js';

type Instalment = EstimateEffect['instalments'][number];
type Line = Instalment['lines'][number];

export const whyEstimated = ({ year, amount, declaredOn }: Estimate): Why => ({
  kind: 'said',
  title: `Revenu ${String(year)}, estimé`,
  amount,
  says: 'Ce montant n’est pas calculé : c’est celui que vous attendez de l’année. Votre revenu déclaré le remplacera.',
  traces: [{ name: 'Estimé le', text: printedDay(declaredOn) }],
});

/** The amounts of what an estimate would change. `area`: whose contributions these are, `my` or an account at the desk. */
export class EstimateWhys {
  constructor(
    private readonly effect: EstimateEffect,
    private readonly area: string,
  ) {}

  get expected(): Why {
    const { year, amount } = this.effect;
    return {
      kind: 'said',
      title: `Revenu attendu en ${String(year)}`,
      amount,
      says: 'C’est le revenu que vous venez d’indiquer : rien n’est encore enregistré.',
      traces: [],
    };
  }

  /** What stands until the estimate is made. */
  totalBefore(before: string): Why {
    const { year } = this.effect;
    return {
      kind: 'said',
      title: `Cotisations de ${String(year)}, avant l’estimation`,
      amount: before,
      says: 'Le total qui vous est demandé aujourd’hui. Chaque ligne s’ouvre sur « Cotisations annuelles ».',
      traces: [],
    };
  }

  get totalAfter(): Why {
    const { year, total, explanation } = this.effect;
    if (explanation && explanation.total === total.after) return whyExplainedTotal(explanation);
    return {
      kind: 'said',
      title: `Cotisations de ${String(year)}, estimées`,
      amount: total.after,
      says: 'Le calcul de la loi sur le revenu que vous estimez. Chaque ligne s’ouvre sur « Cotisations annuelles » une fois l’estimation confirmée.',
      traces: [],
    };
  }

  get surplus(): Why {
    const { year, paid, total, surplusKept } = this.effect;
    return {
      kind: 'sum',
      title: `Payé au-delà de vos cotisations de ${String(year)}`,
      amount: surplusKept,
      remark: 'Gardé jusqu’à ce que votre revenu réel soit connu (article R. 131-5 du code de la sécurité sociale).',
      terms: [
        { text: 'Déjà payé', amount: paid },
        { text: 'Cotisations de l’année, estimées', amount: `-${total.after}`, why: this.totalAfter },
      ],
    };
  }

  before({ dueOn, before, lines }: Instalment): Why {
    return {
      ...{ kind: 'sum', title: `Échéance du ${printedDay(dueOn)}, aujourd’hui`, amount: before },
      remark: 'Cette échéance demande une part de chacune de vos cotisations de l’année.',
      terms: shares(lines, 'before').map(({ line, text }) => ({ text, amount: line.before, why: this.owed(line, line.before) })),
    };
  }

  after({ dueOn, after, lines }: Instalment): Why {
    return {
      ...{ kind: 'sum', title: `Échéance du ${printedDay(dueOn)}, après l’estimation`, amount: after },
      remark: 'Une part de chaque cotisation de l’année ; touchez-la pour voir le calcul de l’année entière.',
      terms: shares(lines, 'after').map(({ line, text }) => ({ text, amount: line.after, why: this.estimated(line) })),
    };
  }

  paid({ dueOn, paid, lines }: Instalment): Why {
    return {
      ...{ kind: 'sum', title: `Payé sur l’échéance du ${printedDay(dueOn)}`, amount: paid },
      remark: 'Vos paiements, placés sur les cotisations de cette échéance. La page « Paiements » montre ce que chacun a réglé.',
      terms: shares(lines, 'paid').map(({ line, text }) => ({ text, amount: line.paid })),
    };
  }

  private estimated(line: Line): Why {
    const { year, explanation } = this.effect;
    const explained = line.year === year ? explanation?.lines.find(({ code }) => code === line.code) : undefined;
    return explained && explanation ? whyExplained(explained, explanation) : this.owed(line, line.after);
  }

  private owed({ year, code }: Line, amount: string): Why {
    const [area = '', ...within] = this.area.split('/');
    const path = [...within, 'contributions', String(year)].join('/');
    return { kind: 'owed', title: `${contributionName(code)} ${String(year)}`, amount, area, path, year, code };
  }
}

const shares = (lines: readonly Line[], what: 'before' | 'after' | 'paid') =>
  lines.filter((line) => line[what] !== '0').map((line) => ({ line, text: `${contributionName(line.code)} ${String(line.year)}` }));
