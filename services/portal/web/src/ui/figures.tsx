import { AccountNumber, Day, Iban, InvalidValue, Money, Nir, Rate, Siret } from '@isu/values';

/** An amount from its wire text, as French people write it: `1 234,56 €`. */
export function Amount({ of, whole = false }: { readonly of: string; readonly whole?: boolean }) {
  return (
    <data className="amount" value={of}>
      {whole ? printedWhole(of) : Money.of(of).print()}
    </data>
  );
}

/** Without its cents where there are none: for lines that the law rounds to the euro. */
export const printedWhole = (of: string): string =>
  Money.of(of)
    .print()
    .replace(/,00(?=\D*$)/, '');

export const printed = (of: string): string => Money.of(of).print();

export const printedDay = (of: string): string => Day.of(of).print();

export const printedRate = (of: string): string => Rate.of(of).print();

export const printedAccount = (of: string): string => AccountNumber.of(of).print();

/** In the groups in which people read them; one that is masked stays as it is. */
const grouped =
  (read: (of: string) => { print(): string }) =>
  (of: string): string => {
    try {
      return read(of).print();
    } catch (fault) {
      if (fault instanceof InvalidValue) return of;
      throw fault;
    }
  };
export const printedSiret = grouped((of) => Siret.of(of));
export const printedNir = grouped((of) => Nir.of(of));
export const printedIban = grouped((of) => Iban.of(of));

/** A civil day from its ISO text: `20 mai 2016`. */
export function DayText({ of }: { readonly of: string }) {
  return <time dateTime={of}>{printedDay(of)}</time>;
}

/** Made when the first instant is printed: to make them costs more than to print a page of them. */
let ofParis: { readonly clock: Intl.DateTimeFormat; readonly calendar: Intl.DateTimeFormat } | undefined;
const formats = () =>
  (ofParis ??= {
    clock: new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', hour: '2-digit', minute: '2-digit' }),
    calendar: new Intl.DateTimeFormat('fr-CA', { timeZone: 'Europe/Paris', year: 'numeric', month: '2-digit', day: '2-digit' }),
  });

/** The day it was in Paris at an instant, ISO. */
export const parisDayOf = (iso: string): string => formats().calendar.format(new Date(iso));

/** An instant, by the clock of Paris: `20 mai 2016 à 14:05`. */
export const printedInstant = (iso: string): string => `${printedDay(parisDayOf(iso))} à ${formats().clock.format(new Date(iso))}`;

export function InstantText({ of }: { readonly of: string }) {
  return <time dateTime={of}>{printedInstant(of)}</time>;
}
