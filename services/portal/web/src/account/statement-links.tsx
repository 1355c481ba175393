import { printedDay } from '../ui/figures.js';

interface StatementLinksProps {
  /** `my`, or the account that is open at the desk: `desk/accounts/1300000000176`. */
  readonly area: string;
  /** As it was known at the end of that day; null for now. */
  readonly on: string | null;
}

/** The statement as it is printed, and the journal for a spreadsheet. */
export function StatementLinks({ area, on }: StatementLinksProps) {
  const query = on === null ? '' : `?on=${on}`;
  const known = on === null ? '' : ` tel que connu le ${printedDay(on)}`;
  return (
    <p className="row">
      <a href={`/api/portal/v1/${area}/statement/pdf${query}`} download>
        Relevé de situation (PDF)<span className="only-read">{known}</span>
      </a>
      <a href={`/api/portal/v1/${area}/journal/csv${query}`} download>
        Journal du compte (CSV, pour un tableur)<span className="only-read">{known}</span>
      </a>
    </p>
  );
}
