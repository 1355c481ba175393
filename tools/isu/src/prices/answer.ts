import { price, PricingRefusal, readSituation, type Breakdown } from '@isu/calc';

/** Why a situation was not priced: a code for programs, French words for people. What was sent is never repeated. */
export interface PricingProblem {
  /** `/problems/<code>`, as in the problem documents of the services. */
  readonly type: string;
  readonly title: string;
  readonly code: string;
  readonly field: string;
  readonly detail: string;
  readonly accepted: string;
  /** From 1, where situations come one a line. */
  readonly line?: number;
}

export type PricingAnswer = Breakdown | { readonly problem: PricingProblem };

const example = '{"year":2016,"status":"commercant","stage":"definitive","income":"26000"}';

/** Prices the JSON text of one situation, or says what is wrong with it. Only a fault of ours throws. */
export function answerTo(text: string | null, { derivation }: { derivation: boolean }): PricingAnswer {
  if (text === null) return problem('line-too-long', 'Cette situation est trop longue.', 'au plus 65 536 octets');
  try {
    const json = parse(text);
    const situation = readSituation(json);
    refuseRepeatedFields(text, json);
    return price(situation, { derivation });
  } catch (error) {
    if (!(error instanceof PricingRefusal)) throw error;
    const { code, field, detail, accepted } = error.toJSON();
    return problem(code, detail, accepted, field);
  }
}

export const isProblem = (answer: PricingAnswer): answer is { readonly problem: PricingProblem } => 'problem' in answer;

/** A fault of ours: it is told on its line, and the others go on. */
export const faultAnswer = problem(
  'internal-fault',
  'Une erreur de notre fait empêche de tarifer cette situation.',
  'la même situation, une fois l’erreur corrigée',
);

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new PricingRefusal('not-a-situation', { field: '', detail: 'Ce n’est pas un document JSON.', accepted: example });
  }
}

/**
 * `JSON.parse` lets the last of two equal names win in silence. A situation that was read is flat and none of its values holds
 * a colon, so that there are as many colons in its text as it has names, unless one was repeated.
 */
function refuseRepeatedFields(text: string, json: unknown): void {
  const names = Object.keys(json as object).length;
  let colons = 0;
  for (let at = text.indexOf(':'); at >= 0; at = text.indexOf(':', at + 1)) colons += 1;
  if (colons === names) return;
  throw new PricingRefusal('not-a-situation', {
    field: '',
    detail: 'Un champ est écrit deux fois.',
    accepted: 'chaque champ une seule fois',
  });
}

function problem(code: string, detail: string, accepted: string, field = ''): { problem: PricingProblem } {
  return { problem: { type: `/problems/${code}`, title: 'Situation non tarifée', code, field, detail, accepted } };
}
