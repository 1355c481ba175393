import type { Migration } from '@isu/messaging';

export const agentNames: Migration = {
  name: '0004-agent-names',
  why: 'The name under which an agent last came in, so that colleagues read who follows an anomaly or proposed a transfer rather than the number of their issuer.',
  sql: `
    CREATE TABLE agent_name (
      subject text PRIMARY KEY,
      name text NOT NULL
    );
  `,
};
