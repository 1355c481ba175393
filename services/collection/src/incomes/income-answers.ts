import { wire } from '@isu/chassis';
import { exOfficioBases, incomeKinds } from '@isu/contracts';
import type { ExOfficioGrounds } from './income.js';
import type { ShownIncome } from './income.table.js';

/** What every answer says of an income. */
export const recordedIncome = {
  fact: wire.uuid,
  account: wire.account,
  year: wire.year,
  kind: wire.choice(incomeKinds),
  amount: wire.euros,
  source: wire.text,
  declaredOn: wire.day,
  corrects: wire.orNull(wire.uuid),
  grounds: wire.orNull(
    wire.record<ExOfficioGrounds>({
      retained: wire.choice(exOfficioBases),
      beforeIncrease: wire.euros,
      consecutiveYears: wire.count,
      expression: { ...wire.text, description: 'Le calcul de l’assiette majorée, à recalculer tel quel.' },
    }),
  ),
};

export const shownIncome = wire.record<ShownIncome>({ ...recordedIncome, state: wire.choice(['in-force', 'corrected']) });
