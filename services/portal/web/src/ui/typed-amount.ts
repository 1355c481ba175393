import { Money } from '@isu/values';

/**
 * An amount as a person types it (`26 000`, `26000,5`, `1.234,56 €`) as its wire text; null when it is none. A point is a decimal point
 * only before one or two last digits, else it separates thousands: nobody types three decimals of a euro.
 */
export function amountTyped(typed: string): string | null {
  const bare = typed.replace(/[\s€]/g, '').replace(/^-|^−/, '-');
  const [, sign, whole = '', decimals = ''] = /^(-?)([\d.]*?)(?:[.,](\d{1,2}))?$/.exec(bare) ?? [];
  if (whole === '' || !/^(?:\d+|\d{1,3}(?:\.\d{3})+)$/.test(whole)) return null;
  const euros = whole.replaceAll('.', '').replace(/^0+(?=\d)/, '');
  if (euros.length > 12) return null;
  const isNegative = sign === '-' && /[1-9]/.test(euros + decimals);
  return Money.of(`${isNegative ? '-' : ''}${euros}${decimals === '' ? '' : `.${decimals}`}`).toString();
}
