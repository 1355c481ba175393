import type { Migration } from '@isu/messaging';

/** A line that a partner refuses waits again and is told with a later batch: which batch it was withdrawn from was known to its anomaly alone. */
export const withdrawnLines: Migration = {
  name: 'urssaf-sync-0043-withdrawn-lines',
  why: 'A batch of ours can be opened line by line, also those lines that its partner refused and that are told again.',
  sql: `
    CREATE TABLE withdrawn_line (
      partner text NOT NULL,
      flow text NOT NULL,
      number bigint NOT NULL,
      line integer NOT NULL,
      fact uuid NOT NULL,
      reason text,
      PRIMARY KEY (partner, flow, number, line),
      FOREIGN KEY (partner, flow, fact) REFERENCES outgoing_line
    );
    INSERT INTO withdrawn_line (partner, flow, number, line, fact, reason)
      SELECT l.partner, l.flow, (a.details->>'number')::bigint, (a.details->>'line')::int, l.fact, a.details->>'reason'
        FROM anomaly a
        JOIN outgoing_line l ON l.partner = a.details->>'partner' AND l.flow = a.details->>'flow' AND l.fact = (a.details->>'fact')::uuid
       WHERE a.origin = 'told'
      ON CONFLICT DO NOTHING;`,
};
