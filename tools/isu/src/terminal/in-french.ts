import { Day, Money } from '@isu/values';

export const euros = (amount: string): string =>
  Money.of(amount)
    .print()
    .replace(/,00(?=\D*$)/u, '');
export const frenchDay = (day: string): string => Day.of(day).print();
export const plural = (count: number, word: string): string => `${String(count)} ${word}${count > 1 ? 's' : ''}`;
