import type { Migration } from '@isu/messaging';

export const toBeMatched: Migration = {
  name: 'urssaf-sync-0041-to-be-matched',
  why: 'Money without an owner is given one, or sent back, under four eyes; who proposed, who decided and why stays.',
  sql: `
    CREATE INDEX payment_waiting ON payment (id) WHERE state = 'to-be-matched';

    CREATE TABLE matching_proposal (
      id uuid PRIMARY KEY,
      payment uuid NOT NULL REFERENCES payment,
      kind text NOT NULL CHECK (kind IN ('attribute', 'send-back')),
      account text COLLATE "C",
      reason text NOT NULL,
      proposed_by text NOT NULL,
      proposed_at timestamptz NOT NULL,
      state text NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'approved', 'refused')),
      decided_by text,
      decided_at timestamptz,
      decision_reason text,
      fact uuid,
      CHECK ((kind = 'attribute') = (account IS NOT NULL)),
      CHECK ((state = 'proposed') = (decided_by IS NULL)),
      -- Four eyes.
      CHECK (state <> 'approved' OR decided_by <> proposed_by)
    );
    CREATE UNIQUE INDEX matching_proposal_pending ON matching_proposal (payment) WHERE state = 'proposed';
    CREATE INDEX matching_proposal_of_payment ON matching_proposal (payment, proposed_at);`,
};
