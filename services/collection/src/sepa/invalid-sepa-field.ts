/** An order that no bank would take. The value is not repeated: it may be a name or an account. */
export class InvalidSepaField extends Error {
  constructor(
    readonly field: string,
    readonly accepted: string,
  ) {
    super(`${field}: ${accepted}`);
  }
}
