import { Money } from '@isu/values';

export interface RecapitulatedLine {
  readonly code: string;
  readonly provisional: string | null;
  readonly definitive: string | null;
  /** Definitive less provisional: called when positive, given back when negative. Null as long as one of them is not known. */
  readonly difference: string | null;
}

interface Assessed {
  readonly lines: readonly { readonly code: string; readonly amount: string }[];
}

/** F25, line by line. A contribution that only one of the two asks for counts as nothing in the other. */
export function recapitulated(provisional: Assessed | undefined, definitive: Assessed | undefined): RecapitulatedLine[] {
  const codes = [...new Set([...(definitive?.lines ?? []), ...(provisional?.lines ?? [])].map(({ code }) => code))];
  return codes.map((code) => {
    const [before, after] = [amountIn(provisional, code), amountIn(definitive, code)];
    return { code, provisional: before, definitive: after, difference: before === null || after === null ? null : lessOf(after, before) };
  });
}

const amountIn = (assessed: Assessed | undefined, code: string): string | null =>
  assessed === undefined ? null : (assessed.lines.find((line) => line.code === code)?.amount ?? '0');

export const lessOf = (whole: string, taken: string): string => Money.of(whole).minus(Money.of(taken)).toString();
