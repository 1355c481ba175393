/** One step of the schema: plain SQL, forward only, run once by the owner of the schema. */
export interface Migration {
  name: string;
  why: string;
  sql: string;
}
