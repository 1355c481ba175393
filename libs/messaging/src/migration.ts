/** One step of a schema, run once, by the owner of the tables, forward only. */
export interface Migration {
  readonly name: string;
  /** One line saying why. */
  readonly why: string;
  readonly sql: string;
}
